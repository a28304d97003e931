// SPDX-License-Identifier: Apache-2.0
import {colour} from '../../shared/theme.js';
import {lookOf} from '../palette.js';
import {h} from '../dom.js';
import {quantity, unitText} from '../format.js';
import {legend} from '../parts/legend.js';
import {nothing, section} from '../parts/section.js';
import {lineChart} from '../charts/line_chart.js';

const tapBand = [20, 250];  // Hz
const firstShown = 8;
const bandTint = 0.08;

export const sensors = [
  ['accel', 'Acceleration', unitText('(m/s2)^2/Hz')],
  ['gyro', 'Angular rate', unitText('(rad/s)^2/Hz')],
];

/** Shades where a tap's energy lies; for `under` of lineChart(). */
export function shadeTaps(u) {
  const {ctx, bbox} = u;
  const right = bbox.left + bbox.width;
  const [from, to] = tapBand.map((value) => Math.min(right, Math.max(bbox.left, u.valToPos(value, 'x', true))));
  if (to - from < 4) return;
  ctx.save();
  ctx.globalAlpha = bandTint;
  ctx.fillStyle = colour('text');
  ctx.fillRect(from, bbox.top, to - from, bbox.height);
  ctx.globalAlpha = 1;
  ctx.fillStyle = colour('quiet');
  ctx.font = `${10.5 * devicePixelRatio}px system-ui, sans-serif`;
  writeInside(ctx, 'where taps live', from, to - from, bbox.top);
  ctx.restore();
}

// On one line, or a word per line where the band is narrow.
function writeInside(ctx, text, left, width, top) {
  const inset = 4 * devicePixelRatio;
  const fits = (part) => ctx.measureText(part).width + 2 * inset < width;
  const lines = fits(text) ? [text] : text.split(' ');
  if (!lines.every(fits)) return;
  Object.assign(ctx, {textAlign: 'left', textBaseline: 'top'});
  lines.forEach((line, i) => ctx.fillText(line, left + inset, top + inset + 12 * i * devicePixelRatio));
}

function chart([sensor, title, unit], spectra, looks, shown) {
  const series = spectra.map((one, i) =>
    ({name: one.class, x: one.frequency_hz, y: one[sensor], look: looks[i], shown: shown[i]}));
  return lineChart({title, unit, xLabel: 'frequency, Hz', xUnit: 'Hz', height: 300, sync: 'spectra',
    under: [shadeTaps], series});
}

// With many classes the largest are shown first.
function firstOnes(spectra) {
  const order = spectra.map(({windows}, i) => [windows, i]).sort((a, b) => b[0] - a[0]).slice(0, firstShown);
  const kept = new Set(order.map(([, i]) => i));
  return spectra.map((_, i) => kept.has(i));
}

/** Power spectra of every class. @param {object} data the report @param {Map<string, number>} order class positions */
export function spectra({spectra: all, totals}, order) {
  const head = {id: 'spectra', title: 'Spectra', lead: 'Power spectral density of the windows of a class, mean over '
      + `windows, sum over the three axes. The shaded band runs from ${tapBand[0]} Hz towards ${tapBand[1]} Hz, where the `
      + `energy of taps lies; half the sample rate is ${quantity(totals.imu_rate_hz / 2, 'Hz')}.`};
  const list = all.filter(({frequency_hz: x}) => x.length);
  if (!list.length) return section(head, nothing('No window is long enough for a spectrum.'));
  const looks = list.map((one) => lookOf(order.get(one.class) ?? 0));
  const shown = firstOnes(list);
  const charts = sensors.map((sensor) => chart(sensor, list, looks, shown));
  const empty = all.filter(({frequency_hz: x}) => !x.length).map((one) => one.class);
  return section(head, legend(list.map((one, i) => ({name: one.class, look: looks[i], shown: shown[i]})), charts),
    h('div', {class: 'pair-of-charts'}, charts.map(({node}) => node)),
    empty.length > 0 && h('p', {class: 'note quiet'}, `Without windows: ${empty.join(', ')}.`));
}
