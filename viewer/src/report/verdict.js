// SPDX-License-Identifier: Apache-2.0
// What a gap between real and synthetic windows means, in plain words.
import {finite} from './data.js';
import {drawable, quantileAt} from './charts/strips.js';

// Kolmogorov-Smirnov distances at which the words change [assumed: chosen for reading, not for testing].
export const grades = [
  {upTo: 0.15, word: 'alike'},
  {upTo: 0.35, word: 'near'},
  {upTo: 0.6, word: 'apart'},
  {upTo: Infinity, word: 'far apart'},
];

/** The word for a gap of compare(), or that there is too little to say one. */
export const judgement = ({distance, byChance}) => (byChance ? 'too few windows to tell' : grade(distance));

const chanceFactor = 1.358;  // two-sample Kolmogorov-Smirnov test, 5 % level, large samples

/** The word for a distance. */
export function grade(distance) {
  return finite(distance) ? grades.find(({upTo}) => distance < upTo).word : 'not known';
}

/**
 * The distance two samples of one and the same kind stay under 19 times in 20.
 * Windows overlap, so that fewer are independent than are counted: it is a lower bound.
 */
export function chanceDistance(real, synthetic) {
  return real > 0 && synthetic > 0 ? chanceFactor * Math.sqrt((real + synthetic) / (real * synthetic)) : Infinity;
}

const places = [
  [0.25, 0.75, 'inside the synthetic middle half'],
  [0.05, 0.95, 'inside the synthetic 5–95 %'],
  [0.01, 0.99, 'at the rim: inside 1–99 %, outside 5–95 %'],
];

/**
 * Where the real median lies among the synthetic windows.
 * @param {number|null} median
 * @param {object} synthetic an entry of a feature: probability and quantile
 * @returns {{inside: boolean, text: string}} inside the synthetic 5-95 % or not
 */
export function placeOf(median, synthetic) {
  if (!finite(median) || !drawable(synthetic)) return {inside: false, text: 'nothing to compare'};
  const found = places.find(([from, to]) =>
    median >= quantileAt(synthetic, from) && median <= quantileAt(synthetic, to));
  if (found) return {inside: found !== places[2], text: found[2]};
  const above = median > quantileAt(synthetic, 0.5);
  return {inside: false, text: above ? 'above 99 % of synthetic windows' : 'below 99 % of synthetic windows'};
}
