// SPDX-License-Identifier: Apache-2.0
// Skin of the hand: capsules of the file's radii melted into one surface, made in the rest pose of the rig,
// in the frame of the upper arm.
import {rotate} from '../arm.js';
import {cuff, wristEllipse} from './limb.js';
import {ellipticCylinder, melt, roundCone, smoothMin} from './sdf.js';
import {surfaceOf} from './surface.js';
import {chainShares, setWeights} from './weights.js';

const step = 0.0024;  // m; of the grid the surface is found on
const fingers = ['index', 'middle', 'ring', 'little'];
const links = {
  thumb: ['thumb_metacarpal', 'thumb_proximal', 'thumb_distal'],
  ...Object.fromEntries(fingers.map((d) => [d, [`${d}_proximal`, `${d}_middle`, `${d}_distal`]])),
};

const mapValues = (object, make) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, make(value, key)]));

const add = (a, b) => a.map((value, i) => value + b[i]);

// Joints and radii of one digit in the rest pose: {points: [4][3], radii: [4]}; the last point is the centre
// of the fingertip's ball.
function digitLine(names, bodies, rest) {
  const parts = names.map((name) => bodies.find((b) => b.name === name));
  const last = parts.at(-1);
  const tip = add(rest[last.name].position, rotate(rest[last.name].rotation, [last.length_m - last.radius_m, 0, 0]));
  return {
    names, parts,
    points: [...parts.map((b) => rest[b.name].position), tip],
    radii: [...parts.map((b) => b.radius_m), last.radius_m * 0.93],
    axis: rotate(rest[parts[1].name].rotation, [1, 0, 0]),
  };
}

function digitField({points, radii}) {
  return melt([0, 1, 2].map((i) => roundCone(points[i], points[i + 1], radii[i], radii[i + 1])), 0.002);
}

// Palm: a soft cone from the carpus to every knuckle, the ball of the thumb, the edge under the little finger.
function palmField(lines, wrist, hand, origin) {
  const thick = hand.radius_m;
  const side = Math.sign(lines.index.points[0][1] - origin[1]);
  const at = (x, y, z) => add(origin, [x, y, z]);
  const bones = fingers.map((d) => {
    const [knuckle] = lines[d].points;
    const carpus = at(0.012, (knuckle[1] - origin[1]) * 0.62, -0.001);
    return roundCone(carpus, add(knuckle, [-0.004, 0, -0.0015]), thick * 1.05, lines[d].radii[0] * 1.16);
  });
  const thumb = lines.thumb.points;
  const ball = roundCone(at(0.016, side * 0.012, -0.006), thumb[1], thick * 1.08, lines.thumb.radii[1] * 1.08);
  const edge = roundCone(at(0.018, -side * 0.018, -0.006), at(0.05, -side * 0.026, -0.004), thick * 0.95, thick * 0.72);
  const flesh = melt([...bones, ball, edge], 0.014);
  const forearm = ellipticCylinder((x) => wristEllipse(wrist, Math.max(-0.01, origin[0] - x)));
  return (x, y, z) => {
    const cut = -smoothMin(-forearm(x, y - origin[1], z - origin[2]), origin[0] + 0.004 - x, 0.014);
    return smoothMin(flesh(x, y, z), cut, 0.02);
  };
}

function handField(lines, palm) {
  const digits = Object.values(lines).map(digitField);
  return (x, y, z) => {
    const base = palm(x, y, z);
    let d = base;
    for (const digit of digits) d = Math.min(d, smoothMin(base, digit(x, y, z), 0.007));
    return d;
  };
}

function boxOf(lines, origin) {
  const low = [origin[0] - cuff - step, origin[1], origin[2]], high = [...origin];
  for (const {points} of Object.values(lines)) for (const point of points) for (let k = 0; k < 3; k++) {
    if (k) low[k] = Math.min(low[k], point[k]);
    high[k] = Math.max(high[k], point[k]);
  }
  const margin = [0.012, 0.03, 0.034];
  return {low: low.map((v, k) => (k ? v - margin[k] : v)), high: high.map((v, k) => v + margin[k])};
}

// Control points along a digit from its base: [m, bone].
function digitChain({names, parts, radii}, digit) {
  const ends = [0, parts[0].length_m, parts[0].length_m + parts[1].length_m];
  const thumb = digit === 'thumb';
  const bends = [thumb ? 'thumb_base' : `${digit}_knuckle`, `${digit}_bend_1`, `${digit}_bend_2`];
  const inner = ['hand', ...names];
  return ends.flatMap((end, i) => {
    const half = (thumb && i === 0 ? 1.3 : 0.85) * radii[i];
    return [[end - half, inner[i]], [end, bends[i]], [end + half, names[i]]];
  });
}

const along = (line, p) => line.axis.reduce((sum, value, k) => sum + value * (p[k] - line.points[0][k]), 0);

function nearestFinger(fields, x, y, z) {
  return fingers.map((finger) => [fields[finger](x, y, z), finger]).reduce((a, b) => (b[0] < a[0] ? b : a));
}

function shareOut(lines, origin, palm) {
  const chains = mapValues(lines, digitChain);
  const fields = mapValues(lines, digitField);
  const wrist = [[origin[0] - 0.016, 'forearm'], [origin[0], 'wrist_bend'], [origin[0] + 0.016, 'hand']];
  return (x, y, z) => {
    if (x < origin[0] + 0.016) return chainShares(wrist, x);
    const [apart, finger] = nearestFinger(fields, x, y, z);
    const rest = Math.min(apart, Math.max(palm(x, y, z), 0) + 0.004);
    const thumb = 1 / (1 + Math.exp((fields.thumb(x, y, z) - rest) / 0.003));
    const own = (digit, part) => chainShares(chains[digit], along(lines[digit], [x, y, z]))
        .map(([bone, share]) => [bone, share * part]);
    return merged([...own(finger, 1 - thumb), ...own('thumb', thumb)]);
  };
}

function merged(shares) {
  const sums = {};
  for (const [bone, share] of shares) sums[bone] = (sums[bone] ?? 0) + share;
  return Object.entries(sums);
}

/** Geometry with skin weights, in the frame of the upper arm at rest. */
export function handGeometry(bodies, wrist, {rest, boneIndex}) {
  const lines = mapValues(links, (names) => digitLine(names, bodies, rest));
  const origin = rest.hand.position;
  const palm = palmField(lines, wrist, bodies.find((b) => b.name === 'hand'), origin);
  const geometry = surfaceOf(handField(lines, palm), boxOf(lines, origin), step);
  setWeights(geometry, boneIndex, shareOut(lines, origin, palm));
  return geometry;
}
