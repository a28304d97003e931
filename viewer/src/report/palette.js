// SPDX-License-Identifier: Apache-2.0
// One look per class: eight colours that stay apart for colour-blind readers, then dashes of the same eight.
import {colour} from '../shared/theme.js';

const names = ['x', 'y', 'z', 'c4', 'c5', 'c6', 'c7', 'c8'];
const dashes = [[], [7, 3], [2, 3], [9, 3, 2, 3]];  // CSS px

/**
 * @param {number} i position of the class
 * @returns {{name: string, css: string, dash: number[], paint: () => string}} `paint` gives the colour of the present theme
 */
export function lookOf(i) {
  const name = names[i % names.length];
  const dash = dashes[Math.floor(i / names.length) % dashes.length];
  return {name, css: `var(--${name})`, dash, paint: () => colour(name)};
}

/** A look in a named colour of theme.css. */
export function lookNamed(name, dash = []) {
  return {name, css: `var(--${name})`, dash, paint: () => colour(name)};
}

/** Real data is drawn in the text's colour, synthetic data in the accent's, on the whole page. */
export const realLook = lookNamed('text');
export const syntheticLook = lookNamed('accent', [6, 3]);
