// SPDX-License-Identifier: Apache-2.0
// The rest of the person, quietly: torso, neck, head, the other shoulder, and thighs that fade out. Sized by
// stature with Drillis and Contini's shares (1966); the forms between are drawn by eye. Frame T: x forward, y
// left, z up, origin between the shoulders.
import * as THREE from 'three';
import {ellipsoid, melt, roundCone, smoothMin} from './sdf.js';
import {surfaceOf} from './surface.js';

const step = 0.014;  // m

// In shares of stature; `other` is +1 where the other shoulder is at the left.
function bodyField(other, shoulder) {
  const torso = melt([
    ellipsoid([0.004, 0, -0.075], [0.062, 0.094, 0.098]),
    ellipsoid([0.0, 0, -0.19], [0.052, 0.074, 0.09]),
    ellipsoid([-0.006, 0, -0.272], [0.06, 0.092, 0.062]),
    roundCone([-0.004, -0.07, -0.008], [-0.004, 0.07, -0.008], 0.034, 0.034),
    roundCone([0, 0.05, -0.3], [0.004, 0.05, -0.43], 0.051, 0.042),
    roundCone([0, -0.05, -0.3], [0.004, -0.05, -0.43], 0.051, 0.042),
  ], 0.06);
  const arm = melt([
    roundCone([0, other * shoulder, -0.006], [0, other * (shoulder + 0.006), -0.1], 0.033, 0.027),
    roundCone([0, other * (shoulder + 0.006), -0.1], [0.01, other * (shoulder + 0.01), -0.24], 0.027, 0.022)], 0.01);
  const neck = roundCone([-0.008, 0, 0.0], [0.004, 0, 0.065], 0.033, 0.031);
  const head = melt([
    ellipsoid([0.012, 0, 0.132], [0.053, 0.043, 0.056]), ellipsoid([0.024, 0, 0.095], [0.037, 0.034, 0.042])], 0.03);
  return (x, y, z) => {
    const trunk = smoothMin(smoothMin(torso(x, y, z), arm(x, y, z), 0.02), neck(x, y, z), 0.035);
    return smoothMin(trunk, head(x, y, z), 0.016);
  };
}

// Opacity falls to nothing down the thighs and the other arm.
function fade(geometry, stature, other) {
  const position = geometry.getAttribute('position');
  const colours = new Float32Array(position.count * 4).fill(1);
  for (let i = 0; i < position.count; i++) {
    const z = position.getZ(i) / stature, side = other * position.getY(i) / stature;
    const onArm = side > 0.1;
    const [full, none] = onArm ? [-0.1, -0.22] : [-0.3, -0.43];
    colours[4 * i + 3] = Math.min(1, Math.max(0, (z - none) / (full - none)));
  }
  geometry.setAttribute('color', new THREE.BufferAttribute(colours, 4));
}

/** Shoulders stand this share of stature above the floor. */
export const shoulderHeight = 0.818;

/**
 * @param stature m, @param shoulderOffset m from the middle to the joint, @param side of the simulated arm
 * @return {group, material}; the group takes the pose of the thorax
 */
export function createMannequin({stature, shoulderOffset, side}) {
  const other = side === 'left' ? -1 : 1;
  const field = bodyField(other, shoulderOffset / stature);
  const geometry = surfaceOf((x, y, z) => field(x / stature, y / stature, z / stature) * stature,
    {low: [-0.085, -0.165, -0.45].map((v) => v * stature), high: [0.085, 0.165, 0.2].map((v) => v * stature)}, step);
  fade(geometry, stature, other);
  const material = new THREE.MeshLambertMaterial({vertexColors: true, transparent: true, depthWrite: false});
  const depth = new THREE.MeshBasicMaterial({colorWrite: false, transparent: true});
  const solid = new THREE.Mesh(geometry, depth);
  const seen = new THREE.Mesh(geometry, material);
  solid.renderOrder = 1;
  seen.renderOrder = 2;
  const group = new THREE.Group();
  group.add(solid, seen);
  return {group, material};
}
