// SPDX-License-Identifier: Apache-2.0
// Ranges of vertical axes.

const niceSteps = [1, 2, 2.5, 5, 10];

function niceStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * niceSteps.find((step) => step * power >= rough * 0.9999);
}

/** The least and greatest of several arrays; [0, 0] if empty. */
export function extent(arrays) {
  let low = Infinity, high = -Infinity;
  for (const values of arrays) for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 0];
}

/** A range that holds [low, high] with some air, never narrower than `least`. */
export function padded([low, high], least, share = 0.08) {
  const span = Math.max(high - low, least);
  const centre = (low + high) / 2;
  return [centre - span * (0.5 + share), centre + span * (0.5 + share)];
}

/** Like padded, but from zero where the values come near it. */
export function fromZero([low, high], least) {
  return low < high / 3 ? [0, Math.max(high * 1.08, least)] : padded([low, high], least);
}

/** A range that follows what is seen in round steps, and keeps still while it fits. */
export function following(least) {
  let kept = null;
  return (low, high) => {
    if (low === null || high === null) return kept ?? [-least, least];
    const fits = kept && low >= kept[0] && high <= kept[1] && Math.max(high - low, least) > 0.35 * (kept[1] - kept[0]);
    if (!fits) {
      const [a, b] = padded([low, high], least, 0.06);
      const step = niceStep((b - a) / 8);
      kept = [Math.floor(a / step) * step, Math.ceil(b / step) * step];
    }
    return kept;
  };
}
