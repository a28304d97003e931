// SPDX-License-Identifier: Apache-2.0
import {finite} from '../data.js';
import {h} from '../dom.js';
import {quantity, share, significant} from '../format.js';
import {numberCell, plainTable} from '../parts/table.js';
import {judgement} from '../verdict.js';

const firstGaps = 12;
const numbers = [
  ['real median', ({realMedian, feature}) => quantity(realMedian, feature.unit)],
  ['synthetic', ({syntheticMedian, feature}) => quantity(syntheticMedian, feature.unit)],
  ['ratio', ratio],
  ['outside 1–99 %', ({outside}) => share(outside)],
  ['distance', ({distance}) => distance.toFixed(2)],
];
const columns = [{text: 'real class'}, {text: 'feature'}, ...numbers.map(([text]) => ({text, number: true})), {text: 'verdict'}];

function ratio({realMedian, syntheticMedian}) {
  return finite(realMedian) && syntheticMedian > 0 ? `× ${significant(realMedian / syntheticMedian, 2)}` : '–';
}

function row(gap, open) {
  const {pair, feature, place} = gap;
  return h('tr', {}, h('th', {scope: 'row', title: pair.name}, pair.name),
    h('td', {}, h('button', {class: 'link', onclick: () => open(pair, feature)}, feature.label)),
    numbers.map(([text, format]) => numberCell(format(gap), {'data-label': text})),
    h('td', {class: 'verdict-cell'}, h('b', {}, judgement(gap)), h('br'), h('span', {class: 'quiet'}, place.text)));
}

/** Every gap in words. @param {object[]} gaps widest first @param {(pair: object, feature: object) => void} open */
export function gapTable(gaps, open) {
  const known = gaps.filter(({distance}) => finite(distance));
  return plainTable(columns, known, (gap) => row(gap, open), {kind: 'gaps', limit: firstGaps});
}
