// SPDX-License-Identifier: Apache-2.0
// The noise of the sensors, from stretches in which the watch lies still.
import {colour} from '../../shared/theme.js';
import {finite} from '../data.js';
import {h} from '../dom.js';
import {duration, prose, unitText} from '../format.js';
import {lookNamed} from '../palette.js';
import {lineChart} from '../charts/line_chart.js';
import {legend} from '../parts/legend.js';
import {nothing, section} from '../parts/section.js';

const axisNames = ['x', 'y', 'z'];
const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];  // one per watch
const dashOf = (i) => dashes[i % dashes.length];
const firstWatches = 4;
const titles = {accel: 'Acceleration', gyro: 'Angular rate'};
const lift = 1.7;  // the guide runs this much above the first points

// Where a line that falls as white noise does begins: above the first points.
function guideStart(curves) {
  const starts = curves.map(({tau_s: tau, deviation}) => [tau[0], deviation[0]])
    .filter(([, value]) => finite(value) && value > 0);
  if (!starts.length) return null;
  return [Math.min(...starts.map(([tau]) => tau)), lift * Math.max(...starts.map(([, value]) => value))];
}

const guide = ([tau, top]) => (u) => stroke(u, [tau, top], [u.scales.x.max, top * Math.sqrt(tau / u.scales.x.max)]);

function stroke(u, from, to) {
  const {ctx, bbox} = u;
  const [[x0, y0], [x1, y1]] = [from, to].map(([x, y]) => [u.valToPos(x, 'x', true), u.valToPos(y, 'y', true)]);
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  Object.assign(ctx, {strokeStyle: colour('quiet'), fillStyle: colour('quiet'), lineWidth: devicePixelRatio});
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.lineTo(x1, y1);
  ctx.stroke();
  write(ctx, [x0, y0], [x1, y1]);
  ctx.restore();
}

function write(ctx, [x0, y0], [x1, y1]) {
  ctx.font = `${10.5 * devicePixelRatio}px system-ui, sans-serif`;
  ctx.translate(x0 + 0.45 * (x1 - x0), y0 + 0.45 * (y1 - y0));
  ctx.rotate(Math.atan2(y1 - y0, x1 - x0));
  ctx.fillText('slope −½: white noise', 0, -5 * devicePixelRatio);
}

function chart(sensor, curves, devices, shown) {
  const mine = curves.filter((one) => one.sensor === sensor);
  if (!mine.length) return null;
  const series = mine.map(({axis, device, tau_s: x, deviation: y}) => ({name: `${axis} ${device}`, x, y, device,
    shown: shown.has(device), look: lookNamed(axis, dashOf(devices.indexOf(device)))}));
  const start = guideStart(mine);
  const made = lineChart({title: titles[sensor], unit: unitText(mine[0].unit), xLabel: 'averaging time, s', xUnit: 's',
    height: 300, named: false, sync: 'allan', under: start ? [guide(start)] : [], include: start ? [start[1]] : [], series});
  return {node: made.node, ...byDevice(made, series, devices)};
}

// The legend names watches; each stands for three lines.
function byDevice(made, series, devices) {
  const lines = (i) => series.flatMap(({device}, k) => (device === devices[i] ? [k] : []));
  return {show: (i, on) => lines(i).forEach((k) => made.show(k, on)), focus() {}};
}

const axisKey = () => h('p', {class: 'trace-key quiet'}, axisNames.map((name) =>
  h('span', {}, h('i', {class: 'dot', style: {'--colour': `var(--${name})`}}), `${name} axis`)));

/** @param {object} data the report */
export function allan({allan: {rule, seconds, curves}}) {
  const head = {id: 'allan', title: 'Noise at rest', lead: 'Allan deviation of still parts. White noise falls with the '
      + 'slope of the dashed line; where a curve turns flat, slow drift of the bias takes over.'};
  if (!curves.length) {
    return section(head, nothing(`No curve: no part of the dataset is still for long enough. ${prose(rule)}`));
  }
  const devices = [...new Set(curves.map(({device}) => device))];
  const shown = new Set(devices.slice(0, firstWatches));
  const charts = Object.keys(titles).map((sensor) => chart(sensor, curves, devices, shown)).filter(Boolean);
  const items = devices.map((name, i) => ({name, look: lookNamed('text', dashOf(i)), shown: shown.has(name)}));
  return section(head, axisKey(), legend(items, charts),
    h('div', {class: 'pair-of-charts'}, charts.map(({node}) => node)),
    h('p', {class: 'note quiet'}, `${prose(rule)} ${duration(seconds)} in all.`));
}
