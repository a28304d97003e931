// SPDX-License-Identifier: Apache-2.0
// A table whose cells are tinted by their number: one hue, more ink for more. Long sides are cut to the largest.
import {total} from '../data.js';
import {h} from '../dom.js';
import {count} from '../format.js';
import {collapsed, inTableRow, listLimit} from '../parts/collapsed.js';

const manyColumns = 8;  // above this, column names stand upright
const deepest = 0.74;    // tint of the largest count: a table of equal counts should stay calm
const readable = {middle: 60, strong: 78};  // tints, per cent, where light and dark letters change places

/**
 * One tinted cell.
 * @param {number} amount 0..1, the tint
 * @param {any} content
 */
export function heatCell(amount, content, attributes = {}) {
  const tint = Math.round(100 * Math.min(1, Math.max(0, amount)));
  const kind = tint >= readable.strong ? 'strong' : tint >= readable.middle ? 'middle' : '';
  const classes = `heat number ${kind} ${attributes.class ?? ''}`;
  return h('td', {...attributes, class: classes, style: {'--tint': `${tint}%`}}, content);
}

// The largest columns in their given order, and the sum of the others without a tint.
function narrowed({columns, rows, extra = []}) {
  if (columns.length <= listLimit + 1) return {columns, rows, extra};
  const sums = columns.map((_, i) => total(rows.map(({values}) => values[i])));
  const kept = new Set(sums.map((sum, i) => [sum, i]).sort((a, b) => b[0] - a[0]).slice(0, listLimit).map(([, i]) => i));
  const keep = (list) => list.filter((_, i) => kept.has(i));
  const others = ({values}) => count(total(values) - total(keep(values)));
  return {
    columns: keep(columns), extra: [`${columns.length - listLimit} more`, ...extra],
    rows: rows.map((row) => ({...row, values: keep(row.values), extra: [others(row), ...row.extra ?? []]})),
  };
}

function header(corner, columns, extra) {
  const cell = (text, kind) => h('th', {scope: 'col', class: kind, title: text}, h('span', {}, text));
  return h('thead', {}, h('tr', {}, cell(corner, 'corner'), columns.map((name) => cell(name, 'column')),
    extra.map((text) => cell(text, 'extra'))));
}

function tableRow({name, values, extra = []}, top) {
  return h('tr', {}, h('th', {scope: 'row', title: name}, h('span', {}, name)),
    values.map((value) => heatCell(deepest * Math.sqrt(value / top), count(value), {class: value ? '' : 'zero'})),
    extra.map((text) => h('td', {class: 'extra number'}, text)));
}

/**
 * @param {{corner: string, columns: string[], extra?: string[],
 *   rows: {name: string, values: number[], extra?: string[]}[]}} table
 *   the tint grows with the root of the number, so that small counts are seen beside large ones
 */
export function heatTable({corner, columns, rows, extra}) {
  const order = rows.length > listLimit + 1 ? [...rows].sort((a, b) => total(b.values) - total(a.values)) : rows;
  const cut = narrowed({columns, rows: order, extra});
  const top = Math.max(1, ...cut.rows.flatMap(({values}) => values));
  const width = 1 + cut.columns.length + cut.extra.length;
  const body = collapsed(h('tbody'), cut.rows, (row) => tableRow(row, top), {wrap: inTableRow(width)});
  return h('div', {class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${corner} by class`},
    h('table', {class: `heat-table ${columns.length > manyColumns ? 'many' : ''}`},
      header(corner, cut.columns, cut.extra), body));
}
