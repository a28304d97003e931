// SPDX-License-Identifier: Apache-2.0
// What is plotted: panels made out of a recording, in the units people read.
import {dataInk, ink} from './palette.js';
import {flagMarks} from './marks.js';
import {extent, following, fromZero, padded} from './ranges.js';

const degrees = 180 / Math.PI;
const pulseBaseline = 1.6;  // s; the running mean on which the pulse alone is laid
const axisNames = ['x', 'y', 'z'];

const scaled = (values, factor) => values.map((value) => value * factor);

function axisPanel(recording, {id, title, unit, measured, clean, factor, least, decimals, flags}) {
  const {imu} = recording;
  const trace = (values) => ({values: scaled(values, factor), decimals});
  const traces = measured.map((values, k) => ({...trace(values), label: axisNames[k], ink: () => ink(axisNames[k])}));
  const truth = (clean ?? []).map((values, k) =>
    ({...trace(values), label: k ? '' : 'truth', ink: () => ink('truth'), truth: true, hidden: true}));
  return {
    id, title, unit, t: imu.t, traces: [...traces, ...truth], marks: flags, weight: 1,
    ranges: {y: following(least)},
  };
}

function motionPanels(recording) {
  const {imu, truth} = recording;
  if (!imu) return [];
  const flags = flagMarks(imu);
  const kinds = [
    {id: 'accel', title: 'Accelerometer', unit: 'm/s²', measured: imu.accel, clean: truth?.cleanAccel,
      factor: 1, least: 4, decimals: 2},
    {id: 'gyro', title: 'Gyroscope', unit: '°/s', measured: imu.gyro, clean: truth?.cleanGyro,
      factor: degrees, least: 20, decimals: 1},
  ];
  return kinds.filter(({measured}) => measured).map((kind) => axisPanel(recording, {...kind, flags}));
}

const leastRate = 50;          // Hz; below this rate nothing of a tap is left
const smoothing = 0.015;       // s; to either side, twice: what is left lies above about 20 Hz

// What impacts leave in the acceleration when slow movement is taken away: its size, axes together.
function vibrationOf(accel, rate) {
  const half = Math.max(1, Math.round(rate * smoothing / 2));
  const quick = accel.map((values) => {
    const slow = runningMean(runningMean(values, half), half);
    return values.map((value, i) => value - slow[i]);
  });
  return quick[0].map((_, i) => Math.hypot(...quick.map((values) => values[i])));
}

function vibrationPanel({imu}) {
  const rate = imu?.accel ? (imu.t.length - 1) / (imu.t.at(-1) - imu.t[0]) : 0;
  if (!(rate >= leastRate)) return [];
  return [{
    id: 'vibration', title: 'Vibration', unit: 'm/s² above 20 Hz', t: imu.t, weight: 0.6, marks: [],
    traces: [{label: 'size', values: vibrationOf(imu.accel, rate), ink: () => ink('y'), decimals: 2}],
    ranges: {y: following(0.5)},
  }];
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

// Mean over `half` samples to either side.
function runningMean(values, half) {
  const sums = new Float64Array(values.length + 1);
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i] + values[i];
  return Float32Array.from(values, (_, i) => {
    const low = Math.max(0, i - half), high = Math.min(values.length, i + half + 1);
    return (sums[high] - sums[low]) / (high - low);
  });
}

const lightInks = {green: 'z', infrared: 'c4', red: 'y', blue: 'x', amber: 'c5'};

function lightInk(channel, i) {
  const [kind, number] = channel.split('_');
  return () => (lightInks[kind] && !Number(number) ? ink(lightInks[kind]) : dataInk(i + 3));
}

export const channelText = (channel) => channel.replaceAll('_', ' ').replace(/ 0$/, '');

// Light paths in percent of their own mean, so that they stand on one scale.
function percentOf(counts) {
  const centre = mean(counts) || 1;
  return {centre, values: Float32Array.from(counts, (value) => (value / centre - 1) * 100)};
}

function pulseOverlay(measured, pulse, half) {
  const base = runningMean(measured, half), own = runningMean(pulse, half);
  return Float32Array.from(pulse, (value, i) => base[i] + value - own[i]);
}

const percentPerAmpere = (optical, centre) => 100 / (optical.amperePerCount * centre);

function lightPanel({optical, truthOptical}) {
  if (!optical?.counts.length || !optical.t.length) return [];
  const half = Math.round(pulseBaseline / 2 * (optical.t.length - 1) / (optical.t.at(-1) - optical.t[0] || 1));
  const paths = optical.counts.map(percentOf);
  const traces = paths.map(({values}, i) =>
    ({label: channelText(optical.channels[i]), values, ink: lightInk(optical.channels[i], i), decimals: 2}));
  const pulse = truthOptical?.parts.pulse;
  const truth = pulse && optical.amperePerCount > 0 ? paths.map(({centre, values}, i) => ({
    label: i ? '' : 'pulse alone', ink: () => ink('truth'), decimals: 2, truth: true, hidden: true,
    values: pulseOverlay(values, scaled(pulse[i], percentPerAmpere(optical, centre)), half),
  })) : [];
  return [{
    id: 'light', title: 'Light', unit: '% of mean', t: optical.t, traces: [...traces, ...truth], weight: 1.15,
    marks: flagMarks(optical), ranges: {y: following(0.4)},
  }];
}

/** Panel of the additive parts of one light path, % of its mean, each about its own mean. */
export function partsPanel({optical, truthOptical}, path, controls) {
  const factor = percentPerAmpere(optical, mean(optical.counts[path]));
  const traces = Object.entries(truthOptical.parts).map(([name, values], i) => {
    const own = scaled(values[path], factor);
    const centre = mean(own);
    return {label: name, values: own.map((value) => value - centre), ink: () => dataInk(i), decimals: 2};
  }).filter(({values}) => values.some((value) => Math.abs(value) > 1e-4));
  return {
    id: 'parts', title: 'Parts', unit: '% of mean', t: optical.t, traces, marks: [], weight: 1.15, controls,
    ranges: {y: following(0.4)},
  };
}

function strapPanel({imu, truth}) {
  if (!truth || !imu || !(truth.slip || truth.gap || truth.pressure)) return [];
  const trace = (label, values, factor, colour, decimals, scale) => values &&
      ({label, values: scaled(values, factor), ink: () => ink(colour), decimals, scale});
  const lengths = [trace('slip along', truth.slip?.[0], 1e3, 'x', 2), trace('round', truth.slip?.[1], 1e3, 'y', 2),
    trace('gap', truth.gap, 1e3, 'z', 2)].filter(Boolean);
  const pressure = trace('pressure', truth.pressure, 1e-3, 'c4', 2, 'kPa');
  const ranges = {y: padded(extent(lengths.map(({values}) => values)), 0.2)};
  if (pressure) ranges.kPa = fromZero(extent([pressure.values]), 0.2);
  return [{
    id: 'strap', title: 'Strap', unit: 'mm, kPa', t: imu.t, traces: [...lengths, pressure].filter(Boolean),
    marks: [], weight: 0.8, ranges,
    inner: pressure && {scale: 'kPa', unit: 'kPa', ink: pressure.ink},
  }];
}

/** Panels of everything the file holds, from top to bottom. */
export function panelsOf(recording) {
  return [motionPanels, vibrationPanel, lightPanel, strapPanel].flatMap((make) => make(recording));
}
