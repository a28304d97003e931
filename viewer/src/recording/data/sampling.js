// SPDX-License-Identifier: Apache-2.0
// Where an instant lies among samples.

/** Index of the last of ascending `times` that is <= t; -1 before the first. */
export function lastAtOrBefore(times, t) {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the sample nearest to t; -1 if there are none. */
export function nearest(times, t) {
  const i = lastAtOrBefore(times, t);
  if (i < 0) return times.length ? 0 : -1;
  return i + 1 < times.length && times[i + 1] - t < t - times[i] ? i + 1 : i;
}

/** The two samples around t and how far between them: {from, to, share in [0, 1]}; held at both ends. */
export function between(times, t) {
  const from = Math.max(0, lastAtOrBefore(times, t));
  const to = Math.min(from + 1, times.length - 1);
  const span = times[to] - times[from];
  const share = span > 0 ? Math.min(1, Math.max(0, (t - times[from]) / span)) : 0;
  return {from, to, share};
}

/** A scalar series at `place` (of between), linear. */
export function linear(values, {from, to, share}) {
  return values[from] + share * (values[to] - values[from]);
}
