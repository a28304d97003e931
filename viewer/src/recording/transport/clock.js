// SPDX-License-Identifier: Apache-2.0
// The instant that is shown, and how it moves. Draws nothing; `changed` is asked for a new frame.

export const speeds = [0.1, 0.25, 0.5, 1, 2];

/** @param duration s, @param start s, @param changed called after every change */
export function createClock(duration, start, changed) {
  let speed = 1;
  let running = false;
  let from = {time: start, at: 0};  // s, and ms of the page's clock: where running began

  const clamp = (t) => Math.min(duration, Math.max(0, t));
  const time = () => (running ? clamp(from.time + (performance.now() - from.at) / 1e3 * speed) : from.time);
  const playing = () => running && time() < duration;
  const restart = (t, run) => {
    from = {time: clamp(t), at: performance.now()};
    running = run;
    changed();
  };
  return {
    duration, time, playing,
    speed: () => speed,
    play: () => restart(time() >= duration ? 0 : time(), true),
    pause: () => restart(time(), false),
    seek: (t) => restart(t, playing()),
    setSpeed(value) {
      const now = time(), run = playing();
      speed = value;
      restart(now, run);
    },
    /** To the next slower (-1) or faster (+1) speed. */
    shiftSpeed(way) {
      const at = speeds.indexOf(speed) + way;
      if (speeds[at] !== undefined) this.setSpeed(speeds[at]);
    },
  };
}
