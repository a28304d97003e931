// SPDX-License-Identifier: Apache-2.0
// Keeps playing smooth on slow machines: fewer pixels while frames come late, all of them at rest.

const late = 42, early = 20;  // ms from frame to frame
const patience = 12;          // frames in a row before anything changes
const shares = [1, 0.75, 0.5];

/** {share(playing): of the screen's pixels, to be asked once per frame} */
export function createQuality() {
  let level = 0, run = 0, last = 0;
  return {
    share(playing) {
      const now = performance.now();
      const step = now - last;
      last = now;
      if (!playing) return 1;
      const wish = step > late ? 1 : step < early ? -1 : 0;
      run = wish && Math.sign(run) === wish ? run + wish : wish;
      if (Math.abs(run) > patience * (wish < 0 ? 20 : 1)) {
        level = Math.min(shares.length - 1, Math.max(0, level + wish));
        run = 0;
      }
      return shares[level];
    },
  };
}
