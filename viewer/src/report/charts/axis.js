// SPDX-License-Identifier: Apache-2.0
// Scales and ticks, linear and logarithmic, for the charts made of elements and for the canvases.
import {percent, h} from '../dom.js';
import {tickText} from '../format.js';

const decade = 10;   // a shorter logarithmic axis has linear ticks
const slack = 1e-9;  // keeps ticks that rounding would push over the edge

function linearTicks(from, to, wanted) {
  const raw = (to - from) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - slack));
  const first = Math.ceil(from / step - slack);
  const last = Math.floor(to / step + slack);
  return Array.from({length: Math.max(0, last - first + 1)}, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

function logTicks(from, to, wanted) {
  const low = Math.floor(Math.log10(from));
  const high = Math.ceil(Math.log10(to));
  const decades = Math.log10(to / from);
  const factors = decades < wanted / 3 ? [1, 2, 5] : decades < wanted / 2 ? [1, 3] : [1];
  const every = Math.max(1, Math.ceil(decades / wanted));
  const exponents = Array.from({length: high - low + 1}, (_, i) => low + i).filter((exponent) => exponent % every === 0);
  const ticks = exponents.flatMap((exponent) => factors.map((factor) => Number(`${factor}e${exponent}`)));
  return ticks.filter((value) => value >= from * (1 - slack) && value <= to * (1 + slack));
}

/** Round values between two limits. @param {number} wanted about how many */
export function ticks(from, to, log, wanted = 5) {
  if (!(to > from)) return [from];
  return log && to >= decade * from ? logTicks(from, to, wanted) : linearTicks(from, to, wanted);
}

/**
 * @param {number} from
 * @param {number} to
 * @param {boolean} log needs 0 < from
 * @returns {{at: (value: number) => number, inside: (value: number) => number, from: number, to: number, log: boolean}}
 *   `at` gives 0..1 along the axis, `inside` the same held to it
 */
export function scale(from, to, log) {
  const warp = log ? Math.log : (value) => value;
  const span = warp(to) - warp(from) || 1;
  const at = (value) => (log && !(value > 0) ? 0 : (warp(value) - warp(from)) / span);
  return {at, inside: (value) => Math.min(1, Math.max(0, at(value))), from, to, log};
}

/** A little room on both sides of the data; a single value gets a decade or its own size around it. */
export function roomy(low, high, log) {
  if (log) {
    const room = Math.max((high / low) ** 0.04, high === low ? 3 : 1);
    return [low / room, high * room];
  }
  const room = high > low ? 0.03 * (high - low) : Math.abs(low) / 2 || 1;
  return [low >= 0 && low - room < 0 ? 0 : low - room, high + room];
}

/** Lines of the grid, to lie under rows. */
export function gridLines(along, wanted) {
  return h('div', {class: 'lines', 'aria-hidden': 'true'}, ticks(along.from, along.to, along.log, wanted)
    .map((value) => h('i', {style: {left: percent(along.at(value))}})));
}

/** Numbers under the grid, with the unit at the end. */
export function axisRow(along, unit, wanted) {
  return h('div', {class: 'axis', 'aria-hidden': 'true'},
    h('div', {class: 'numbers'}, ticks(along.from, along.to, along.log, wanted)
      .map((value) => h('span', {style: {left: percent(along.at(value))}}, tickText(value)))),
    h('span', {class: 'unit'}, unit));
}
