// SPDX-License-Identifier: Apache-2.0
// The stretch of time that all traces show, with the present instant in its middle, and where it lies on
// the page: every trace leaves the same gutter.

export const gutter = 46, margin = 10;  // CSS px; left of the traces, right of them

const spans = [0.25, 0.5, 1, 2, 4, 6, 10, 20, 40, 60];  // s

/** @param duration s; {span(), zoom(way)}: a shorter (+1) or longer (-1) stretch */
export function createWindow(duration, changed) {
  const enough = spans.findIndex((span) => span >= duration * 2);
  const longest = enough < 0 ? spans.length - 1 : enough;
  let at = Math.min(spans.indexOf(4), longest);
  return {
    span: () => spans[at],
    zoom(way) {
      const next = at - way;
      if (next < 0 || next > longest) return;
      at = next;
      changed();
    },
  };
}

/** Horizontal position, px, of instant t in a box `width` px wide. */
export function xOf(t, time, span, width) {
  return gutter + ((t - time) / span + 0.5) * (width - gutter - margin);
}

const steps = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60];

/** A round step of which about `count` fit the span. */
export function tickStep(span, count) {
  return steps.find((step) => span / step <= count) ?? steps.at(-1);
}

/** '1:02.5' or '2.50 s', to the precision of `step`. */
export function timeText(t, step) {
  const digits = step >= 1 ? 0 : step >= 0.1 ? 1 : 2;
  if (t < 60) return t.toFixed(digits);
  const rest = (t % 60).toFixed(digits);
  return `${Math.floor(t / 60)}:${rest.padStart(digits ? digits + 3 : 2, '0')}`;
}
