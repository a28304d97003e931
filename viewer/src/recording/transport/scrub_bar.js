// SPDX-License-Identifier: Apache-2.0
// The whole recording in one bar: labels, events, how lively it is, and where we are.
import {lanesOf} from '../plots/lanes.js';
import {prepare} from '../plots/canvas.js';
import {ink} from '../plots/palette.js';

// How far the specific force leaves its mean, greatest in each of `count` stretches, 0 to 1.
function liveliness(imu, count) {
  if (!imu?.accel || !imu.t.length) return [];
  const [x, y, z] = imu.accel;
  const size = Float32Array.from(x, (_, i) => Math.hypot(x[i], y[i], z[i]));
  const mean = size.reduce((sum, v) => sum + v, 0) / size.length;
  const out = new Float32Array(count);
  for (let i = 0; i < size.length; i++) {
    const at = Math.min(count - 1, Math.floor(i * count / size.length));
    out[at] = Math.max(out[at], Math.abs(size[i] - mean));
  }
  const most = Math.max(out.reduce((a, b) => Math.max(a, b), 0), 0.5);
  return out.map((v) => v / most);
}

function drawLiveliness(context, levels, width, height) {
  context.fillStyle = ink('line');
  levels.forEach((level, i) => {
    const tall = 1 + level * (height - 12);
    context.fillRect(i * width / levels.length, height - 7 - tall, width / levels.length - 0.5, tall);
  });
}

function drawItems(context, lanes, x, height) {
  for (const {kind, label, items} of lanes) {
    if (kind === 'beats' || label === 'phase') continue;
    for (const item of items) {
      context.fillStyle = item.colour();
      const left = x(item.start), right = Math.max(x(item.end), left + 2);
      if (kind === 'band') context.globalAlpha = 0.9;
      else context.globalAlpha = label === 'motion' ? 0.22 : 0.9;
      if (kind === 'band') context.fillRect(left, height - 5, right - left, 3);
      else if (label === 'motion') context.fillRect(left, 3, right - left, height - 9);
      else context.fillRect(left, label === 'touch' ? 3 : 8, 2, 5);
    }
  }
  context.globalAlpha = 1;
}

function connectPointer(bar, clock) {
  let held = false;
  const seek = (event) => {
    const box = bar.getBoundingClientRect();
    clock.seek((event.clientX - box.left) / box.width * clock.duration);
  };
  bar.onpointerdown = (event) => {
    held = true;
    bar.setPointerCapture(event.pointerId);
    seek(event);
  };
  bar.onpointermove = (event) => held && seek(event);
  bar.onpointerup = bar.onpointercancel = () => {
    held = false;
    bar.blur();
  };
}

/** @param shell with [data-action=scrub]; {show(time), paint(), close()} */
export function createScrubBar(shell, recording, clock) {
  const bar = shell.action('scrub'), canvas = shell.part('scrub');
  bar.querySelector('.handle')?.remove();
  const handle = document.createElement('div');
  handle.className = 'handle';
  bar.append(handle);
  const lanes = lanesOf(recording);
  bar.setAttribute('aria-valuemax', recording.duration.toFixed(2));
  connectPointer(bar, clock);

  const draw = () => {
    const area = prepare(canvas);
    if (!area) return;
    const {context, width, height} = area;
    drawLiveliness(context, liveliness(recording.imu, Math.floor(width / 3)), width, height);
    drawItems(context, lanes, (t) => t / recording.duration * width, height);
  };
  const observer = new ResizeObserver(draw);
  observer.observe(bar);
  return {
    paint: draw,
    show(time) {
      handle.style.left = `${100 * time / (recording.duration || 1)}%`;
      bar.setAttribute('aria-valuenow', time.toFixed(2));
      bar.setAttribute('aria-valuetext', `${time.toFixed(2)} seconds`);
    },
    close: () => observer.disconnect(),
  };
}
