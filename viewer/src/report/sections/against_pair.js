// SPDX-License-Identifier: Apache-2.0
// One real class over its synthetic namesake: spectra and strips on the same axes.
import {colour} from '../../shared/theme.js';
import {finite} from '../data.js';
import {h} from '../dom.js';
import {significant} from '../format.js';
import {realLook, syntheticLook} from '../palette.js';
import {pooledSpectrum} from '../pooled.js';
import {judgement} from '../verdict.js';
import {lineChart} from '../charts/line_chart.js';
import {stripKey, strips} from '../charts/strips.js';
import {swatch} from '../parts/legend.js';
import {nothing} from '../parts/section.js';
import {featureTitle, logNote} from './features.js';
import {sensors, shadeTaps} from './spectra.js';

const openFirst = 3;
const bandOpacity = '2b';  // appended to a #rrggbb colour

function syntheticLines(pair, sensor, spectra, pooled) {
  if (pair.synthetic !== null) {
    const found = spectra.find((one) => one.class === pair.synthetic);
    return [{name: 'synthetic', x: found?.frequency_hz ?? [], y: found?.[sensor] ?? [], look: syntheticLook, width: 2}];
  }
  const {x, low, mean, high} = pooled[sensor];
  return [{name: 'synthetic mean', x, y: mean, look: syntheticLook, width: 2},
    {name: 'highest class', x, y: high, look: syntheticLook, hidden: true},
    {name: 'lowest class', x, y: low, look: syntheticLook, hidden: true}];
}

function spectrum([sensor, title, unit], pair, data, pooled) {
  const found = data.against.spectra.find((one) => one.class === pair.name);
  const synthetic = syntheticLines(pair, sensor, data.spectra, pooled);
  const real = {name: 'real', x: found?.frequency_hz ?? [], y: found?.[sensor] ?? [], look: realLook, width: 2.6};
  const bands = synthetic.length > 1 ? [{series: [2, 3], fill: () => colour('accent') + bandOpacity}] : [];
  return lineChart({title, unit, xLabel: 'frequency, Hz', xUnit: 'Hz', height: 250, bands, under: [shadeTaps],
    series: [...synthetic, real]}).node;
}

function featureBlock(pair, gap, real) {
  const {feature, distance, place} = gap;
  const rows = [{name: 'real', entry: real ?? {windows: 0}, look: realLook, kind: 'real'},
    {name: 'synthetic', entry: gap.synthetic ?? {windows: 0}, look: syntheticLook}];
  const note = finite(distance)
    ? `Real median ${place.text}. Distance ${significant(distance, 2)}: ${judgement(gap)}.` : 'Not compared.';
  return h('div', {class: 'block feature', id: `${pair.id}-${feature.name}`, tabindex: -1},
    h('h4', {}, featureTitle(feature), logNote(feature)), strips(rows, feature),
    h('p', {class: 'note quiet'}, note));
}

function legendOf(pair) {
  return h('p', {class: 'trace-key'}, h('span', {}, swatch(realLook, 2.6), `real ${pair.name}`),
    h('span', {}, swatch(syntheticLook, 2), `synthetic ${pair.over}`),
    pair.synthetic === null
      && h('span', {class: 'quiet'}, h('i', {class: 'band'}), 'from the lowest to the highest class'));
}

function body(pair, data, pooled) {
  if (!pair.windows) return nothing('No window of this class: its stretches are shorter than a window.');
  return [legendOf(pair),
    h('div', {class: 'pair-of-charts'}, sensors.map((sensor) => spectrum(sensor, pair, data, pooled))),
    h('div', {class: 'blocks'}, pair.gaps.map((gap, i) => featureBlock(pair, gap, pair.real[i])))];
}

function details(pair, i, data, pooled) {
  const distance = pair.distance >= 0 ? ` · mean distance ${pair.distance.toFixed(2)}` : '';
  return h('details', {class: 'pair', id: pair.id, open: i < openFirst},
    h('summary', {}, h('b', {}, pair.name), h('span', {class: 'quiet'}, ` ${pair.about}${distance}`)),
    body(pair, data, pooled));
}

/** @param {object} data the report @param {{pairs: object[]}} comparison from compare() */
export function pairDetails(data, {pairs}) {
  const pooled = Object.fromEntries(sensors.map(([sensor]) => [sensor, pooledSpectrum(data.spectra, sensor)]));
  return [stripKey(), pairs.map((pair, i) => details(pair, i, data, pooled))];
}
