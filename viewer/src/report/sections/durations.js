// SPDX-License-Identifier: Apache-2.0
import {total} from '../data.js';
import {lookNamed} from '../palette.js';
import {count, counted, duration} from '../format.js';
import {nothing, section} from '../parts/section.js';
import {histogram} from '../charts/histogram.js';

/** How long the recordings are. */
export function durations({durations: {edges, counts, min, median, max}}) {
  const sum = total(counts);
  const head = {id: 'durations', title: 'Durations'};
  if (!(sum > 0) || edges.length < 2) return section(head, nothing('There are no recordings to measure.'));
  if (min === max) return section({...head, lead: `All ${counted(sum, 'recording')} last ${duration(median)}.`});
  const lead = `From ${duration(min)} to ${duration(max)}; half last less than ${duration(median)}.`;
  return section({...head, lead}, histogram(edges, [{name: 'recordings', counts, look: lookNamed('accent')}],
    {unit: 's', kind: 'tall', numbered: true, value: () => count(sum)}));
}
