// SPDX-License-Identifier: Apache-2.0
// The one time axis under all traces.
import {prepare} from './canvas.js';
import {ink, type} from './palette.js';
import {gutter, margin, tickStep, timeText, xOf} from './window.js';

/** @param place element to fill, @param duration s; {show(time, span)} */
export function createTimeAxis(place, duration) {
  const canvas = document.createElement('canvas');
  place.replaceChildren(canvas);
  return {
    show(time, span) {
      const area = prepare(canvas);
      if (!area) return;
      const {context, width} = area;
      const step = tickStep(span, (width - gutter) / 64);
      context.font = type(11);
      context.fillStyle = ink('quiet');
      context.textAlign = 'center';
      context.textBaseline = 'top';
      for (let k = Math.ceil((time - span / 2) / step); k * step <= time + span / 2; k++) {
        const t = k * step, x = xOf(t, time, span, width);
        if (t < -1e-9 || t > duration + 1e-9 || x > width - margin - 8) continue;
        context.fillText(timeText(Math.max(0, t), step), x, 3);
      }
      context.textAlign = 'right';
      context.fillText('s', width - 4, 3);
    },
  };
}
