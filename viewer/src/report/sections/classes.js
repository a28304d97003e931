// SPDX-License-Identifier: Apache-2.0
import {h, percent} from '../dom.js';
import {count, counted, duration} from '../format.js';
import {collapsed, inTableRow} from '../parts/collapsed.js';
import {heatTable} from '../charts/heat_table.js';
import {block, section} from '../parts/section.js';

const columns = [
  ['recordings', count], ['windows', count], ['labelled_s', duration, 'labelled'], ['events', count],
];

function barCell(value, text, top, label) {
  return h('td', {class: 'number bar-cell', 'data-label': label},
    h('span', {}, text), h('i', {style: {width: percent((value || 0) / (top || 1))}, 'aria-hidden': 'true'}));
}

function row(one, tops) {
  const badges = [one.rare && 'rare', one.held_out && 'held out'].filter(Boolean);
  return h('tr', {}, h('th', {scope: 'row'},
    h('b', {}, one.name), one.parent && h('span', {class: 'badge'}, one.parent),
    badges.map((text) => h('span', {class: 'badge strong'}, text)),
    one.definition && h('p', {class: 'quiet'}, one.definition)),
  columns.map(([key, format, label = key], i) => barCell(one[key], format(one[key]), tops[i], label)));
}

/** What each class means and how much there is of it. */
export function classes({classes: list, totals}) {
  const tops = columns.map(([key]) => Math.max(...list.map((one) => one[key] || 0)));
  const body = collapsed(h('tbody'), list, (one) => row(one, tops), {wrap: inTableRow(columns.length + 1)});
  return section({id: 'classes', title: 'Classes',
    lead: `${counted(list.length, 'class', 'classes')}. A window takes the class of an event that lies whole in it, `
        + `else of most of its samples; ${count(totals.windows)} windows in all.`},
  h('table', {class: 'class-table'}, h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, 'class'),
    columns.map(([key,, label = key]) => h('th', {scope: 'col', class: 'number'}, label)))), body));
}

const kinds = [['subject', 'person', 'By person'], ['device', 'watch', 'By watch'], ['strap', 'strap', 'By strap'],
  ['placement', 'placement', 'By side and tightness'], ['clip', 'clip', 'By clip']];

function counts(table, corner, title, names) {
  const rows = table.names.map((name, i) => ({name, values: table.recordings[i], extra: [duration(table.seconds[i])]}));
  return block(title, null, heatTable({corner, columns: names, rows, extra: ['in all']}));
}

/** Recordings of each class by everything that was varied: a column of zeros is a hole in the dataset. */
export function balance({classes: list, counts: tables}) {
  const names = list.map(({name}) => name);
  const blocks = kinds.filter(([key]) => tables[key]?.names.length)
    .map(([key, corner, title]) => counts(tables[key], corner, title, names));
  return section({id: 'balance', title: 'Balance',
    lead: 'Recordings of each class, by what was varied. Stronger is more; a zero is a combination the dataset does '
        + 'not have.'},
  h('div', {class: 'flow'}, blocks));
}
