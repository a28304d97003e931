// SPDX-License-Identifier: Apache-2.0
import {h} from '../dom.js';
import {prose} from '../format.js';
import {section} from '../parts/section.js';

/** The data card: who made what, how, and where it ends. */
export function card({card: parts}) {
  if (!parts?.length) return null;
  return section({id: 'card', title: 'Data card'},
    h('dl', {class: 'card'}, parts.map(({heading, text}) => h('div', {}, h('dt', {}, heading), h('dd', {}, prose(text))))));
}
