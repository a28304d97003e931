// SPDX-License-Identifier: Apache-2.0
// Class by feature, tinted by the distance between the real and the synthetic distribution.
import {finite} from '../data.js';
import {h} from '../dom.js';
import {quantity, significant} from '../format.js';
import {heatCell} from '../charts/heat_table.js';
import {collapsed, inTableRow} from '../parts/collapsed.js';
import {grade, grades} from '../verdict.js';

const two = (value) => (finite(value) ? value.toFixed(2) : '–');

function tip({pair, feature, realMedian, syntheticMedian, distance, place, byChance}) {
  return [`${pair.name}: ${feature.label}`, `real median ${quantity(realMedian, feature.unit)}`,
    `synthetic median ${quantity(syntheticMedian, feature.unit)}`, place.text,
    `distance ${significant(distance, 2)}: ${grade(distance)}`,
    byChance && 'so few windows can differ as much by chance'].filter(Boolean).join('\n');
}

function cell(gap, open) {
  if (!finite(gap.distance)) return h('td', {class: 'heat number zero'}, '–');
  const words = tip(gap);
  const button = h('button', {onclick: () => open(gap.pair, gap.feature), 'data-tip': words,
    'aria-label': words.replaceAll('\n', ', ')},
  two(gap.distance), gap.byChance && h('sup', {}, '?'));
  return heatCell(gap.distance, button, {class: gap.byChance ? 'unsure' : ''});
}

function row(pair, open) {
  return h('tr', {}, h('th', {scope: 'row', title: pair.name}, h('span', {}, pair.name),
    h('small', {class: 'quiet'}, pair.about)),
    pair.gaps.map((gap) => cell(gap, open)));
}

function key() {
  const limits = grades.map(({upTo, word}, i) => {
    const from = i ? grades[i - 1].upTo : 0;
    const middle = (from + Math.min(upTo, 1)) / 2;
    return h('span', {style: {'--tint': `${100 * middle}%`}}, h('i'), `${word} ${i ? `from ${from}` : `below ${upTo}`}`);
  });
  return h('div', {class: 'gap-key quiet'}, limits,
    h('span', {}, h('i', {class: 'unsure'}), '? so few windows differ as much by chance'));
}

/**
 * @param {{pairs: object[]}} comparison from compare()
 * @param {object[]} features of the report
 * @param {(pair: object, feature: object) => void} open shows the detail behind a cell
 */
export function matrix({pairs}, features, open) {
  const body = collapsed(h('tbody'), pairs, (pair) => row(pair, open), {wrap: inTableRow(features.length + 1)});
  const heading = ({label}) => h('th', {scope: 'col', class: 'column'}, h('span', {}, label));
  const head = h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'real class'), features.map(heading)));
  return h('div', {class: 'matrix'},
    h('div', {class: 'scroll'}, h('table', {class: 'heat-table gap-table'}, head, body)), key(),
    h('p', {class: 'note quiet'}, 'Each number is the Kolmogorov–Smirnov distance: the largest difference between the two '
        + 'cumulative distributions, 0 when they are the same, 1 when they do not touch. Press one to see the strips behind it.'));
}
