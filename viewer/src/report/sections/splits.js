// SPDX-License-Identifier: Apache-2.0
import {total} from '../data.js';
import {h} from '../dom.js';
import {count, counted, share} from '../format.js';
import {heatTable} from '../charts/heat_table.js';
import {collapsed, inTableRow} from '../parts/collapsed.js';
import {block, nothing, section} from '../parts/section.js';
import {numberCell, plainTable} from '../parts/table.js';

const colours = ['accent', 'c5', 'z', 'c4'];
const columns = [{text: 'split'}, ...['recordings', 'share', 'windows', 'people'].map((text) => ({text, number: true}))];

const called = (kind) => ({subject: 'person', device: 'watch'}[kind] ?? kind);  // as the rest of the page says it
const recordings = (splits) => total(splits.map((one) => one.recordings)) || 1;

function overlapRow({by, name, splits: where}) {
  return h('tr', {}, h('td', {class: 'quiet'}, called(by)), h('td', {}, name),
    h('td', {}, `in ${where.join(' and ')}`));
}

function verdict({by, rule, overlaps}) {
  if (overlaps.length) {
    return h('div', {class: 'verdict bad'},
      h('b', {}, `✕ The splits share ${counted(overlaps.length, 'name')} they should not.`),
      h('table', {class: 'plain'}, collapsed(h('tbody'), overlaps, overlapRow, {wrap: inTableRow(3)})));
  }
  if (!by.length) return h('p', {class: 'verdict'}, 'The splits were not asked to be disjoint in anything.');
  return h('p', {class: 'verdict good'}, h('b', {}, `✓ No ${by.map(called).join(', no ')} is in more than one split.`),
    rule && h('span', {class: 'quiet'}, ` Rule: ${rule}.`));
}

function piece({name, recordings: size}, i, sum) {
  if (!(size > 0)) return null;
  const style = {'flex-grow': String(size), '--colour': `var(--${colours[i % colours.length]})`};
  const tip = `${name}\n${counted(size, 'recording')}, ${share(size / sum)}`;
  return h('i', {style, 'data-tip': tip}, h('span', {}, name));
}

function sizes(splits) {
  const sum = recordings(splits);
  const words = splits.map((one) => `${one.name} ${share(one.recordings / sum)}`).join(', ');
  return h('div', {class: 'stack', role: 'img', 'aria-label': words}, splits.map((one, i) => piece(one, i, sum)));
}

function sizeTable(splits) {
  const sum = recordings(splits);
  return plainTable(columns, splits, (one) => h('tr', {}, h('th', {scope: 'row'}, one.name),
    numberCell(count(one.recordings)), numberCell(share(one.recordings / sum)),
    numberCell(count(one.windows)), numberCell(count(one.subjects.length))));
}

function people({name, subjects}) {
  return subjects.length > 0 && h('details', {class: 'names'},
    h('summary', {}, `${name}: ${counted(subjects.length, 'person', 'people')}`),
    h('p', {class: 'quiet'}, subjects.join(', ')));
}

/** Sizes of the splits, what they hold, and whether they share anybody. */
export function splits({splits: list, disjoint, classes}) {
  const head = {id: 'splits', title: 'Splits'};
  if (!list.length) return section(head, nothing('The dataset has no splits.'));
  const rows = list.map(({name, by_class: values}) => ({name, values}));
  return section(head, verdict(disjoint), sizes(list), h('div', {class: 'blocks'},
    block('Size', null, sizeTable(list)),
    block('Recordings by class', null, heatTable({corner: 'split', columns: classes.map(({name}) => name), rows})),
    block('People', null, list.map(people))));
}
