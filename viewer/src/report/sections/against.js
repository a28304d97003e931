// SPDX-License-Identifier: Apache-2.0
// Real against synthetic: a matrix for the glance, the gaps in words, then each real class in full.
import {total} from '../data.js';
import {h} from '../dom.js';
import {counted, duration, prose, quantity} from '../format.js';
import {score} from '../comparison.js';
import {block, nothing, section} from '../parts/section.js';
import {matrix} from './against_matrix.js';
import {gapTable} from './against_gaps.js';
import {pairDetails} from './against_pair.js';

function file({file: name, class: named, rate_hz: rate, seconds, windows, notes}) {
  const facts = [named && `as ${named}`, quantity(rate, 'Hz'), duration(seconds), counted(windows, 'window')];
  return h('li', {}, h('b', {}, name), h('span', {class: 'quiet'}, ` ${facts.filter(Boolean).join(' · ')}`),
    notes.length > 0 && h('ul', {class: 'quiet'}, notes.map((note) => h('li', {}, prose(note)))));
}

function verdict({inside, of}) {
  if (!of) return nothing('None of the real windows could be compared.');
  return h('p', {class: 'score'}, h('b', {class: 'number'}, `${inside} of ${of}`),
    ' real medians lie inside the synthetic 5–95 %.');
}

// A cell of the matrix leads to its strip; a closed class opens.
function goTo(pair, feature) {
  const details = document.getElementById(pair.id);
  details.open = true;
  const target = document.getElementById(`${pair.id}-${feature.name}`);
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  target.scrollIntoView({block: 'center', behavior: calm ? 'auto' : 'smooth'});
  target.focus({preventScroll: true});
}

/** @param {object} data the report @param {object|null} comparison from compare() */
export function against(data, comparison) {
  if (!comparison) return null;
  const {files} = data.against;
  return section({id: 'against', title: 'Real against synthetic', short: 'Real and synthetic',
    lead: `${counted(total(files.map(({windows}) => windows)), 'real window')} from ${counted(files.length, 'file')}, `
        + 'laid over the synthetic class of the same name, or over all classes together when there is none. '
        + 'Names must match for a fair comparison.'},
  verdict(score(comparison.gaps)),
  matrix(comparison, data.features, goTo),
  block('What was read', null, h('ul', {class: 'real-files'}, files.map(file))),
  block('Widest gaps first', null, gapTable(comparison.gaps, goTo)),
  block('Class by class', null, pairDetails(data, comparison)));
}
