// SPDX-License-Identifier: Apache-2.0
import {total} from '../data.js';
import {h} from '../dom.js';
import {prose} from '../format.js';
import {lookOf} from '../palette.js';
import {histogram} from '../charts/histogram.js';
import {block, nothing, section} from '../parts/section.js';

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function oneBlock({label, unit, groups, edges, series, note}, order) {
  const full = series.filter(({counts}) => total(counts) > 0);
  const looked = full.map((one, i) => ({...one, look: lookOf(groups === 'class' ? order.get(one.name) ?? i : i)}));
  const empty = series.filter((one) => !full.includes(one)).map(({name}) => name);
  return block(capital(label), prose(note) || null,
    full.length ? histogram(edges, looked, {unit}) ?? nothing('No bins.') : nothing('Nothing was counted.'),
    full.length > 0 && empty.length > 0 && h('p', {class: 'note quiet'}, `Nothing counted for ${empty.join(', ')}.`));
}

/**
 * How the watch sits and what that does to the light.
 * @param {object} data the report
 * @param {Map<string, number>} order class positions
 */
export function wear({histograms}, order) {
  if (!histograms?.length) return null;
  return section({id: 'wear', title: 'Strap and light', lead: 'How the watch sat on the wrist and how much of the light is '
      + 'pulse, from the truth behind the signals. Each row is scaled to its own tallest bar; the number on the right is the median.'},
  h('div', {class: 'blocks'}, histograms.map((one) => oneBlock(one, order))));
}
