// SPDX-License-Identifier: Apache-2.0
// The values under the cursor, largest first; arrow keys move it as the pointer does.
import {h} from '../dom.js';
import {quantity} from '../format.js';
import {swatch} from '../parts/legend.js';

const mostRows = 9;
const keyStep = 8;  // CSS px per arrow key

function nearest(xs, x) {
  let best = 0;
  for (let i = 1; i < xs.length; i++) if (Math.abs(xs[i] - x) < Math.abs(xs[best] - x)) best = i;
  return best;
}

function readings(spec, x) {
  return spec.series.filter(({shown = true, hidden, x: xs}) => shown && !hidden && xs.length)
    .map((one) => ({...one, value: one.y[nearest(one.x, x)]}))
    .filter(({value}) => value != null).sort((a, b) => b.value - a.value);
}

function fill(note, spec, x) {
  const list = readings(spec, x);
  note.replaceChildren(h('b', {}, quantity(x, spec.xUnit)), ...list.slice(0, mostRows).map(({look, name, value}) =>
    h('div', {}, swatch(look), h('span', {class: 'name'}, name), h('span', {class: 'number'}, quantity(value, '')))));
  if (list.length > mostRows) note.append(h('div', {class: 'quiet'}, `${list.length - mostRows} more`));
}

function place(note, u) {
  const {left} = u.cursor;
  const flipped = left > u.over.clientWidth / 2;
  note.style.left = flipped ? '' : `${left + 14}px`;
  note.style.right = flipped ? `${u.over.clientWidth - left + 14}px` : '';
}

function move(u, key) {
  const {clientWidth: width, clientHeight: height} = u.over;
  const from = u.cursor.left >= 0 ? u.cursor.left : width / 2;
  const left = Math.min(width - 1, Math.max(0, from + (key === 'ArrowLeft' ? -keyStep : keyStep)));
  u.setCursor({left, top: height / 2});
}

/** uPlot plugin. @param {object} spec of lineChart(); `xUnit` is the unit of the horizontal axis */
export function cursorPlugin(spec) {
  const note = h('div', {class: 'reading', hidden: true});
  let here = false;  // charts move together, but only the one in hand shows its values
  const leave = () => { here = false; note.hidden = true; };
  const init = (u) => {
    u.over.append(note);
    u.over.tabIndex = 0;
    for (const kind of ['pointerenter', 'focus']) u.over.addEventListener(kind, () => { here = true; });
    for (const kind of ['pointerleave', 'blur']) u.over.addEventListener(kind, leave);
    u.over.addEventListener('keydown', (event) => {
      if (!event.key.startsWith('Arrow') || /Up|Down/.test(event.key)) return;
      event.preventDefault();
      move(u, event.key);
    });
  };
  const setCursor = (u) => {
    note.hidden = !here || !(u.cursor.left >= 0);
    if (note.hidden) return;
    fill(note, spec, u.posToVal(u.cursor.left, 'x'));
    place(note, u);
  };
  return {hooks: {init, setCursor}};
}
