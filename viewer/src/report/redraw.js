// SPDX-License-Identifier: Apache-2.0
// Canvases are drawn when they come near the view, and again when their width changes.

const waiting = new Map();  // host -> draw
const nearby = new IntersectionObserver(onNear, {rootMargin: '700px'});
const sizes = new ResizeObserver(onSize);
const drawn = new WeakMap();  // host -> {draw, width}

function onNear(entries) {
  for (const {target, isIntersecting} of entries) if (isIntersecting) drawNow(target);
}

function onSize(entries) {
  for (const {target} of entries) {
    const state = drawn.get(target);
    const width = target.clientWidth;
    if (!state || width === 0 || width === state.width) continue;
    state.width = width;
    state.draw(width);
  }
}

function drawNow(host) {
  const draw = waiting.get(host);
  const width = host.clientWidth;
  if (!draw || width === 0) return;
  waiting.delete(host);
  nearby.unobserve(host);
  drawn.set(host, {draw, width});
  draw(width);
  sizes.observe(host);
}

/**
 * @param {HTMLElement} host its height must not depend on what is drawn
 * @param {(width: number) => void} draw width in CSS px
 */
export function drawWhenSeen(host, draw) {
  waiting.set(host, draw);
  nearby.observe(host);
}

/** Draws what the reader has not reached yet: paper shows everything. */
export function drawEverything() {
  for (const host of [...waiting.keys()]) drawNow(host);
}
