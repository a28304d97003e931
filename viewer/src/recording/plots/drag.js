// SPDX-License-Identifier: Apache-2.0
// Hands on the traces: dragging moves time under the playhead, a click goes to the instant clicked, the
// wheel changes the stretch of time.
import {gutter, margin} from './window.js';

const clickReach = 4;    // px; a shorter drag is a click
const wheelNotch = 60;   // px of scrolling for one step of the stretch of time

/** @param element whose traces span its width between gutter and margin */
export function connectDrag(element, clock, view) {
  let from = null, scrolled = 0;
  const secondsPerPixel = () => view.span() / (element.clientWidth - gutter - margin);

  element.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.target.closest('select, button')) return;
    from = {x: event.clientX, time: clock.time(), moved: false, playing: clock.playing()};
  });
  element.addEventListener('pointermove', (event) => {
    if (!from) return;
    const way = event.clientX - from.x;
    if (!from.moved && Math.abs(way) < clickReach) return;
    if (!from.moved) {
      element.setPointerCapture(event.pointerId);
      clock.pause();
    }
    from.moved = true;
    clock.seek(from.time - way * secondsPerPixel());
  });
  element.addEventListener('pointerup', (event) => {
    if (from && !from.moved) {
      const {left, width} = element.getBoundingClientRect();
      const middle = left + gutter + (width - gutter - margin) / 2;
      clock.seek(clock.time() + (event.clientX - middle) * secondsPerPixel());
    } else if (from?.playing) clock.play();
    from = null;
  });
  element.addEventListener('pointercancel', () => {
    from = null;
  });
  element.addEventListener('wheel', (event) => {
    event.preventDefault();
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    if (sideways) return clock.seek(clock.time() + event.deltaX * secondsPerPixel());
    scrolled += event.deltaY;
    if (Math.abs(scrolled) < wheelNotch) return;
    view.zoom(scrolled > 0 ? -1 : 1);
    scrolled = 0;
  }, {passive: false});
}
