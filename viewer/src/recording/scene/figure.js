// SPDX-License-Identifier: Apache-2.0
// The person of one recording: skin on a rig, watch, strap, the quiet rest of the body; posed at an instant.
import * as THREE from 'three';
import {bodyPoses, caseAt, compose, conjugate, jointsAt, multiply, rotate} from '../arm.js';
import {between, lastAtOrBefore, linear} from '../data/sampling.js';
import {createContactMarks} from './contact_marks.js';
import {createMannequin, shoulderHeight} from './mannequin.js';
import {createRig, place} from './rig.js';
import {createSkin} from './skin.js';
import {createSlipMarks} from './slip_marks.js';
import {createStrap} from './strap.js';
import {createWatch} from './watch.js';

const fallback = {size: [0.038, 0.044, 0.0107], height: 0.0055};  // m; for files that do not say
const slidingFull = 0.02;  // m/s; where sliding has its full colour
const slidingFades = 0.3;  // s

/** Pose b seen from pose a. */
function relative(a, b) {
  const back = conjugate(a.rotation);
  const apart = b.position.map((value, i) => value - a.position[i]);
  return {position: rotate(back, apart), rotation: multiply(back, b.rotation)};
}

function caseShape(truth) {
  const size = truth.case_size_m ? Array.from(truth.case_size_m) : fallback.size;
  return {size, height: Number(truth.case_height_m ?? fallback.height)};
}

// Sliding of late, 0 to 1, a function of the instant alone.
function slidingAt(truth, times, t) {
  if (!truth.slipSpeed) return 0;
  let most = 0;
  for (let i = lastAtOrBefore(times, t); i >= 0 && t - times[i] < slidingFades; i--)
    most = Math.max(most, truth.slipSpeed[i] / slidingFull * (1 - (t - times[i]) / slidingFades));
  return Math.min(1, most);
}

function posesAt({arm, truth, imu}, t) {
  const poses = bodyPoses(arm.bodies, jointsAt(truth, imu.t, t));
  return {...poses, case: caseAt(truth, imu.t, t)};
}

function statureOf({subject}) {
  return subject?.measures?.stature_m ?? 1.7;
}

// Watch, strap and slip marks, as they are worn at the first sample.
function dressWrist({arm, truth, scenario}, first) {
  const shape = caseShape(truth);
  const inForearm = relative(first.forearm, first.case);
  const forearm = arm.bodies.find((body) => body.name === 'forearm');
  const watch = createWatch({...shape, turned: Boolean(scenario.wear?.crown_left)});
  const band = new THREE.MeshLambertMaterial();
  const strap = createStrap(inForearm, shape, arm.wrist, forearm.length_m - inForearm.position[0], band);
  const slipMarks = createSlipMarks(shape, rotate(inForearm.rotation, [1, 0, 0])[0] < 0);
  watch.group.add(slipMarks.group);
  return {watch, band, strap, slipMarks};
}

function poseWrist({watch, strap}, poses) {
  place(watch.group, poses.case);
  const along = relative(poses.forearm, poses.case).position[0];
  place(strap, compose(poses.forearm, {position: [along, 0, 0], rotation: [1, 0, 0, 0]}));
}

function paint({watch, band}, person, sliding, palette) {
  const warn = new THREE.Color(palette.warn);
  band.color.set(palette.strap).lerp(warn, sliding);
  band.emissive.copy(warn).multiplyScalar(0.5 * sliding);
  watch.metal.color.set(palette.metal).lerp(warn, 0.7 * sliding);
  person.material.color.set(palette.person);
  person.material.opacity = palette.personOpacity;
}

/**
 * @param recording with truth and arm
 * @return {group, pose(t, {palette, magnification, facing}), poses(t), nodes, floorHeight, slipAt(t), slipTip()}
 */
export function createFigure(recording) {
  const {arm, truth, imu, scenario, events} = recording;
  const first = posesAt(recording, imu.t[0]);
  const stature = statureOf(scenario);
  const rig = createRig(arm.bodies);
  const skin = createSkin(arm, rig, scenario.subject?.physiology?.melanosome_fraction);
  const wrist = dressWrist(recording, first);
  const shoulderOffset = Math.abs(arm.bodies[0].position_m[1]);
  const person = createMannequin({stature, shoulderOffset, side: scenario.side});
  const contacts = createContactMarks(events, arm.bodies, rig, skin[1]);
  const group = new THREE.Group();
  group.add(...Object.values(rig.nodes), ...skin, wrist.watch.group, wrist.strap, person.group, contacts.group);

  const slipAt = (t) => (truth.slip ? truth.slip.map((values) => linear(values, between(imu.t, t))) : [0, 0]);
  return {
    group, slipAt,
    slipTip: () => wrist.watch.group.localToWorld(wrist.slipMarks.tip.clone()),
    floorHeight: first.thorax.position[2] - shoulderHeight * stature,
    poses: (t) => posesAt(recording, t),
    nodes: {...rig.nodes, case: wrist.watch.group},
    /** Everything at instant t, s; facing turns +z to the camera. */
    pose(t, {palette, magnification, facing}) {
      const poses = posesAt(recording, t);
      rig.pose(poses);
      place(person.group, poses.thorax);
      poseWrist(wrist, poses);
      wrist.watch.showTime(t);
      wrist.slipMarks.show(slipAt(t), magnification, palette.warn);
      paint(wrist, person, slidingAt(truth, imu.t, t), palette);
      group.updateMatrixWorld(true);
      contacts.show(t, palette.warn, facing);
      return poses;
    },
  };
}

/** Frees what a figure holds on the graphics card. */
export function disposeFigure(figure) {
  figure.group.traverse((object) => {
    object.geometry?.dispose();
    object.material?.map?.dispose();
    object.material?.matcap?.dispose();
    object.material?.dispose();
    object.skeleton?.dispose();
  });
}
