// SPDX-License-Identifier: Apache-2.0
// A few windows of every class, as the watch would record them.
import {onTheme} from '../../shared/theme.js';
import {copy} from '../clipboard.js';
import {h} from '../dom.js';
import {quantity} from '../format.js';
import {collapsed} from '../parts/collapsed.js';
import {swatch} from '../parts/legend.js';
import {lookNamed} from '../palette.js';
import {nothing, section} from '../parts/section.js';
import {drawWhenSeen} from '../redraw.js';
import {drawThumbnail, reach, thumbnailHeight, traces} from '../charts/thumbnail.js';

const firstClasses = 12;

// File names with blanks and quotes must survive the shell.
const quoted = (text) => (/^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function command(window, shards) {
  return `wristsim view ${quoted(shards[window.shard].file)} --sequence ${window.sequence} -o out.html`;
}

function canvasOf(lines, tops) {
  const canvas = h('canvas', {style: {height: `${thumbnailHeight}px`}, 'aria-hidden': 'true'});
  let width = 0;
  const draw = (now) => {
    width = now;
    drawThumbnail(canvas, width, lines, tops);
  };
  drawWhenSeen(canvas, draw);
  onTheme(() => { if (width) draw(width); });
  return canvas;
}

function thumbnail(name, window, lines, tops, shards) {
  const text = command(window, shards);
  const seconds = window.accel.length / window.rate_hz;
  return h('button', {class: 'thumbnail', onclick: () => copy(text), 'data-tip-code': text,
    'data-tip': [`${name}, ${quantity(seconds, 's')} from ${quantity(window.start_s, 's')}`,
      `${window.subject}, ${window.strap}`, `${shards[window.shard].file}, sequence ${window.sequence}`].join('\n')},
  canvasOf(lines, tops), h('span', {class: 'quiet'}, `${window.subject} · ${quantity(window.start_s, 's')}`));
}

function reaches({accel, gyro, optical}) {
  return `acceleration ±${quantity(accel, 'm/s2', 2)} · rate ±${quantity(gyro, 'rad/s', 2)} · `
      + (optical > 0 ? `light ±${quantity(optical, '%', 2)}` : 'no light');
}

function classRow({class: name, windows}, shards) {
  const lines = windows.map(traces);
  const tops = reach(lines);
  return h('div', {class: 'gallery-class'},
    h('h3', {}, name, windows.length > 0 && h('small', {class: 'quiet'}, reaches(tops))),
    windows.length
      ? h('div', {class: 'thumbnails'}, windows.map((window, i) => thumbnail(name, window, lines[i], tops, shards)))
      : nothing('No window of this class.'));
}

const colours = [['x', 'x'], ['y', 'y'], ['z', 'z'], ['c5', 'light']];
const key = () => h('p', {class: 'trace-key quiet'},
  colours.map(([name, text]) => h('span', {}, swatch(lookNamed(name)), text)));

/** @param {object} data the report */
export function gallery({thumbnails, shards}) {
  return section({id: 'gallery', title: 'Windows', lead: 'From top to bottom: acceleration about the median of each '
      + 'axis, angular rate, and the alternating part of the first light path. All windows of a class share one scale, so '
      + 'sizes compare within a class and not between classes. Press a window to copy the command that opens its recording.'},
  key(), collapsed(h('div', {class: 'gallery'}), thumbnails, (one) => classRow(one, shards), {limit: firstClasses}));
}
