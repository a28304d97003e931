// SPDX-License-Identifier: Apache-2.0
// Skin of upper arm and forearm: one smooth loft of ellipses along the straight arm, in the frame of the
// upper arm. Towards the wrist it is the file's ellipse, on which the watch sits.
import * as THREE from 'three';
import {chainShares, setWeights} from './weights.js';

const sides = 56;

/** How far the hand's own skin reaches up the forearm from the wrist, m. */
export const cuff = 0.03;

/** Half axes [along y, along z] of the forearm at `back` m from the wrist towards the elbow, m. */
export function wristEllipse(wrist, back) {
  return [wrist.half_breadth_m + wrist.taper * back, wrist.half_depth_m + wrist.taper * back];
}

function smoothstep(low, high, x) {
  const s = Math.min(1, Math.max(0, (x - low) / (high - low)));
  return s * s * (3 - 2 * s);
}

// Half axes and centre of the section at x, as shares of the flesh's radius; shape after drawings of an
// adult arm, no measured data.
const upperProfile = [
  // share of the upper arm, along y, along z, shift along z
  [-0.16, 0.02, 0.02, 0], [-0.15, 0.38, 0.36, 0], [-0.12, 0.66, 0.64, 0], [-0.07, 0.86, 0.84, 0],
  [0, 0.98, 0.96, 0.01], [0.12, 1.0, 0.99, 0.02],
  [0.3, 0.97, 0.95, 0.01], [0.5, 0.96, 0.9, 0], [0.7, 0.88, 0.82, 0], [0.86, 0.78, 0.75, 0], [1, 0.77, 0.74, 0],
];
const foreProfile = [
  [0, 0.81, 0.78, 0], [0.1, 0.93, 0.88, 0], [0.22, 1.02, 0.95, 0], [0.4, 0.97, 0.88, 0], [0.6, 0.82, 0.72, 0],
  [1, 0.6, 0.5, 0],
];

function cubic(p0, p1, p2, p3, s) {
  return p1 + s / 2 * (p2 - p0 + s * (2 * p0 - 5 * p1 + 4 * p2 - p3 + s * (3 * (p1 - p2) + p3 - p0)));
}

function lookUp(profile, x) {
  let i = 0;
  while (i + 2 < profile.length && profile[i + 1][0] < x) i++;
  const row = (k) => profile[Math.min(profile.length - 1, Math.max(0, k))];
  const s = Math.min(1, Math.max(0, (x - row(i)[0]) / (row(i + 1)[0] - row(i)[0])));
  return [1, 2, 3].map((k) => cubic(row(i - 1)[k], row(i)[k], row(i + 1)[k], row(i + 2)[k], s));
}

function section(x, arm) {
  const {upper, fore, wrist} = arm;
  if (x <= upper.length_m) {
    const [y, z, shift] = lookUp(upperProfile, x / upper.length_m);
    const radius = upper.radius_m + (arm.elbow.radius_m - upper.radius_m) * smoothstep(0.6, 1, x / upper.length_m);
    return {y: y * radius, z: z * radius, shift: shift * radius};
  }
  const along = x - upper.length_m;
  const [y, z, shift] = lookUp(foreProfile, along / fore.length_m).map((value) => value * arm.elbow.radius_m);
  const [wy, wz] = wristEllipse(wrist, fore.length_m - along);
  const near = smoothstep(0.35, 0.72, along / fore.length_m);
  return {y: y + near * (wy - y), z: z + near * (wz - z), shift: shift * (1 - near)};
}

function ringPositions(arm) {
  const {upper, fore} = arm;
  const places = [];
  for (const share of [-0.16, -0.157, -0.15, -0.138, -0.12, -0.095, -0.06]) places.push(share * upper.length_m);
  const first = -0.03 * upper.length_m, last = upper.length_m + fore.length_m - cuff;
  const rings = 72;
  for (let i = 0; i <= rings; i++) places.push(first + (last - first) * i / rings);
  return places;
}

function loft(places, arm) {
  const positions = [], triangles = [];
  places.forEach((x, ring) => {
    const {y, z, shift} = section(x, arm);
    for (let i = 0; i < sides; i++) {
      const angle = 2 * Math.PI * i / sides;
      positions.push(x, y * Math.cos(angle), shift + z * Math.sin(angle));
      if (!ring) continue;
      const a = ring * sides + i, b = ring * sides + (i + 1) % sides;
      triangles.push(a - sides, b - sides, b, a - sides, b, a);
    }
  });
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
  geometry.setIndex(triangles);
  geometry.computeVertexNormals();
  return geometry;
}

function chainOf({upper, fore}) {
  const elbow = upper.length_m, length = fore.length_m, bend = 0.042;
  return [[elbow - bend, 'upper_arm'], [elbow, 'elbow_bend'], [elbow + bend, 'elbow'],
    [elbow + 0.42 * length, 'twist_1'], [elbow + 0.6 * length, 'twist_2'], [elbow + 0.75 * length, 'forearm']];
}

/** Geometry with skin weights, in the frame of the upper arm at rest. */
export function limbGeometry(bodies, wrist, boneIndex) {
  const body = (name) => bodies.find((b) => b.name === name);
  const arm = {upper: body('upper_arm'), elbow: body('elbow'), fore: body('forearm'), wrist};
  const geometry = loft(ringPositions(arm), arm);
  const chain = chainOf(arm);
  setWeights(geometry, boneIndex, (x) => chainShares(chain, x));
  return geometry;
}
