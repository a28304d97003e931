// SPDX-License-Identifier: Apache-2.0
// Where the camera stands. It orbits in the frame of something that moves: the wrist or the chest (upright,
// turned with the person's slow heading), or the watch itself.
import * as THREE from 'three';
import {OrbitControls} from 'three/addons/controls/OrbitControls.js';
import {rotate} from '../arm.js';
import {nearest} from '../data/sampling.js';

export const cameraNames = ['wrist', 'body', 'watch'];

const settle = 1.5;  // s; headings are averaged this far to either side

// Heading of the thorax, rad, smooth; one per sample.
function headings({truth, imu}) {
  const count = imu.t.length;
  const sums = [new Float64Array(count + 1), new Float64Array(count + 1)];
  for (let i = 0; i < count; i++) {
    const forward = rotate(Array.from(truth.thoraxOrientation.subarray(4 * i, 4 * i + 4)), [1, 0, 0]);
    for (const k of [0, 1]) sums[k][i + 1] = sums[k][i] + forward[k];
  }
  const half = Math.max(1, Math.round(settle * count / (imu.t[count - 1] - imu.t[0] || 1)));
  return Float64Array.from({length: count}, (_, i) => {
    const low = Math.max(0, i - half), high = Math.min(count, i + half + 1);
    return Math.atan2(sums[1][high] - sums[1][low], sums[0][high] - sums[0][low]);
  });
}

const upright = (heading) => new THREE.Quaternion().setFromAxisAngle(new THREE.Vector3(0, 0, 1), heading);

// The watch's frame for an orbiting camera: x out of the screen, y to its right edge, z to 12 o'clock.
function screenFrame([w, x, y, z]) {
  const inCase = new THREE.Quaternion().setFromRotationMatrix(new THREE.Matrix4().makeBasis(
      new THREE.Vector3(0, 0, 1), new THREE.Vector3(1, 0, 0), new THREE.Vector3(0, 1, 0)));
  return new THREE.Quaternion(x, y, z, w).multiply(inCase);
}

const middle = (a, b, share) => new THREE.Vector3(...a).lerp(new THREE.Vector3(...b), share);

function frames(recording) {
  const heading = headings(recording);
  const turn = (t) => upright(heading[nearest(recording.imu.t, t)]);
  return {
    wrist: (poses, t) =>
      ({position: middle(poses.case.position, poses.middle_proximal.position, 0.55), rotation: turn(t)}),
    body: (poses, t) => ({position: new THREE.Vector3(...poses.thorax.position), rotation: turn(t)}),
    watch: (poses) =>
      ({position: new THREE.Vector3(...poses.case.position), rotation: screenFrame(poses.case.rotation)}),
  };
}

// Where the camera first stands in its frame: offset and what it looks at, m.
function starts(recording, poses, t) {
  const side = recording.scenario.side === 'left' ? 1 : -1;
  const frame = frames(recording).wrist(poses, t);
  const back = frame.rotation.clone().invert();
  const turned = (v) => new THREE.Vector3(...rotate(poses.forearm.rotation, v)).applyQuaternion(back);
  const thumb = turned([0, -side, 0]), dorsal = turned([0, 0, 1]), distal = turned([1, 0, 0]);
  const view = dorsal.multiplyScalar(0.62).addScaledVector(thumb, 0.62).addScaledVector(distal, 0.22)
      .add(new THREE.Vector3(0.18, 0.1 * side, 0.3)).normalize();
  // Never through the person.
  view.y = side * Math.max(side * view.y, -0.2);
  view.z = Math.max(view.z, 0.12);
  return {
    wrist: {offset: view.normalize().multiplyScalar(0.6), target: new THREE.Vector3()},
    body: {offset: new THREE.Vector3(2.15, side * 1.6, 0.4), target: new THREE.Vector3(0.06, side * 0.04, -0.24)},
    watch: {offset: new THREE.Vector3(0.24, 0, 0), target: new THREE.Vector3()},
  };
}

/**
 * @param element that takes drags and wheels, @param changed called when a hand moved the camera
 * @return {use(name), name(), apply(camera, poses, t)}
 */
export function createCameras(recording, poses, t, element, changed) {
  const frame = frames(recording);
  const stands = starts(recording, poses, t);
  const local = new THREE.PerspectiveCamera();
  local.up.set(0, 0, 1);
  const controls = new OrbitControls(local, element);
  Object.assign(controls, {enablePan: false, rotateSpeed: 0.8, zoomSpeed: 0.7, minDistance: 0.08, maxDistance: 9});
  controls.addEventListener('change', changed);
  let name = null;

  const keep = () => name && stands[name].offset.copy(local.position).sub(controls.target);
  return {
    name: () => name,
    use(next) {
      keep();
      name = next;
      controls.target.copy(stands[name].target);
      local.position.copy(stands[name].offset).add(controls.target);
      controls.update();
    },
    /** Puts the real camera where the hand-held one stands in the moving frame. */
    apply(camera, poses, t) {
      const {position, rotation} = frame[name](poses, t);
      camera.position.copy(local.position).applyQuaternion(rotation).add(position);
      camera.quaternion.copy(rotation).multiply(local.quaternion);
      camera.updateMatrixWorld();
      return {focus: name === 'body' ? new THREE.Vector3(...poses.elbow.position) : position};
    },
    dispose: () => controls.dispose(),
  };
}
