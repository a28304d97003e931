// SPDX-License-Identifier: Apache-2.0
// Quantile strips: a thin line from 1 to 99 %, a middle one from 5 to 95 %, a thick one from 25 to 75 %, a tick at
// the median.
import {finite} from '../data.js';
import {h, percent} from '../dom.js';
import {count, quantity, significant, unitText} from '../format.js';
import {roomy, scale} from './axis.js';
import {ruled} from './ruled.js';

const spans = [[0.01, 0.99, 'thin'], [0.05, 0.95, 'middle'], [0.25, 0.75, 'thick']];

/**
 * A quantile of a distribution given at some probabilities; between them it is read off the straight line.
 * @param {{probability: number[], quantile: (number|null)[]}} entry
 * @returns {number|null}
 */
export function quantileAt({probability, quantile}, p) {
  const right = probability.findIndex((value) => value >= p - 1e-9);
  if (right < 0 || !finite(quantile[right])) return null;
  if (right === 0 || probability[right] <= p + 1e-9) return quantile[right];
  if (!finite(quantile[right - 1])) return null;
  const along = (p - probability[right - 1]) / (probability[right] - probability[right - 1]);
  return quantile[right - 1] + along * (quantile[right] - quantile[right - 1]);
}

/** True when there is something to draw. */
export function drawable(entry) {
  return !!entry && entry.windows > 0 && quantileAt(entry, 0.5) !== null;
}

// An axis that holds the 1 and 99 % of all entries; null when nothing can be drawn.
function commonScale(entries, log) {
  const ends = entries.filter(drawable).flatMap((entry) => [0.01, 0.05, 0.25, 0.5, 0.99].map((p) => quantileAt(entry, p)))
    .filter((value) => finite(value) && (!log || value > 0));
  if (!ends.length) return null;
  return scale(...roomy(Math.min(...ends), Math.max(...ends), log), log);
}

function bar(entry, along, [from, to, kind]) {
  const [left, right] = [from, to].map((p) => along.inside(quantileAt(entry, p) ?? along.from));
  return h('i', {class: kind, style: {left: percent(left), width: percent(Math.max(right - left, 0))}});
}

const absence = ({windows}) => (windows > 0 ? 'no value' : 'no windows');

function strip(entry, along) {
  if (!drawable(entry)) return h('span', {class: 'quiet empty'}, absence(entry));
  const median = h('i', {class: 'median', style: {left: percent(along.inside(quantileAt(entry, 0.5)))}});
  return h('span', {class: 'strip'}, spans.map((span) => bar(entry, along, span)), median);
}

function words(name, entry, unit) {
  if (!drawable(entry)) return `${name}\n${absence(entry)}`;
  const at = (p) => significant(quantileAt(entry, p));
  return [name, `median ${quantity(quantileAt(entry, 0.5), unit)}`, `middle half ${at(0.25)} to ${at(0.75)}`,
    `5–95 % ${at(0.05)} to ${at(0.95)}`, `1–99 % ${at(0.01)} to ${at(0.99)}`,
    `${count(entry.windows)} windows`].join('\n');
}

/**
 * @param {{name: string, note?: string, entry: object, look: object, kind?: string}[]} items one strip each
 * @param {{unit: string, log: boolean}} feature
 */
export function strips(items, feature) {
  const along = commonScale(items.map(({entry}) => entry), feature.log);
  if (!along) return h('p', {class: 'nothing'}, 'No window has a value.');
  const rows = items.map(({entry, ...item}) => ({...item, field: strip(entry, along),
    tip: words(item.name, entry, feature.unit), value: drawable(entry) ? significant(quantileAt(entry, 0.5)) : '–'}));
  return ruled(rows, along, {unit: unitText(feature.unit)});
}

/** How to read a strip, drawn as one. */
export function stripKey() {
  const marks = [[0, '1 %'], [0.12, '5'], [0.33, '25'], [0.5, 'median'], [0.67, '75'], [0.88, '95'], [1, '99 %']];
  const entry = {windows: 1, probability: [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99], quantile: marks.map(([at]) => at)};
  return h('div', {class: 'strip-key', role: 'img',
    'aria-label': 'thin line: 1 to 99 %; middle: 5 to 95 %; thick: 25 to 75 %; tick: median'},
    strip(entry, scale(0, 1, false)),
    h('div', {class: 'marks', 'aria-hidden': 'true'},
      marks.map(([at, text]) => h('span', {style: {left: percent(at)}}, text))));
}
