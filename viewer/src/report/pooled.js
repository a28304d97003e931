// SPDX-License-Identifier: Apache-2.0
// All classes taken together, weighted by their windows: what a real class without a namesake is laid over.
import {finite, total} from './data.js';
import {drawable, quantileAt} from './charts/strips.js';

const probability = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];
const halvings = 60;

// Share of one class at or below a value, straight between its known quantiles.
function shareBelow(entry, value) {
  const points = entry.probability.map((p) => [p, quantileAt(entry, p)]).filter(([, at]) => at !== null);
  const right = points.findIndex(([, at]) => at > value);
  if (right < 0) return 1;
  if (right === 0) return 0;
  const [[p0, v0], [p1, v1]] = [points[right - 1], points[right]];
  return p0 + (p1 - p0) * (value - v0) / (v1 - v0);
}

// The value below which a share p of the mixture lies, by halving.
function mixedQuantile(entries, p, low, high) {
  const windows = total(entries.map((entry) => entry.windows));
  for (let i = 0; i < halvings; i++) {
    const middle = (low + high) / 2;
    const share = total(entries.map((entry) => entry.windows * shareBelow(entry, middle))) / windows;
    if (share < p) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The mixture of the classes of a feature.
 * @param {{classes: object[]}} feature
 * @returns {{windows: number, probability: number[], quantile: number[]}}
 */
export function pooledFeature(feature) {
  const entries = feature.classes.filter(drawable);
  if (!entries.length) return {windows: 0, probability: [], quantile: []};
  const ends = entries.flatMap(({quantile}) => quantile.filter(finite));
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  return {windows: total(entries.map(({windows}) => windows)), probability,
    quantile: probability.map((p) => mixedQuantile(entries, p, low, high))};
}

function valueAt(xs, ys, x) {
  const right = xs.findIndex((value) => value >= x);
  if (right < 0 || (right === 0 && xs[0] > x)) return null;
  if (xs[right] === x || right === 0) return ys[right];
  if (!finite(ys[right - 1]) || !finite(ys[right])) return null;
  return ys[right - 1] + (ys[right] - ys[right - 1]) * (x - xs[right - 1]) / (xs[right] - xs[right - 1]);
}

function pooledAt(spectra, sensor, x) {
  const found = spectra.map((one) => [valueAt(one.frequency_hz, one[sensor], x), one.windows])
    .filter(([value]) => finite(value));
  if (!found.length) return {low: null, mean: null, high: null};
  const values = found.map(([value]) => value);
  return {low: Math.min(...values), high: Math.max(...values),
    mean: total(found.map(([value, windows]) => value * windows)) / total(found.map(([, windows]) => windows))};
}

/**
 * The mean spectrum of all windows, and the range of the classes around it.
 * @param {object[]} spectra of the report
 * @param {'accel'|'gyro'} sensor
 * @returns {{x: number[], low: number[], mean: number[], high: number[]}} Hz and the unit of the spectra
 */
export function pooledSpectrum(spectra, sensor) {
  const known = spectra.filter(({windows, frequency_hz: xs}) => windows > 0 && xs.length);
  const x = known[0]?.frequency_hz ?? [];
  const at = x.map((value) => pooledAt(known, sensor, value));
  return {x, low: at.map(({low}) => low), mean: at.map(({mean}) => mean), high: at.map(({high}) => high)};
}
