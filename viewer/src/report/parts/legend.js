// SPDX-License-Identifier: Apache-2.0
// Names with their lines; a press shows or hides one, hovering brings it forward.
import {h, svg} from '../dom.js';

/** A short sample of a line. */
export function swatch({css, dash}, width = 1.8) {
  return svg('svg', {class: 'swatch', viewBox: '0 0 26 8', 'aria-hidden': 'true'},
    svg('line', {x1: 1, x2: 25, y1: 4, y2: 4, 'stroke-width': width, 'stroke-dasharray': dash.join(' ') || null,
      style: {stroke: css}}));
}

function chip(item, i, charts) {
  const button = h('button', {class: 'chip', 'aria-pressed': String(item.shown), onclick: () => set(!item.shown),
    onpointerenter: () => bring(i), onpointerleave: () => bring(null), onfocus: () => bring(i), onblur: () => bring(null)},
  swatch(item.look), item.name);
  const bring = (which) => charts.forEach((chart) => chart.focus(item.shown ? which : null));
  function set(on) {
    item.shown = on;
    button.setAttribute('aria-pressed', String(on));
    charts.forEach((chart) => chart.show(i, on));
  }
  return {button, set};
}

/**
 * @param {{name: string, look: object, shown: boolean}[]} items one per series, in the charts' order
 * @param {{show: (i: number, on: boolean) => void, focus: (i: number|null) => void}[]} charts
 */
export function legend(items, charts) {
  const chips = items.map((item, i) => chip(item, i, charts));
  const every = (text, on) => h('button', {class: 'every', onclick: () => chips.forEach(({set}) => set(on))}, text);
  return h('div', {class: 'legend', role: 'group', 'aria-label': 'lines shown'},
    chips.map(({button}) => button),
    items.length > 3 && h('span', {class: 'everys'}, every('all', true), every('none', false)));
}
