// SPDX-License-Identifier: Apache-2.0
// Draws when something changed, and while `moving()`; otherwise rests.

/** @param draw(), @param moving() -> bool; returns {request(), stop()} */
export function createFrames(draw, moving) {
  let pending = 0;
  let stopped = false;
  const run = () => {
    pending = 0;
    if (stopped) return;
    draw();
    if (moving()) request();
  };
  function request() {
    if (!pending && !stopped) pending = requestAnimationFrame(run);
  }
  return {
    request,
    stop() {
      stopped = true;
      cancelAnimationFrame(pending);
    },
  };
}
