// SPDX-License-Identifier: Apache-2.0
// Samples the sensor says something about: a tick at the top edge for saturated, at the bottom for dropped,
// a thin line where the emitter's current was stepped.
import {lastAtOrBefore} from '../data/sampling.js';
import {ink} from './palette.js';

const kinds = {
  saturated: {colour: 'warn', edge: 'top'},
  low_signal: {colour: 'warn', edge: 'bottom'},
  dropped: {colour: 'c4', edge: 'bottom'},
  led_current_step: {colour: 'quiet', edge: 'line'},
};

/** Instants of flagged samples: [{name, colour, edge, times}], only kinds that occur. */
export function flagMarks({t, flags}) {
  if (!flags) return [];
  return flags.names.flatMap((name, bit) => {
    const times = kinds[name] ? t.filter((_, i) => flags.bits[i] & flags.masks[bit]) : [];
    return times.length ? [{name, ...kinds[name], times}] : [];
  });
}

/** Draws marks on a uPlot, in canvas pixels. */
export function drawMarks(u, marks) {
  const {ctx, bbox} = u;
  const ratio = devicePixelRatio;
  const {min, max} = u.scales.x;
  for (const {colour, edge, times} of marks) {
    ctx.fillStyle = ink(colour);
    for (let i = lastAtOrBefore(times, min) + 1; i < times.length && times[i] <= max; i++) {
      const x = Math.round(u.valToPos(times[i], 'x', true));
      const tall = edge === 'line' ? bbox.height : 5 * ratio;
      const y = edge === 'bottom' ? bbox.top + bbox.height - tall : bbox.top;
      ctx.fillRect(x - ratio / 2, y, edge === 'line' ? ratio : 2 * ratio, tall);
    }
  }
}
