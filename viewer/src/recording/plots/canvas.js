// SPDX-License-Identifier: Apache-2.0
// A canvas as large as its parent, in CSS pixels, sharp on any screen.

/** {context, width, height} ready to be drawn on, cleared; null while it has no size. */
export function prepare(canvas) {
  const {clientWidth: width, clientHeight: height} = canvas.parentElement;
  const ratio = Math.min(devicePixelRatio, 2);
  if (!width || !height) return null;
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    Object.assign(canvas.style, {width: `${width}px`, height: `${height}px`});
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return {context, width, height};
}
