// SPDX-License-Identifier: Apache-2.0
// The page's furniture, the same for both pages. data-part: places to fill; data-action: controls.
import {icons} from '../transport/icons.js';

const button = (action, label, content, extra = '') =>
  `<button type="button" data-action="${action}" aria-label="${label}" title="${label}" ${extra}>${content}</button>`;

const toggle = (action, label, content, on = false) => button(action, label, content, `aria-pressed="${on}"`);

const header = `
<header class="top">
  <div class="title"><h1 data-part="title"></h1><span class="quiet" data-part="subtitle"></span></div>
  <div class="tools">
    <span data-part="chooser"></span>
    ${toggle('details', 'Every value of the scenario', `${icons.details}<span class="word">Details</span>`)}
    ${button('theme', 'Dark or light (d)', icons.theme)}
    ${button('help', 'Keys and gestures (?)', icons.help)}
  </div>
  <ul class="facts" data-part="facts"></ul>
</header>`;

const scene = `
<section class="scene panel" aria-label="Arm and watch in 3D">
  <canvas data-part="canvas" tabindex="-1"></canvas>
  <p class="missing" data-part="scene-missing" hidden></p>
  <div class="slip-label number" data-part="slip-label" hidden></div>
  <div class="cameras" role="group" aria-label="Camera">
    ${toggle('camera-wrist', 'Close to the wrist (v: next camera)', 'Wrist')}
    ${toggle('camera-body', 'The whole person (v: next camera)', 'Body')}
    ${toggle('camera-watch', 'Down on the screen (v: next camera)', 'Watch')}
  </div>
  <dl class="readouts number" data-part="readouts"></dl>
</section>`;

const signals = `
<section class="signals" aria-label="Signals">
  <div class="panel lanes">
    <canvas data-part="lanes" aria-label="Labels and events around the present instant"></canvas>
  </div>
  <div class="plots" data-part="plots"></div>
  <div class="axis number" data-part="axis"></div>
  <div class="playhead" aria-hidden="true"></div>
</section>`;

const transport = `
<footer class="transport panel" aria-label="Playback">
  <div class="buttons">
    ${button('previous-event', 'Previous event (shift+e)', icons.previous)}
    ${button('play', 'Play (space)', icons.play, 'class="play"')}
    ${button('next-event', 'Next event (e)', icons.next)}
    <select data-action="speed" aria-label="Speed (up, down)" title="Speed (up, down)"></select>
    <output class="time number" data-part="time"></output>
  </div>
  <div class="scrub" data-action="scrub" role="slider" tabindex="0" aria-label="Instant" aria-valuemin="0">
    <canvas data-part="scrub"></canvas>
  </div>
  <div class="buttons switches">
    ${toggle('truth', 'Truth over the measured signals (t)', 'Truth')}
    ${toggle('parts', 'Additive parts of the light (p)', 'Parts')}
    ${toggle('magnify', 'Magnify the slip (s)', 'Slip', true)}
    <span class="zoom">
      ${button('zoom-out', 'A longer stretch of time (-)', '−')}
      <output class="number" data-part="span"></output>
      ${button('zoom-in', 'A shorter stretch of time (+)', '+')}
    </span>
  </div>
</footer>`;

/** Fills `root` and returns {part(name), action(name)} that find its elements. */
export function createShell(root) {
  root.innerHTML = `<div class="recording">${header}<main>${scene}${signals}</main>${transport}</div>
    <dialog data-part="details" class="drawer" aria-label="Details"></dialog>
    <dialog data-part="help" class="help" aria-label="Help"></dialog>`;
  return {
    root,
    part: (name) => root.querySelector(`[data-part="${name}"]`),
    action: (name) => root.querySelector(`[data-action="${name}"]`),
    actions: () => root.querySelectorAll('[data-action]'),
  };
}
