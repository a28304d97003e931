// SPDX-License-Identifier: Apache-2.0
// Renderer, light and camera. One stage per page; figures come and go. World W: z up, metres.
import * as THREE from 'three';
import {onTheme, theme} from '../../shared/theme.js';
import {createFloor} from './floor.js';
import {createQuality} from './quality.js';

const looks = {
  light: {sky: 0xffffff, ground: 0xcfd6de, hemisphere: 1.75, key: 2.3, line: '#9aa7b4', shade: '#2b3743', shadow: 0.28},
  dark: {sky: 0xb9c8da, ground: 0x1a222c, hemisphere: 1.35, key: 2.3, line: '#52606e', shade: '#000000', shadow: 0.6},
};

// A lamp with shadows, a fainter one from behind, and the sky.
function createLights() {
  const key = new THREE.DirectionalLight(0xffffff, 2);
  key.castShadow = true;
  key.shadow.mapSize.set(1024, 1024);
  Object.assign(key.shadow, {bias: -0.0004, normalBias: 0.0012, radius: 5});
  Object.assign(key.shadow.camera, {near: 0.1, far: 2.6});
  const rim = new THREE.DirectionalLight(0xdfeaff, 0.7);
  const sky = new THREE.HemisphereLight(0xffffff, 0x888888, 1);
  sky.position.set(0, 0, 1);
  return {key, rim, sky};
}

function dress({key, sky}, floor) {
  const look = looks[theme()];
  sky.color.set(look.sky);
  sky.groundColor.set(look.ground);
  sky.intensity = look.hemisphere;
  key.intensity = look.key;
  floor.colours(look.line, look.shade, look.shadow);
}

// Light falls on `point` from the camera's left, above; shadows reach `extent` m round it.
function aimLights({key, rim}, point, extent, view) {
  const up = new THREE.Vector3(0, 0, 1);
  const side = up.clone().cross(view).normalize();
  const from = (light, right, near, high) => {
    light.target.position.copy(point);
    light.position.copy(point).addScaledVector(side, right).addScaledVector(view, near).addScaledVector(up, high);
  };
  from(key, -0.62, 0.55, 0.95);
  from(rim, 0.8, -0.9, 0.5);
  Object.assign(key.shadow.camera, {left: -extent, right: extent, top: extent, bottom: -extent});
  key.shadow.camera.updateProjectionMatrix();
}

function createRenderer(canvas) {
  const renderer = new THREE.WebGLRenderer({canvas, antialias: true, alpha: true, powerPreference: 'high-performance'});
  renderer.toneMapping = THREE.NeutralToneMapping;
  renderer.toneMappingExposure = 1.02;
  renderer.shadowMap.enabled = true;
  return renderer;
}

/**
 * @param canvas to draw on
 * @return {camera, floor, add(object), remove(object), aim(point, extent, view), resize(), draw(moving)}
 */
export function createStage(canvas) {
  const renderer = createRenderer(canvas);
  const scene = new THREE.Scene();
  const camera = new THREE.PerspectiveCamera(32, 1, 0.02, 60);
  camera.up.set(0, 0, 1);
  const lights = createLights(), floor = createFloor(), quality = createQuality();
  scene.add(lights.sky, lights.key, lights.key.target, lights.rim, lights.rim.target, floor.mesh);
  dress(lights, floor);
  onTheme(() => dress(lights, floor));

  return {
    camera, floor,
    add: (object) => scene.add(object),
    remove: (object) => scene.remove(object),
    aim: (point, extent, view) => aimLights(lights, point, extent, view),
    resize() {
      const {clientWidth, clientHeight} = canvas.parentElement;
      if (!clientWidth || !clientHeight) return;
      renderer.setSize(clientWidth, clientHeight, false);
      camera.aspect = clientWidth / clientHeight;
      camera.updateProjectionMatrix();
    },
    /** @param moving fewer pixels will do if the machine is slow */
    draw(moving) {
      const ratio = Math.min(devicePixelRatio, 2) * quality.share(moving);
      if (renderer.getPixelRatio() !== ratio) renderer.setPixelRatio(ratio);
      renderer.render(scene, camera);
    },
  };
}
