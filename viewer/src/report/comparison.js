// SPDX-License-Identifier: Apache-2.0
// Real classes joined with what they are laid over, and every gap with its verdict.
import {finite} from './data.js';
import {counted} from './format.js';
import {drawable} from './charts/strips.js';
import {pooledFeature} from './pooled.js';
import {chanceDistance, placeOf} from './verdict.js';

const entryOf = (feature, name) => feature?.classes.find((one) => one.class === name);

function gapOf(pair, feature, gaps, pooled) {
  const gap = gaps.find((one) => one.class === pair.name && one.feature === feature.name) ?? {};
  const synthetic = pair.synthetic === null ? pooled.get(feature.name) : entryOf(feature, pair.synthetic);
  const windows = synthetic?.windows ?? 0;
  return {
    feature, synthetic, pair, realMedian: gap.real_median, syntheticMedian: gap.synthetic_median, outside: gap.outside,
    distance: gap.distance, place: placeOf(gap.real_median, synthetic),
    byChance: finite(gap.distance) && gap.distance < chanceDistance(pair.windows, windows),
  };
}

function mean(values) {
  const known = values.filter(finite);
  return known.length ? known.reduce((a, b) => a + b) / known.length : -1;
}

function aboutOf({name, synthetic, windows}) {
  const over = synthetic === name ? [] : [`over ${synthetic ?? 'all classes'}`];
  return [...over, counted(windows, 'window')].join(' · ');
}

/**
 * @param {object} data the report, with `against`
 * @returns {{pairs: object[], gaps: object[]}} pairs with the widest mean distance first; every pair has its gaps in the
 *   features' order and its real entries; all gaps, widest first
 */
export function compare(data) {
  const {against, features} = data;
  const pooled = new Map(features.map((feature) => [feature.name, pooledFeature(feature)]));
  const pairs = against.classes.map((one, i) => {
    const pair = {...one, id: `pair-${i}`, over: one.synthetic ?? 'all classes', about: aboutOf(one)};
    pair.gaps = features.map((feature) => gapOf(pair, feature, against.gap, pooled));
    pair.real = features.map((feature) => entryOf(against.features.find(({name}) => name === feature.name), one.name));
    pair.distance = mean(pair.gaps.map(({distance}) => distance));
    return pair;
  }).sort((a, b) => b.distance - a.distance);
  const gaps = pairs.flatMap((pair) => pair.gaps).sort((a, b) => (b.distance ?? -1) - (a.distance ?? -1));
  return {pairs, gaps};
}

/** How many real medians lie inside the synthetic 5-95 %, of how many. */
export function score(gaps) {
  const known = gaps.filter(({realMedian, synthetic}) => finite(realMedian) && drawable(synthetic));
  const worst = known.find(({byChance}) => !byChance) ?? known[0];
  return {inside: known.filter(({place}) => place.inside).length, of: known.length, worst};
}
