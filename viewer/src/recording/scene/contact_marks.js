// SPDX-License-Identifier: Apache-2.0
// Fingertips glow while they touch; a ring runs outwards from every touch.
import * as THREE from 'three';
import {rotate} from '../arm.js';
import {touchingBodies} from '../data/events.js';

const afterglow = 0.18, ring = 0.35;  // s

// 1 while it touches, then falling.
function strength(event, t) {
  if (t < event.start) return 0;
  return Math.max(0, 1 - Math.max(0, t - event.end) / afterglow);
}

// The part of the hand's skin that a fingertip lights: vertex numbers and shares, and its present light.
function litSkin(geometry, body, rest) {
  const position = geometry.getAttribute('position');
  const tip = rotate(rest.rotation, [body.length_m - body.radius_m, 0, 0]).map((v, k) => v + rest.position[k]);
  const vertices = [];
  for (let i = 0; i < position.count; i++) {
    const apart = [position.getX(i) - tip[0], position.getY(i) - tip[1], position.getZ(i) - tip[2]];
    const away = Math.hypot(...apart) / body.radius_m;
    if (away < 2.2) vertices.push([i, Math.min(1, Math.max(0, (2.2 - away) / 1.1))]);
  }
  return {vertices, tip: new THREE.Vector3(body.length_m - body.radius_m, 0, 0), level: 0};
}

function createWave() {
  const material = new THREE.MeshBasicMaterial(
      {transparent: true, depthWrite: false, depthTest: false, toneMapped: false, side: THREE.DoubleSide});
  const wave = new THREE.Mesh(new THREE.RingGeometry(0.93, 1, 72), material);
  wave.renderOrder = 4;
  return wave;
}

/**
 * @param events of the recording, @param bodies of the arm, @param rig of createRig, @param hand its skin
 * @return {group, show(t, colour, facing)}; the group stands in W
 */
export function createContactMarks(events, bodies, rig, hand) {
  const touches = events.filter((event) => touchingBodies(event).length);
  const colours = hand.geometry.getAttribute('color');
  const bare = new THREE.Color().fromArray(colours.array);
  const lit = {};
  for (const name of new Set(touches.flatMap(touchingBodies))) {
    const body = bodies.find((b) => b.name === name);
    if (body) lit[name] = litSkin(hand.geometry, body, rig.rest[name]);
  }
  const wave = createWave();

  const light = (part, level, colour) => {
    if (part.level === level) return;
    part.level = level;
    const mixed = new THREE.Color();
    for (const [i, share] of part.vertices)
      mixed.lerpColors(bare, colour, 0.9 * share * level).toArray(colours.array, 3 * i);
    colours.needsUpdate = true;
  };
  const showWave = (t, colour, facing) => {
    const last = touches.findLast((e) => e.start <= t && t < e.start + ring);
    const tips = last ? touchingBodies(last).filter((name) => lit[name]) : [];
    wave.visible = tips.length > 0;
    if (!wave.visible) return;
    wave.position.set(0, 0, 0);
    for (const name of tips)
      wave.position.addScaledVector(rig.nodes[name].localToWorld(lit[name].tip.clone()), 1 / tips.length);
    const share = (t - last.start) / ring;
    wave.scale.setScalar(0.009 + 0.03 * Math.sqrt(share));
    wave.quaternion.copy(facing);
    wave.material.color.copy(colour);
    wave.material.opacity = 0.9 * (1 - share) ** 1.5;
  };
  return {
    group: wave,
    /** @param colour CSS, @param facing quaternion that turns +z to the camera */
    show(t, colour, facing) {
      const glow = new THREE.Color(colour);
      for (const [name, part] of Object.entries(lit)) {
        const own = touches.filter((event) => touchingBodies(event).includes(name));
        light(part, own.reduce((most, event) => Math.max(most, strength(event, t)), 0), glow);
      }
      showWave(t, glow, facing);
    },
  };
}
