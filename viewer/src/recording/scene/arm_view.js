// SPDX-License-Identifier: Apache-2.0
// The 3D panel of one recording: figure, cameras, readouts.
import * as THREE from 'three';
import {theme} from '../../shared/theme.js';
import {ink} from '../plots/palette.js';
import {cameraNames, createCameras} from './cameras.js';
import {createFigure, disposeFigure} from './figure.js';
import {createReadouts} from './readouts.js';

const magnifications = [30, 10, 3, 1];
const slipReach = 0.03;  // m; the longest arrow that is drawn of magnified slip
const labelReach = 1.2;  // m; farther away the number would hide the hand
const leastSlip = 2e-5;  // m; less gets no number

const looks = {
  light: {strap: 0x626363, metal: 0xffffff, person: 0x9fadbb, personOpacity: 0.4},
  dark: {strap: 0x6c6d6e, metal: 0xdfe5ec, person: 0xa9bccf, personOpacity: 0.4},
};

// Why there is no figure, or null.
function obstacle(stage, {truth, arm, imu}) {
  if (!stage) return 'This browser offers no WebGL 2, so the arm is not drawn; the signals are.';
  if (!truth || !imu) return 'This recording was made without truth, so where the arm was is not known.';
  if (!arm || !truth.jointAngles || !truth.thoraxPosition || !truth.shoulder || !truth.caseOrientation)
    return 'This file says too little about the arm to draw it (made by an older wristsim).';
  return null;
}

// Gestures and touches are looked at closely.
function handsAtWork({scenario, events}) {
  return Boolean(scenario.motion?.gesture) || events.some((event) => event.source === 'contact');
}

function none(shell, sentence) {
  const note = shell.part('scene-missing');
  note.textContent = sentence;
  note.hidden = false;
  shell.part('readouts').replaceChildren();
  shell.part('slip-label').hidden = true;
  shell.part('canvas').hidden = true;
  return {drawn: false, magnification: 1, nodes: () => ({}), pose() {}, draw() {}, nextCamera() {}, setMagnified() {}, close() {}};
}

// The strongest that keeps the whole recording's slip in the picture.
function magnificationFor(slip) {
  if (!slip) return 1;
  const [along, round] = slip;
  const most = along.reduce((top, value, i) => Math.max(top, Math.hypot(value, round[i])), 0);
  return most < leastSlip ? 1 : magnifications.find((times) => most * times <= slipReach) ?? 1;
}

function connectCameras(shell, cameras, changed) {
  const use = (name) => {
    cameras.use(name);
    for (const other of cameraNames)
      shell.action(`camera-${other}`).setAttribute('aria-pressed', String(other === name));
    changed();
  };
  for (const name of cameraNames) shell.action(`camera-${name}`).onclick = () => use(name);
  return use;
}

// The number beside the watch.
function showSlip(label, figure, camera, t) {
  const length = Math.hypot(...figure.slipAt(t));
  const place = figure.slipTip().project(camera);
  const near = camera.position.distanceTo(figure.nodes.case.position) < labelReach;
  label.hidden = length < leastSlip || !near || Math.abs(place.x) > 1 || Math.abs(place.y) > 1;
  label.textContent = `${(length * 1e3).toFixed(2)} mm`;
  label.style.left = `${(place.x + 1) * 50}%`;
  label.style.top = `${(1 - place.y) * 50}%`;
}

function watchSize(element, stage, changed) {
  const observer = new ResizeObserver(() => {
    stage.resize();
    changed();
  });
  observer.observe(element);
  return observer;
}

/**
 * @param changed asked for a frame when a hand moved the camera
 * @return {pose(t), draw(moving), nodes(), nextCamera(), setMagnified(on), magnification, close(), drawn}
 */
export function createArmView(shell, stage, recording, start, changed) {
  const sentence = obstacle(stage, recording);
  if (sentence) return none(shell, sentence);
  const canvas = shell.part('canvas');
  canvas.hidden = false;
  shell.part('scene-missing').hidden = true;
  const figure = createFigure(recording);
  stage.add(figure.group);
  stage.floor.mesh.position.z = figure.floorHeight;
  stage.resize();
  const cameras = createCameras(recording, figure.poses(start), start, canvas, changed);
  const use = connectCameras(shell, cameras, changed);
  use(handsAtWork(recording) ? 'wrist' : 'body');
  const readouts = createReadouts(shell.part('readouts'), recording);
  const observer = watchSize(canvas.parentElement, stage, changed);
  const most = magnificationFor(recording.truth.slip);
  let magnification = most;
  let now = {t: start, poses: figure.poses(start)};

  return {
    drawn: true,
    magnification: most,
    nodes: () => figure.nodes,
    pose(t) {
      const palette = {...looks[theme()], warn: ink('warn')};
      now = {t, poses: figure.pose(t, {palette, magnification, facing: stage.camera.quaternion})};
    },
    draw(moving) {
      const {focus} = cameras.apply(stage.camera, now.poses, now.t);
      const view = stage.camera.getWorldDirection(new THREE.Vector3()).negate();
      stage.aim(focus, cameras.name() === 'body' ? 1 : 0.3, view);
      stage.floor.follow(now.poses.thorax.position[0], now.poses.thorax.position[1]);
      readouts.show(now.t, figure.slipAt(now.t));
      showSlip(shell.part('slip-label'), figure, stage.camera, now.t);
      stage.draw(moving);
    },
    nextCamera: () => use(cameraNames[(cameraNames.indexOf(cameras.name()) + 1) % cameraNames.length]),
    setMagnified(on) {
      magnification = on ? most : 1;
    },
    close() {
      observer.disconnect();
      cameras.dispose();
      stage.remove(figure.group);
      disposeFigure(figure);
    },
  };
}
