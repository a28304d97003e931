// SPDX-License-Identifier: Apache-2.0
// Dark and light, and the colours of theme.css for code that draws.

const names = ['x', 'y', 'z', 'c4', 'c5', 'c6', 'c7', 'c8'];

/** Starts with the system's choice; later choices are told to every listener. */
const listeners = new Set();

export function theme() {
  return document.documentElement.dataset.theme ?? 'light';
}

export function setTheme(name) {
  document.documentElement.dataset.theme = name;
  for (const listener of listeners) listener(name);
}

export function startTheme() {
  setTheme(matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
}

export function onTheme(listener) {
  listeners.add(listener);
}

/** The present value of a colour of theme.css: colour('x'), colour('grid'). */
export function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** The i-th colour for data, in an order that stays apart for colour-blind readers. */
export function dataColour(i) {
  return colour(names[i % names.length]);
}
