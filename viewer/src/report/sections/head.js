// SPDX-License-Identifier: Apache-2.0
// What the dataset is, in one glance, and what the page cannot say about it.
import {total} from '../data.js';
import {h} from '../dom.js';
import {bytes, count, counted, duration, quantity, share} from '../format.js';
import {score} from '../comparison.js';

const mostNames = 3;  // more classes than this are only counted

function made({totals, classes}) {
  return `${duration(totals.duration_s)} of simulated watch data: ${counted(totals.recordings, 'recording')} `
      + `of ${counted(totals.subjects, 'person', 'people')} in ${counted(classes.length, 'class', 'classes')}. `
      + 'Nobody wore a watch.';
}

function compared(comparison) {
  if (!comparison) {
    return 'It has not been laid over real recordings here, so this page says what was made, not how real it is.';
  }
  const {inside, of, worst} = score(comparison.gaps);
  if (!of) return 'Real recordings were given, but none of their windows could be compared.';
  return `Laid over real recordings, ${inside} of ${of} real medians lie inside the synthetic 5–95 %; the widest gap is `
      + `“${worst.feature.label}” of ${worst.pair.name}, whose real median lies ${worst.place.text}.`;
}

function warnings({classes, disjoint, totals}) {
  const empty = classes.filter(({windows}) => !windows).map(({name}) => name);
  const unlabelled = totals.windows - total(classes.map(({windows}) => windows));
  return [
    disjoint.overlaps.length > 0
      && `${counted(disjoint.overlaps.length, 'overlap')} between splits that should share nothing: see Splits.`,
    empty.length > 0 && `${empty.length > mostNames ? counted(empty.length, 'class', 'classes') : empty.join(', ')} `
      + 'without a single window.',
    unlabelled > 0 && `${share(unlabelled / totals.windows)} of the windows carry no class.`,
  ].filter(Boolean);
}

function fact(number, name, note) {
  return h('div', {}, h('dd', {class: 'number'}, number), h('dt', {}, name, note && h('small', {}, note)));
}

function light({optical_rate_hz: rate, optical_part: part}) {
  return rate ? `light ${quantity(rate, 'Hz')}${part ? `, ${part}` : ''}` : 'no light';
}

function facts({totals, classes, shards}) {
  const size = bytes(total(shards.map((one) => one.bytes)));
  return h('dl', {class: 'facts'},
    fact(count(totals.recordings), 'recordings', `${duration(totals.duration_s)} in ${counted(shards.length, 'file')}, ${size}`),
    fact(count(totals.subjects), 'people',
      `${counted(totals.devices, 'watch', 'watches')}, ${counted(totals.straps, 'strap')}`),
    fact(count(classes.length), 'classes', `performed in ${counted(totals.clips, 'clip')}`),
    fact(count(totals.windows), 'windows', `${quantity(totals.window_s, 's')}, one every ${quantity(totals.hop_s, 's')}`),
    fact(count(totals.events), 'events', 'gestures, beats, contacts, slips'),
    fact(quantity(totals.imu_rate_hz, 'Hz'), 'motion', [totals.imu_part, light(totals)].filter(Boolean).join('; ')));
}

function origin({dataset_id: id, generator, seed, license}) {
  const parts = [['dataset', id], ['wristsim', generator], ['seed', seed], ['licence', license]];
  return h('p', {class: 'origin quiet'}, parts.filter(([, value]) => value != null && value !== '')
    .map(([name, value]) => h('span', {}, `${name} `, h('b', {class: 'number'}, String(value)))));
}

/** @param {object} data the report @param {object|null} comparison from compare() */
export function head(data, comparison) {
  return h('header', {class: 'head', id: 'top'},
    h('p', {class: 'eyebrow'}, 'Dataset report'), h('h1', {}, data.title || 'Untitled dataset'),
    h('p', {class: 'summary'}, made(data), ' ', h('span', {}, compared(comparison))),
    warnings(data).map((text) => h('p', {class: 'warning'}, text)), facts(data), origin(data));
}
