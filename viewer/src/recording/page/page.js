// SPDX-License-Identifier: Apache-2.0
// The page: shell and stage made once, a player for each recording that is shown.
import {onTheme, setTheme, theme} from '../../shared/theme.js';
import {createStage} from '../scene/stage.js';
import {hideError} from './error.js';
import {connectDrawer} from './header.js';
import {createHelp} from './help.js';
import {createPlayer} from './player.js';
import {createShell} from './shell.js';

function stageOrNull(canvas) {
  try {
    return createStage(canvas);
  } catch {
    return null;  // no WebGL 2: the signals are shown all the same
  }
}

// A button that was clicked leaves the keyboard to the player.
function releaseFocus(root) {
  root.addEventListener('click', (event) => {
    if (event.detail > 0) event.target.closest('button')?.blur();
  });
  root.addEventListener('change', (event) => event.target.blur());
}

/** @param root element to fill; returns {shell, show(recording) -> player} */
export function createPage(root) {
  const shell = createShell(root);
  const stage = stageOrNull(shell.part('canvas'));
  let player = null;
  releaseFocus(root);
  createHelp(shell);
  connectDrawer(shell);
  onTheme(() => player?.paint());
  shell.action('theme').addEventListener('click', () => setTheme(theme() === 'dark' ? 'light' : 'dark'));
  return {
    shell,
    show(recording) {
      player?.close();
      hideError();
      player = createPlayer(shell, stage, recording);
      return player;
    },
  };
}
