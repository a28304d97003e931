// SPDX-License-Identifier: Apache-2.0
// Keys and gestures.
import {icons} from '../transport/icons.js';

const keys = [
  ['space', 'play, pause'],
  ['← →', 'a tenth of a second; with shift a second'],
  [', .', 'one sample of the accelerometer'],
  ['home end', 'first and last instant'],
  ['↑ ↓', 'faster, slower'],
  ['e', 'next event; with shift the one before'],
  ['t', 'truth over the measured signals'],
  ['p', 'additive parts of the light'],
  ['s', 'slip magnified, or as it is'],
  ['v', 'next camera'],
  ['+ −', 'shorter or longer stretch of time'],
  ['d', 'dark, light'],
  ['?', 'this help'],
];

const gestures = [
  ['drag the arm', 'walk round it'],
  ['wheel, pinch', 'come closer'],
  ['drag a trace', 'move through time'],
  ['wheel on a trace', 'stretch of time'],
];

const caps = (names) => names.split(' ').map((name) => `<kbd>${name}</kbd>`).join(' ');
const rows = (list, head) =>
  list.map(([what, does]) => `<tr><th scope="row">${head(what)}</th><td>${does}</td></tr>`).join('');

/** Fills the help dialog and opens it from its button. */
export function createHelp(shell) {
  const dialog = shell.part('help');
  dialog.innerHTML = `<form method="dialog"><button aria-label="Close">${icons.close}</button></form>
    <h2>Keys</h2><table>${rows(keys, caps)}</table><h2>Mouse and touch</h2><table>${rows(gestures, String)}</table>`;
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  shell.action('help').addEventListener('click', () => dialog.showModal());
}
