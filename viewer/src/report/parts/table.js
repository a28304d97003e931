// SPDX-License-Identifier: Apache-2.0
import {h} from '../dom.js';
import {collapsed, inTableRow} from './collapsed.js';

/** A cell with a number. */
export const numberCell = (text, attributes = {}) => h('td', {...attributes, class: 'number'}, text);

/**
 * A table whose long body starts short.
 * @param {{text: string, number?: boolean}[]} columns
 * @param {Array} items one per row
 * @param {(item: any) => Node} row
 * @param {{kind?: string, limit?: number}} options
 */
export function plainTable(columns, items, row, {kind = '', limit} = {}) {
  const heading = ({text, number}) => h('th', {scope: 'col', class: number ? 'number' : null}, text);
  const body = collapsed(h('tbody'), items, row, {limit, wrap: inTableRow(columns.length)});
  return h('div', {class: 'scroll'},
    h('table', {class: `plain ${kind}`}, h('thead', {}, h('tr', {}, columns.map(heading))), body));
}
