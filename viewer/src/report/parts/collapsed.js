// SPDX-License-Identifier: Apache-2.0
// Long lists start short: the first ones, and a button for the rest.
import {h} from '../dom.js';
import {count} from '../format.js';

export const listLimit = 20;

/**
 * Fills a container and adds a button when there is more; the rest is made only when asked for.
 * @param {HTMLElement} parent tbody, list, …
 * @param {Array} items
 * @param {(item: any, i: number) => Node} row
 * @param {{limit?: number, wrap?: (button: Node) => Node}} options `wrap` turns the button into a valid child of the parent
 */
export function collapsed(parent, items, row, {limit = listLimit, wrap = (button) => button} = {}) {
  const first = items.length > limit + 1 ? limit : items.length;
  parent.append(...items.slice(0, first).map(row));
  if (first === items.length) return parent;
  const button = h('button', {class: 'more', onclick: reveal}, `${count(items.length - first)} more`);
  const last = wrap(button);
  parent.append(last);
  return parent;

  function reveal() {
    const rest = items.slice(first).map((item, i) => row(item, first + i));
    last.replaceWith(...rest);
    rest[0].querySelector('button, a, summary')?.focus({preventScroll: true});
  }
}

/** The button as a row of a table. */
export const inTableRow = (columns) => (button) => h('tr', {class: 'more-row'}, h('td', {colspan: columns}, button));
