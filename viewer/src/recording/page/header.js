// SPDX-License-Identifier: Apache-2.0
// What is shown: class, motion, person, watch, wearing; and a drawer with every drawn value.
import {readable} from '../data/events.js';
import {icons} from '../transport/icons.js';

const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

function titleOf({class: shown, scenario}) {
  const {motion = {}} = scenario;
  if (shown?.name) return sentence(readable(shown.name));
  return sentence(readable(motion.gesture || motion.activity || motion.clip?.split('/').pop() || 'recording'));
}

// What else happens: 'while walking' says more than the name of the class.
function backgroundOf({class: shown, scenario}) {
  const {gesture, activity, clip} = scenario.motion ?? {};
  if (clip) return clip.split('/').pop();
  if (!activity || activity === shown?.name) return '';
  return gesture ? `during ${readable(activity)}` : readable(activity);
}

function person({subject, subject_id: id}) {
  if (!subject) return null;
  const {measures = {}, physiology = {}, sex} = subject;
  const parts = [sex, physiology.age_years && `${Math.round(physiology.age_years)} y`,
    measures.stature_m && `${measures.stature_m.toFixed(2)} m`,
    measures.mass_kg && `${Math.round(measures.mass_kg)} kg`];
  return ['Person', parts.filter(Boolean).join(', '), id];
}

function wearing({strap, placement_id: placement, side, wear}) {
  const pressure = wear?.pressure_pa ? `${(wear.pressure_pa / 1e3).toFixed(1)} kPa` : '';
  const where = (placement ?? side ?? '').replace('-', ', ');
  return ['Worn', [where, pressure].filter(Boolean).join(', '), strap ? readable(strap) : ''];
}

function factsOf(recording) {
  const {scenario, imu, optical} = recording;
  const chips = [imu?.part, optical?.part].filter(Boolean).join(' + ');
  return [
    person(scenario),
    ['Watch', readable(scenario.watch ?? imu?.watch ?? ''), chips],
    wearing(scenario),
    ['Fidelity', scenario.fidelity ?? '', ''],
    ['Seed', String(scenario.seed ?? ''), `no. ${recording.sequence}`],
  ].filter((fact) => fact?.[1]);
}

function listItem([name, value, more]) {
  const item = document.createElement('li');
  for (const [kind, text] of [['quiet', name], ['value', value], ['quiet', more]]) {
    if (!text) continue;
    const span = document.createElement('span');
    span.className = kind;
    span.textContent = text;
    item.append(span);
  }
  return item;
}

// {a: {b: 1}} -> [['a.b', '1']]
function flatten(value, path = '') {
  if (typeof value === 'number' && !Number.isInteger(value)) return [[path, String(Number(value.toPrecision(6)))]];
  if (value === null || typeof value !== 'object') return [[path, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path ? `${path}.${key}` : key));
}

function table(heading, rows) {
  const element = document.createElement('table');
  element.createCaption().textContent = heading;
  for (const [name, value] of rows) {
    const row = element.insertRow();
    const key = document.createElement('th');
    key.scope = 'row';
    key.textContent = name;
    row.append(key);
    row.insertCell().textContent = value;
  }
  return element;
}

function missingParts({imu, optical, truth, truthOptical, arm}) {
  const absent = [[imu, 'motion sensor'], [optical, 'optical sensor'], [truth, 'truth of the motion'],
    [truthOptical, 'truth of the light'], [arm, 'geometry of the arm']].filter(([present]) => !present);
  return absent.length ? [['not in this file', absent.map(([, name]) => name).join(', ')]] : [];
}

function fileRows(recording) {
  const {title, dataset_id: id, license, generator_version: version, generator_commit: commit} = recording.attributes;
  return [['file', recording.file], ['recording', String(recording.sequence)],
    ['dataset', `${title ?? ''} (${id ?? ''})`], ['licence', license ?? ''],
    ['made by', `wristsim ${version ?? ''} ${commit ?? ''}`], ...missingParts(recording)];
}

/** Fills the header and the drawer; returns nothing, and may be called again for another recording. */
export function showHeader(shell, recording) {
  const title = titleOf(recording);
  shell.part('title').textContent = title;
  shell.part('subtitle').textContent = backgroundOf(recording);
  shell.part('facts').replaceChildren(...factsOf(recording).map(listItem));
  document.title = `${title} · wristsim`;
  const drawer = shell.part('details');
  drawer.innerHTML = `<form method="dialog"><button aria-label="Close">${icons.close}</button></form>
    <h2></h2><p class="quiet"></p>`;
  drawer.querySelector('h2').textContent = title;
  drawer.querySelector('p').textContent = recording.class?.definition ?? '';
  drawer.append(table('File', fileRows(recording)), table('Scenario, SI units', flatten(recording.scenario)));
}

/** Opens and closes the drawer from its button. */
export function connectDrawer(shell) {
  const drawer = shell.part('details'), button = shell.action('details');
  const show = (open) => button.setAttribute('aria-pressed', String(open));
  button.addEventListener('click', () => {
    if (drawer.open) return drawer.close();
    drawer.show();
    document.activeElement?.blur();
    show(true);
  });
  drawer.addEventListener('close', () => show(false));
}
