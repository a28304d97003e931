// SPDX-License-Identifier: Apache-2.0
// Forward kinematics: where every body of the arm is, from joint angles. Pure; knows no drawing.
//
//   thorax T -> upper_arm (ball) -> hinges: X_parent_body = (position, rotation * about(axis, angle))
//
// Body frames: x distal, z dorsal, y = z cross x; W: z up. Quaternions are w x y z.
import {between} from './data/sampling.js';

/** Hamilton product. */
export function multiply([a, b, c, d], [e, f, g, h]) {
  return [a * e - b * f - c * g - d * h, a * f + b * e + c * h - d * g,
    a * g - b * h + c * e + d * f, a * h + b * g - c * f + d * e];
}

/** Vector v turned by q. */
export function rotate([w, x, y, z], v) {
  const s = [2 * (y * v[2] - z * v[1]), 2 * (z * v[0] - x * v[2]), 2 * (x * v[1] - y * v[0])];
  return [v[0] + w * s[0] + y * s[2] - z * s[1], v[1] + w * s[1] + z * s[0] - x * s[2],
    v[2] + w * s[2] + x * s[1] - y * s[0]];
}

function angleAxis(axis, angle) {
  const s = Math.sin(angle / 2);
  return [Math.cos(angle / 2), s * axis[0], s * axis[1], s * axis[2]];
}

function normalise(q) {
  const length = Math.hypot(...q);
  return q.map((value) => value / length);
}

export const conjugate = ([w, x, y, z]) => [w, -x, -y, -z];

/** Between a and b by the shorter way; share in [0, 1]. */
export function mixRotations(a, b, share) {
  const near = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3] < 0 ? -1 : 1;
  return normalise(a.map((value, i) => value * (1 - share) + near * share * b[i]));
}

/** Pose b of frame a, both {position, rotation}. */
export function compose(a, b) {
  const p = rotate(a.rotation, b.position);
  return {position: a.position.map((value, i) => value + p[i]), rotation: multiply(a.rotation, b.rotation)};
}

function ownRotation(body, joints) {
  if (!body.axis) return joints.shoulder;
  return multiply(body.rotation ?? [1, 0, 0, 0], angleAxis(body.axis, joints.angles[body.name] ?? 0));
}

/**
 * Poses in W of every body, name -> {position [m], rotation}.
 * @param bodies of the file's arm, parents first
 * @param joints {thorax: {position, rotation}, shoulder: rotation in T, angles: {name: rad}}
 */
export function bodyPoses(bodies, joints) {
  const poses = {thorax: joints.thorax};
  for (const body of bodies)
    poses[body.name] = compose(poses[body.parent], {position: body.position_m, rotation: ownRotation(body, joints)});
  return poses;
}

const row = (values, i, width) => Array.from(values.subarray(i * width, (i + 1) * width));

function vectorAt(values, width, {from, to, share}) {
  const a = row(values, from, width);
  const b = row(values, to, width);
  return a.map((value, i) => value + share * (b[i] - value));
}

function rotationAt(values, {from, to, share}) {
  return mixRotations(row(values, from, 4), row(values, to, 4), share);
}

/** Joints of recorded truth at instant t, s, between samples as needed. */
export function jointsAt(truth, times, t) {
  const place = between(times, t);
  const angles = vectorAt(truth.jointAngles, truth.hinges.length, place);
  return {
    thorax: {position: vectorAt(truth.thoraxPosition, 3, place), rotation: rotationAt(truth.thoraxOrientation, place)},
    shoulder: rotationAt(truth.shoulder, place),
    angles: Object.fromEntries(truth.hinges.map((name, i) => [name, angles[i]])),
  };
}

/** Pose of the watch case C in W at instant t, s. */
export function caseAt(truth, times, t) {
  const place = between(times, t);
  return {position: vectorAt(truth.casePosition, 3, place), rotation: rotationAt(truth.caseOrientation, place)};
}
