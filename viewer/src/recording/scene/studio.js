// SPDX-License-Identifier: Apache-2.0
// How polished things look in a soft room with two lamps: a matcap, the look of a ball from the camera.
import * as THREE from 'three';

const size = 96;  // px

// Brightness of the ball at (x, y) in [-1, 1], y up.
function brightness(x, y, base, gloss) {
  const lamp = (u, v, wide, tall) => Math.exp(-(((x - u) / wide) ** 2 + ((y - v) / tall) ** 2) * 2);
  const horizon = 0.5 + 0.5 * Math.tanh((y + 0.05) * 3);
  const edge = Math.min(1, x * x + y * y) ** 3;
  const lamps = 0.9 * lamp(-0.42, 0.55, 0.3, 0.24) + 0.3 * lamp(0.62, -0.35, 0.16, 0.34);
  return base * (0.35 + 0.75 * horizon) + gloss * (lamps + 0.22 * edge);
}

/** A matcap texture: `base` brightness under `gloss` of lamps, both 0 to 1. */
export function polish(base, gloss) {
  const data = new Uint8Array(size * size * 4);
  for (let row = 0; row < size; row++) for (let column = 0; column < size; column++) {
    const value = Math.min(1, brightness(2 * column / (size - 1) - 1, 2 * row / (size - 1) - 1, base, gloss));
    data.set([value * 252, value * 254, value * 255, 255], 4 * (row * size + column));
  }
  const texture = new THREE.DataTexture(data, size, size);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.magFilter = texture.minFilter = THREE.LinearFilter;
  texture.needsUpdate = true;
  return texture;
}
