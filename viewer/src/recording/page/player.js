// SPDX-License-Identifier: Apache-2.0
// Plays one recording: clock, arm, traces and controls, tied together by one frame loop.
import {interestingInstant} from '../data/events.js';
import {createArmView} from '../scene/arm_view.js';
import {createTraces} from '../plots/traces.js';
import {createWindow} from '../plots/window.js';
import {createClock} from '../transport/clock.js';
import {connectControls} from '../transport/controls.js';
import {createFrames} from '../transport/frames.js';
import {createScrubBar} from '../transport/scrub_bar.js';
import {showHeader} from './header.js';
import {markReady} from './hook.js';

/**
 * @param shell of createShell, @param stage of createStage or null, @param recording of readRecording
 * @return {clock, nodes(), update(), paint(), close()}
 */
export function createPlayer(shell, stage, recording) {
  showHeader(shell, recording);
  const start = interestingInstant(recording);
  let frames = null;
  const changed = () => frames?.request();
  const clock = createClock(recording.duration, start, changed);
  const view = createWindow(recording.duration, changed);
  const arm = createArmView(shell, stage, recording, start, changed);
  const traces = createTraces(shell, recording, clock, view, changed);
  const bar = createScrubBar(shell, recording, clock);
  const controls = connectControls({shell, recording, clock, view, arm, traces, changed});

  const draw = () => {
    const time = clock.time();
    arm.pose(time);
    arm.draw(clock.playing());
    traces.show(time);
    bar.show(time);
    controls.show(time);
    markReady();
  };
  frames = createFrames(draw, clock.playing);
  frames.request();
  return {
    clock,
    nodes: arm.nodes,
    update: () => arm.pose(clock.time()),
    paint() {
      traces.paint();
      bar.paint();
      changed();
    },
    close() {
      frames.stop();
      for (const part of [arm, traces, bar, controls]) part.close();
    },
  };
}
