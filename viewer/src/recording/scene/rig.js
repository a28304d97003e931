// SPDX-License-Identifier: Apache-2.0
// The skeleton that bends the skin: every body of the arm, and between bodies a node halfway through the
// joint, so that skin keeps its thickness where it bends or twists.
import * as THREE from 'three';
import {bodyPoses, conjugate, mixRotations, multiply} from '../arm.js';

// The pose the skin is made in: straight, palm down, fingers spread so that they do not grow together.
const spread = {index_abduction: 0.14, ring_abduction: 0.16, little_abduction: 0.32, thumb_abduction: 0.1};

const digits = ['index', 'middle', 'ring', 'little'];

// Nodes between a body and the next one out: [name, inner, outer, share of the turn].
const between = [
  ['elbow_bend', 'upper_arm', 'elbow', 0.5],
  ['twist_1', 'elbow', 'forearm', 1 / 3], ['twist_2', 'elbow', 'forearm', 2 / 3],
  ['wrist_bend', 'forearm', 'hand', 0.5],
  ['thumb_base', 'hand', 'thumb_metacarpal', 0.5],
  ['thumb_bend_1', 'thumb_metacarpal', 'thumb_proximal', 0.5],
  ['thumb_bend_2', 'thumb_proximal', 'thumb_distal', 0.5],
  ...digits.flatMap((d) => [
    [`${d}_knuckle`, 'hand', `${d}_proximal`, 0.5],
    [`${d}_bend_1`, `${d}_proximal`, `${d}_middle`, 0.5],
    [`${d}_bend_2`, `${d}_middle`, `${d}_distal`, 0.5]]),
];

const identity = {position: [0, 0, 0], rotation: [1, 0, 0, 0]};

function place(node, {position, rotation: [w, x, y, z]}) {
  node.position.set(...position);
  node.quaternion.set(x, y, z, w);
}

// Poses in the frame of the upper arm of the pose the skin is made in, name -> {position, rotation}.
function restPoses(bodies) {
  const poses = bodyPoses(bodies, {thorax: identity, shoulder: [1, 0, 0, 0], angles: spread});
  const {position} = poses.upper_arm;
  for (const name of Object.keys(poses))
    poses[name] = {...poses[name], position: poses[name].position.map((value, i) => value - position[i])};
  return poses;
}

/**
 * @param bodies of the file's arm
 * @return {nodes: name -> Object3D at its pose in W, skeleton, boneIndex: name -> number, rest, pose(poses)}
 */
export function createRig(bodies) {
  const rest = restPoses(bodies);
  for (const [name, , outer] of between) rest[name] = rest[outer];
  const names = Object.keys(rest).filter((name) => name !== 'thorax');
  const nodes = Object.fromEntries(names.map((name) => [name, new THREE.Object3D()]));
  for (const name of names) {
    place(nodes[name], rest[name]);
    nodes[name].updateMatrixWorld();
  }
  const bones = names.map((name) => nodes[name]);
  const skeleton = new THREE.Skeleton(bones, bones.map((bone) => bone.matrixWorld.clone().invert()));
  const turnAtRest = Object.fromEntries(between.map(([name, inner, outer]) =>
    [name, multiply(conjugate(rest[inner].rotation), rest[outer].rotation)]));

  return {
    nodes, skeleton, rest,
    boneIndex: Object.fromEntries(names.map((name, i) => [name, i])),
    /** Moves every node to its pose in W. */
    pose(poses) {
      for (const name of names) if (poses[name]) place(nodes[name], poses[name]);
      for (const [name, inner, outer, share] of between) {
        const straight = multiply(poses[inner].rotation, turnAtRest[name]);
        const rotation = mixRotations(straight, poses[outer].rotation, share);
        place(nodes[name], {position: poses[outer].position, rotation});
      }
    },
  };
}

/** Sets an Object3D to {position, rotation w x y z}. */
export {place};
