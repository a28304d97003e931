// SPDX-License-Identifier: Apache-2.0
import {h} from '../dom.js';

/**
 * A part of the page that the navigation knows.
 * @param {{id: string, title: string, short?: string, lead?: any}} head `lead` says what to look for
 * @param {...any} children
 */
export function section({id, title, short = title, lead}, ...children) {
  return h('section', {id, class: 'panel', 'data-short': short, 'aria-labelledby': `${id}-title`},
    h('header', {}, h('h2', {id: `${id}-title`}, title), lead && h('p', {class: 'lead quiet'}, lead)),
    ...children);
}

/** A block with its own heading inside a section. */
export function block(title, note, ...children) {
  return h('div', {class: 'block'}, h('h3', {}, title), note && h('p', {class: 'note quiet'}, note), ...children);
}

/** What stands where a chart would be, and why it is not there. */
export function nothing(text) {
  return h('p', {class: 'nothing'}, text);
}
