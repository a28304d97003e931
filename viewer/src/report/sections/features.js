// SPDX-License-Identifier: Apache-2.0
import {h} from '../dom.js';
import {lookOf} from '../palette.js';
import {stripKey, strips} from '../charts/strips.js';
import {block, section} from '../parts/section.js';

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The heading of a feature. */
export const featureTitle = ({label}) => capital(label);

/** What stands behind the heading when the axis is logarithmic. */
export const logNote = ({log}) => log && h('small', {class: 'quiet'}, ' log axis');

/**
 * What single numbers say of the windows.
 * @param {object} data the report
 * @param {Map<string, number>} order class positions
 */
export function features({features: list}, order) {
  const blocks = list.map((feature) => block([featureTitle(feature), logNote(feature)], null,
    strips(feature.classes.map((entry) => ({name: entry.class, entry, look: lookOf(order.get(entry.class) ?? 0)})),
      feature)));
  return section({id: 'features', title: 'Features', 
    lead: 'One number per window, its spread over the windows of a class. The number on the right is the median.'},
  stripKey(), h('div', {class: 'blocks'}, blocks));
}
