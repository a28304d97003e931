// SPDX-License-Identifier: Apache-2.0
// One window on a small canvas: acceleration, angular rate and light, one above the other.
import {colour} from '../../shared/theme.js';
import {finite} from '../data.js';

const height = 46;  // CSS px of each of the three
const gap = 5;
const axes = ['x', 'y', 'z'];

export const thumbnailHeight = 3 * height + 2 * gap;

const median = (values) => {
  const sorted = values.filter(finite).sort((a, b) => a - b);
  return sorted.length ? sorted[Math.floor(sorted.length / 2)] : 0;
};

const columns = (rows) => axes.map((_, i) => rows.map((row) => row[i]));
const centred = (values) => {
  const middle = median(values);
  return values.map((value) => (finite(value) ? value - middle : null));
};

/**
 * What is drawn of a window: acceleration about the median of each axis (gravity would hide the rest), rate and light
 * as they are.
 * @returns {{accel: number[][], gyro: number[][], optical: number[][]}} one array per line
 */
export function traces({accel, gyro, optical}) {
  return {accel: columns(accel).map(centred), gyro: columns(gyro), optical: optical.length ? [optical] : []};
}

/** The largest size of each kind over windows: what makes a class share one scale. */
export function reach(windows) {
  const sizes = (lines) => lines.flat().filter(finite).map(Math.abs);
  const largest = (kind) => windows.reduce((top, one) => Math.max(top, ...sizes(one[kind])), 0);
  return {accel: largest('accel'), gyro: largest('gyro'), optical: largest('optical')};
}

function drawLine(context, values, width, half) {
  context.beginPath();
  let down = false;
  values.forEach((value, i) => {
    const [x, y] = [width * i / Math.max(1, values.length - 1), height / 2 - half(value)];
    if (!finite(value)) down = false;
    else if (down) context.lineTo(x, y);
    else { context.moveTo(x, y); down = true; }
  });
  context.stroke();
}

function drawPart(context, lines, top, width, colours) {
  context.strokeStyle = colour('grid');
  context.lineWidth = 1;
  drawLine(context, [0, 0], width, () => 0);
  context.lineWidth = 1.1;
  lines.forEach((values, i) => {
    context.strokeStyle = colour(colours[i]);
    drawLine(context, values, width, (value) => (height / 2 - 1) * value / (top || 1));
  });
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {number} width CSS px
 * @param {object} lines from traces()
 * @param {object} tops from reach()
 */
export function drawThumbnail(canvas, width, lines, tops) {
  canvas.width = width * devicePixelRatio;
  canvas.height = thumbnailHeight * devicePixelRatio;
  const context = canvas.getContext('2d');
  context.scale(devicePixelRatio, devicePixelRatio);
  context.lineJoin = 'round';
  for (const [kind, colours] of [['accel', axes], ['gyro', axes], ['optical', ['c5']]]) {
    drawPart(context, lines[kind], tops[kind], width, colours);
    context.translate(0, height + gap);
  }
}
