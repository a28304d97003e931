// SPDX-License-Identifier: Apache-2.0
// The band: taut round the forearm's ellipse and over the two ends of the case, as a thread would lie.
// Made in the frame F of the forearm.
import * as THREE from 'three';
import {rotate} from '../arm.js';
import {wristEllipse} from './limb.js';

const width = 0.021, thickness = 0.0019, lift = 0.0004;  // m; width as in the straps' assets [assumed]

function cross(o, a, b) {
  return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
}

// Convex hull, anticlockwise (monotone chain).
function hull(points) {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const out = [];
    for (const p of list) {
      while (out.length > 1 && cross(out.at(-2), out.at(-1), p) <= 0) out.pop();
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

// The band's middle line in the plane across the forearm [y, z], from one end of the case round to the other.
function path(half, ends) {
  const points = [];
  for (let i = 0; i < 128; i++) {
    const angle = 2 * Math.PI * i / 128;
    points.push([half[0] * Math.cos(angle), half[1] * Math.sin(angle)]);
  }
  const round = hull([...points, ...ends]);
  const start = round.indexOf(ends[0]);
  const turned = [...round.slice(start), ...round.slice(0, start)];
  // Between the ends the hull passes under the case, unless it is walked the other way.
  if (turned[1] === ends[1]) return [turned[0], ...turned.slice(1).reverse()];
  return turned.slice(0, turned.indexOf(ends[1]) + 1);
}

// Same path in equal steps.
function resample(points, count) {
  const curve = new THREE.CurvePath();
  for (let i = 1; i < points.length; i++)
    curve.add(new THREE.LineCurve(new THREE.Vector2(...points[i - 1]), new THREE.Vector2(...points[i])));
  return curve.getSpacedPoints(count);
}

// A flat section with soft edges: [across the forearm's length, outwards], m.
const section = Array.from({length: 20}, (_, i) => {
  const angle = 2 * Math.PI * i / 20;
  const power = (v, e) => Math.sign(v) * Math.abs(v) ** e;
  return [width / 2 * power(Math.cos(angle), 0.35), thickness / 2 * power(Math.sin(angle), 0.6)];
});

// The forearm is wider towards the elbow, and the band with it.
function sweep(line, taper) {
  const positions = [], triangles = [], n = section.length;
  line.forEach((point, i) => {
    const next = line[Math.min(i + 1, line.length - 1)], last = line[Math.max(i - 1, 0)];
    const length = Math.hypot(next.x - last.x, next.y - last.y);
    const outward = [(next.y - last.y) / length, -(next.x - last.x) / length];
    const sign = outward[0] * point.x + outward[1] * point.y < 0 ? -1 : 1;
    for (const [along, out] of section) {
      const away = sign * (out - taper * along);
      positions.push(along, point.x + outward[0] * away, point.y + outward[1] * away);
    }
    if (i) for (let k = 0; k < n; k++) {
      const a = (i - 1) * n + k, b = (i - 1) * n + (k + 1) % n;
      triangles.push(a, b, b + n, a, b + n, a + n);
    }
  });
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
  geometry.setIndex(triangles);
  geometry.computeVertexNormals();
  return geometry;
}

/**
 * @param inForearm pose of the case in F at the start, {position, rotation}
 * @param watch {size, height} m, @param wrist of the file, @param back m from the wrist
 * @return THREE.Mesh whose own x = 0 lies under the case
 */
export function createStrap(inForearm, {size, height}, wrist, back, material) {
  const half = wristEllipse(wrist, back).map((value) => value + thickness / 2 + lift);
  const middle = size[2] * 0.42 - height;
  const ends = [-1, 1].map((side) => {
    const p = rotate(inForearm.rotation, [0, side * (size[1] / 2 - 0.0012), middle]);
    return [inForearm.position[1] + p[1], inForearm.position[2] + p[2]];
  });
  const mesh = new THREE.Mesh(sweep(resample(path(half, ends), 140), wrist.taper), material);
  mesh.castShadow = mesh.receiveShadow = true;
  return mesh;
}
