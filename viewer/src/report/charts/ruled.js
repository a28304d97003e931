// SPDX-License-Identifier: Apache-2.0
// Rows that share one horizontal axis: a name, a field, a value. Made of elements, so that it follows the
// width and the theme by itself.
import {h} from '../dom.js';
import {collapsed} from '../parts/collapsed.js';
import {axisRow, gridLines} from './axis.js';

const wantedTicks = 5;

function row({name, note, field, value, tip, look, kind = ''}) {
  return h('div', {class: `row ${kind}`, 'data-tip': tip, style: look ? {'--colour': look.css} : null,
    role: 'img', 'aria-label': tip?.replaceAll('\n', ', ')},
  h('span', {class: 'name', title: name}, name, note && h('small', {class: 'quiet'}, ` ${note}`)),
  h('span', {class: 'field'}, field), h('span', {class: 'value number'}, value));
}

/**
 * @param {{name: string, field: Node, value?: string, tip?: string, look?: object, kind?: string}[]} rows
 * @param {object} along from scale()
 * @param {{unit?: string, limit?: number, label?: string}} options
 */
export function ruled(rows, along, {unit = '', limit, kind = ''} = {}) {
  const list = collapsed(h('div', {class: 'rows'}), rows, row, {limit});
  return h('div', {class: `ruled ${kind}`}, gridLines(along, wantedTicks), list, axisRow(along, unit, wantedTicks));
}
