// SPDX-License-Identifier: Apache-2.0
// Theme colours, read once per theme: a frame asks for them many times.
import {colour, dataColour, onTheme} from '../../shared/theme.js';

const kept = new Map();
onTheme(() => kept.clear());

function keep(key, make) {
  if (!kept.has(key)) kept.set(key, make());
  return kept.get(key);
}

/** Colour `name` of theme.css: ink('x'), ink('grid'). */
export const ink = (name) => keep(name, () => colour(name));

/** The i-th colour for data. */
export const dataInk = (i) => keep(i, () => dataColour(i));

/** The page's type at `size` px. */
export const type = (size, weight = 400) => `${weight} ${size}px ${ink('font')}`;
