// SPDX-License-Identifier: Apache-2.0
// One recording out of a source, as plain arrays in SI units; what a file lacks is null here.
//
//   source + row of /sequences -> {duration, scenario, imu, optical, truth, truthOptical, events, ...}
import {checkShard} from './check.js';
import {readEvents} from './events.js';

const toSeconds = (ns) => Float64Array.from(ns, (value) => Number(value) * 1e-9);

/** Columns of a row-major array, as Float32Array each, times `factor`. What is lost (`fill`) holds the value before it. */
export function columns(values, width, factor = 1, fill = null) {
  const count = values.length / width;
  return Array.from({length: width}, (_, column) => {
    const out = new Float32Array(count);
    for (let i = 0; i < count; i++) {
      const value = values[i * width + column];
      out[i] = value !== fill ? value * factor : i > 0 ? out[i - 1] : 0;
    }
    return out;
  });
}

function cell(source, name, row) {
  const path = `sequences/${name}`;
  return source.datasets('sequences').includes(name) ? source.read(path, row, 1)[0] : undefined;
}

// Reads datasets of one group between the recording's first and last row.
function groupReader(source, group, first, count) {
  const present = new Set(source.datasets(group));
  return {
    has: (name) => present.has(name) && count > 0,
    names: () => [...present],
    raw: (name) => source.read(`${group}/${name}`, first, count),
    width: (name) => source.shape(`${group}/${name}`)[1] ?? 1,
    attributes: (name) => source.attributes(name ? `${group}/${name}` : group),
  };
}

// Conditions of samples: one bit each, named by the file.
function readFlags(read) {
  if (!read.has('flags')) return null;
  const {flag_meanings: meanings = '', flag_masks: masks = []} = read.attributes('flags');
  return {bits: read.raw('flags'), names: meanings.split(' '), masks: Array.from(masks, Number)};
}

// What stands for a lost sample.
function fillOf(read, name) {
  const fill = read.attributes(name)._FillValue;
  return fill === undefined ? null : Number(Array.isArray(fill) ? fill[0] : fill);
}

function readImu(read) {
  if (!read.has('t')) return null;
  const scaled = (name) => !read.has(name) ? null :
    columns(read.raw(name), 3, Number(read.attributes(name).scale_factor ?? 1), fillOf(read, name));
  return {
    ...read.attributes(),
    t: toSeconds(read.raw('t')),  // s
    accel: scaled('accel'),       // m/s2; x, y, z of I
    gyro: scaled('gyro'),         // rad/s
    flags: readFlags(read),
    classId: read.has('class_id') ? read.raw('class_id') : null,
  };
}

function readOptical(read) {
  if (!read.has('t') || !read.has('counts')) return null;
  const attributes = read.attributes();
  const width = read.width('counts');
  return {
    ...attributes,
    channels: Array.from(attributes.channel_names ?? Array.from({length: width}, (_, i) => `path ${i}`)),
    t: toSeconds(read.raw('t')),                  // s
    counts: columns(read.raw('counts'), width, 1, fillOf(read, 'counts')),  // one array per light path
    amperePerCount: Number(read.attributes('counts').ampere_per_count ?? 0),
    flags: readFlags(read),
  };
}

function readTruth(read) {
  if (!read.has('case_position')) return null;
  const wanted = (name) => read.has(name) ? read.raw(name) : null;
  const three = (name) => read.has(name) ? columns(read.raw(name), read.width(name)) : null;
  return {
    ...read.attributes(),
    hinges: read.has('joint_angles') ? Array.from(read.attributes('joint_angles').names) : [],
    jointAngles: wanted('joint_angles'),                  // rad, row-major
    shoulder: wanted('shoulder_orientation'),             // w x y z, row-major
    thoraxPosition: wanted('thorax_position'), thoraxOrientation: wanted('thorax_orientation'),
    casePosition: wanted('case_position'), caseOrientation: wanted('case_orientation'),
    cleanAccel: three('clean_accel'), cleanGyro: three('clean_gyro'),
    slip: three('strap_slip'),                            // m; along the forearm, round it
    slipSpeed: wanted('slip_speed'), gap: wanted('gap'), pressure: wanted('contact_pressure'),
    contactForce: wanted('contact_force'),                // m/s, m, Pa, N
  };
}

// Additive parts of the light, A: {pulse: [one array per light path], ...}.
function readTruthOptical(read) {
  const names = read.names().filter((name) => name.startsWith('part_') && read.has(name));
  if (!names.length) return null;
  return {
    parts: Object.fromEntries(names.map((name) =>
      [name.slice('part_'.length), columns(read.raw(name), read.width(name))])),
    heartRate: read.has('heart_rate') ? read.raw('heart_rate') : null,  // 1/min
  };
}

// Seeds have more digits than numbers here can hold: they stay text.
const longInteger = /([:[,]\s*)(\d{16,})(?=\s*[,}\]])/g;

function parseJson(text) {
  try {
    return JSON.parse(text.replace(longInteger, '$1"$2"'));
  } catch {
    return {};
  }
}

function armOf(source, scenario) {
  const arms = Array.from(source.attributes('sequences').arms ?? [], parseJson);
  return arms.find((arm) => arm.subject === scenario.subject_id && arm.side === scenario.side) ?? null;
}

// The class of the recording: its name and definition, if it has one.
function classOf(source, row) {
  const id = Number(cell(source, 'class_id', row) ?? -1);
  const {names = [], definitions = []} = source.attributes('classes');
  return id >= 0 ? {name: names[id], definition: definitions[id] ?? ''} : null;
}

/** What a chooser lists: [{row, name, subject, placement}] of every recording. */
export function listRecordings(source) {
  const scenarios = Array.from(source.attributes('sequences').scenarios ?? [], parseJson);
  return scenarios.map((scenario, row) => ({
    row, name: scenario.class || scenario.motion?.activity || 'recording',
    subject: scenario.subject_id ?? '', placement: scenario.placement_id ?? scenario.side ?? '',
  }));
}

/** Reads row `row` of /sequences. Throws NotShowable. */
export function readRecording(source, row) {
  checkShard(source);
  const at = (name) => Number(cell(source, name, row) ?? 0);
  const onImu = (group) => groupReader(source, group, at('imu_start'), at('imu_count'));
  const onOptical = (group) => groupReader(source, group, at('optical_start'), at('optical_count'));
  const scenario = parseJson(source.attributes('sequences').scenarios?.[row]);
  return {
    file: source.label,
    sequence: source.sequenceNumber(row),
    attributes: source.attributes(''),
    duration: at('duration'),
    scenario,
    class: classOf(source, row),
    classNames: Array.from(source.attributes('classes').names ?? []),
    arm: armOf(source, scenario),
    imu: readImu(onImu('imu')),
    optical: readOptical(onOptical('optical')),
    truth: readTruth(onImu('truth')),
    truthOptical: readTruthOptical(onOptical('truth_optical')),
    events: readEvents(source, row),
  };
}
