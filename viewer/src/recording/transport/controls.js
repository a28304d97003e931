// SPDX-License-Identifier: Apache-2.0
// Buttons and keys of one recording.
import {lastAtOrBefore} from '../data/sampling.js';
import {speeds} from './clock.js';
import {icons} from './icons.js';

const lead = 1e-4;  // s; an event this near counts as reached

function eventStarts({events}) {
  const starts = events.filter((event) => event.source !== 'heart').map((event) => event.start);
  return [...new Set(starts)].sort((a, b) => a - b);
}

const clockText = (t) => `${Math.floor(t / 60)}:${(t % 60).toFixed(2).padStart(5, '0')}`;

// A button that is on or off.
function createToggle(button, changed) {
  let on = button.getAttribute('aria-pressed') === 'true';
  const set = (value) => {
    on = value;
    button.setAttribute('aria-pressed', String(on));
    changed(on);
  };
  button.onclick = () => set(!on);
  if (on) set(true);
  return {flip: () => set(!on)};
}

function createSpeed(select, clock) {
  select.replaceChildren(...speeds.map((speed) => new Option(`${speed}×`, String(speed))));
  select.onchange = () => clock.setSpeed(Number(select.value));
  return () => {
    select.value = String(clock.speed());
  };
}

function createToggles({shell, arm, traces, changed}) {
  const toggle = (name, possible, act) => {
    const button = shell.action(name);
    button.disabled = !possible;
    return !possible ? {flip() {}} : createToggle(button, (on) => {
      act(on);
      changed();
    });
  };
  return {
    truth: toggle('truth', traces.hasTruth, traces.setTruth),
    parts: toggle('parts', traces.hasParts, traces.setParts),
    magnify: toggle('magnify', arm.magnification > 1, arm.setMagnified),
  };
}

function keyMap({shell, recording, clock, view, arm, toggles, jump}) {
  const times = recording.imu?.t ?? [];
  const step = (way) => {
    const at = lastAtOrBefore(times, clock.time() + 1e-7) + way;
    clock.seek(times[Math.min(times.length - 1, Math.max(0, at))] ?? clock.time());
  };
  const by = (event, amount) => clock.seek(clock.time() + (event.shiftKey ? 10 : 1) * amount);
  return {
    ' ': () => (clock.playing() ? clock.pause() : clock.play()),
    ArrowLeft: (event) => by(event, -0.1), ArrowRight: (event) => by(event, 0.1),
    ',': () => step(-1), '.': () => step(1),
    Home: () => clock.seek(0), End: () => clock.seek(clock.duration),
    ArrowUp: () => clock.shiftSpeed(1), ArrowDown: () => clock.shiftSpeed(-1),
    e: () => jump(1), E: () => jump(-1),
    t: toggles.truth.flip, p: toggles.parts.flip, s: toggles.magnify.flip, v: arm.nextCamera,
    Escape: () => shell.part('details').close(),
    d: () => shell.action('theme').click(), '?': () => shell.action('help').click(),
    '+': () => view.zoom(1), '=': () => view.zoom(1), '-': () => view.zoom(-1),
  };
}

// Keys that a focused control needs for itself.
function belongsTo(element, key) {
  if (element.closest('dialog:modal')) return true;
  if (element.closest('select, input')) return true;
  return Boolean(element.closest('button')) && (key === ' ' || key === 'Enter');
}

function connectKeys(keys) {
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || belongsTo(event.target, event.key)) return;
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act(event);
  };
  addEventListener('keydown', pressed);
  return () => removeEventListener('keydown', pressed);
}

/** @return {show(time), close()} */
export function connectControls({shell, recording, clock, view, arm, traces, changed}) {
  const starts = eventStarts(recording);
  const jump = (way) => {
    const now = clock.time();
    const next = way > 0 ? starts.find((t) => t > now + lead) : starts.findLast((t) => t < now - lead);
    if (next !== undefined) clock.seek(next);
  };
  shell.action('magnify').textContent = `Slip ×${arm.magnification}`;
  const toggles = createToggles({shell, arm, traces, changed});
  const keys = keyMap({shell, recording, clock, view, arm, toggles, jump});
  const play = shell.action('play'), time = shell.part('time'), span = shell.part('span');
  const showSpeed = createSpeed(shell.action('speed'), clock);
  play.onclick = () => keys[' ']();
  shell.action('next-event').onclick = () => jump(1);
  shell.action('previous-event').onclick = () => jump(-1);
  shell.action('next-event').disabled = shell.action('previous-event').disabled = !starts.length;
  shell.action('zoom-in').onclick = () => view.zoom(1);
  shell.action('zoom-out').onclick = () => view.zoom(-1);
  let shownPlaying = null;
  const close = connectKeys(keys);
  return {
    close,
    show(t) {
      time.innerHTML = `${clockText(t)} <span class="quiet">/ ${clockText(clock.duration)}</span>`;
      span.textContent = `${view.span()} s`;
      showSpeed();
      if (shownPlaying === clock.playing()) return;
      shownPlaying = clock.playing();
      play.innerHTML = shownPlaying ? icons.pause : icons.play;
      play.setAttribute('aria-label', shownPlaying ? 'Pause (space)' : 'Play (space)');
    },
  };
}
