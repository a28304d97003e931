// SPDX-License-Identifier: Apache-2.0
// Histograms as rows over one axis, each scaled to its own tallest bar: shapes are compared, numbers are in the notes.
import {finite, total} from '../data.js';
import {h, percent, svg} from '../dom.js';
import {count, quantity, share, significant, unitText} from '../format.js';
import {scale} from './axis.js';
import {ruled} from './ruled.js';

const wideRatio = 5;  // bins whose widths grow more than this were cut on a logarithmic axis

// True when the edges grow in proportion.
function logarithmic(edges) {
  const widths = edges.slice(1).map((edge, i) => edge - edges[i]);
  return edges[0] > 0 && widths.at(-1) > wideRatio * widths[0];
}

function bars(edges, counts, along, unit) {
  const top = Math.max(...counts, 1);
  const sum = total(counts);
  const rects = counts.map((value, i) => {
    const left = along.at(edges[i]);
    const height = 100 * value / top;
    return value > 0 && svg('rect', {x: 1000 * left, width: 1000 * (along.at(edges[i + 1]) - left), y: 100 - height, height,
      'data-tip': binTip(edges, i, value, sum, unit)});
  });
  return svg('svg', {class: 'bars', viewBox: '0 0 1000 100', preserveAspectRatio: 'none'}, rects);
}

function binTip(edges, i, value, sum, unit) {
  return `${significant(edges[i])} to ${quantity(edges[i + 1], unit)}\n${count(value)}, ${share(value / sum)}`;
}

function numbers(edges, counts, along) {
  const top = Math.max(...counts, 1);
  const middle = (i) => (along.at(edges[i]) + along.at(edges[i + 1])) / 2;
  return counts.map((value, i) => value > 0 && h('span', {class: 'bar-number number quiet', 'aria-hidden': 'true',
    style: {left: percent(middle(i)), bottom: percent(value / top)}}, count(value)));
}

// The value under which half of the counts lie, straight within its bin.
function medianOf(edges, counts) {
  const half = total(counts) / 2;
  let below = 0;
  for (let i = 0; i < counts.length && half > 0; i++) {
    if (below + counts[i] >= half) return edges[i] + (edges[i + 1] - edges[i]) * (half - below) / counts[i];
    below += counts[i];
  }
  return null;
}

// One bin alone says no more than where it begins and ends.
function medianText(edges, counts) {
  const full = counts.flatMap((value, i) => (value > 0 ? [i] : []));
  if (full.length !== 1) return significant(medianOf(edges, counts), 2);
  return `${significant(edges[full[0]], 2)}–${significant(edges[full[0] + 1], 2)}`;
}

/**
 * @param {number[]} edges one more than counts
 * @param {{name: string, counts: number[], look: object}[]} series
 * @param {{unit: string, kind?: string, value?: (series: object) => string, numbered?: boolean}} options
 *   `numbered` writes counts over bars
 * @returns {HTMLElement|null} null when there are no bins
 */
export function histogram(edges, series, {unit, kind = '', value, numbered = false}) {
  if (edges.length < 2 || !edges.every(finite)) return null;
  const along = scale(edges[0], edges.at(-1), logarithmic(edges));
  const rows = series.map((one) => ({name: one.name, look: one.look,
    field: [bars(edges, one.counts, along, unit), numbered && numbers(edges, one.counts, along)],
    value: value ? value(one) : medianText(edges, one.counts)}));
  return ruled(rows, along, {unit: unitText(unit), kind: `histogram ${kind}`});
}
