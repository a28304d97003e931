// SPDX-License-Identifier: Apache-2.0
// The surface where a field is zero, as triangles: surface nets (Gibson 1998), then a step onto the field
// itself. The grid is visited in blocks; blocks far from the surface are passed over.
import * as THREE from 'three';
import {normalOf} from './sdf.js';

const block = 4;    // cells
const slack = 1.1;  // fields are distances only roughly

const corners = Array.from({length: 8}, (_, i) => [i & 1, i >> 1 & 1, i >> 2 & 1]);
const edges = [[0, 1], [2, 3], [4, 5], [6, 7], [0, 2], [1, 3], [4, 6], [5, 7], [0, 4], [1, 5], [2, 6], [3, 7]];

function forBox(first, last, visit) {
  for (let z = first[2]; z <= last[2]; z++)
    for (let y = first[1]; y <= last[1]; y++)
      for (let x = first[0]; x <= last[0]; x++) visit(x, y, z);
}

// The first cells of blocks that may hold surface, in the order of forBox.
function nearBlocks(field, low, counts, step) {
  const reach = block * step * Math.sqrt(3) / 2 * slack;
  const blocks = [];
  forBox([0, 0, 0], counts.map((n) => Math.ceil((n - 1) / block) - 1), (...number) => {
    const first = number.map((n) => n * block);
    const middle = first.map((i, k) => low[k] + (i + block / 2) * step);
    if (Math.abs(field(...middle)) < reach) blocks.push(first);
  });
  return blocks;
}

// Where the surface crosses a cell, in cells from its first corner; null if it does not.
function crossing(v) {
  const point = [0, 0, 0];
  let n = 0;
  for (const [a, b] of edges) {
    if ((v[a] < 0) === (v[b] < 0)) continue;
    const share = v[a] / (v[a] - v[b]);
    for (let k = 0; k < 3; k++) point[k] += corners[a][k] + share * (corners[b][k] - corners[a][k]);
    n++;
  }
  return n ? point.map((value) => value / n) : null;
}

// Onto the field along its gradient: the grid is no longer seen.
function settle(field, point) {
  const way = normalOf(field, ...point);
  const d = field(...point);
  const settled = point.map((value, k) => value - d * way[k]);
  return {point: settled, normal: normalOf(field, ...settled)};
}

function toGeometry(positions, normals, triangles) {
  const geometry = new THREE.BufferGeometry();
  geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3));
  geometry.setAttribute('normal', new THREE.Float32BufferAttribute(normals, 3));
  geometry.setIndex(triangles);
  return geometry;
}

/**
 * Triangles of field = 0 inside the box.
 * @param field (x, y, z) -> m, @param box {low, high} m, @param step m
 * @return THREE.BufferGeometry with position and normal; open where the box cuts the surface
 */
export function surfaceOf(field, {low, high}, step) {
  const counts = low.map((l, k) => Math.ceil((high[k] - l) / step) + 1);
  const strideY = counts[0], strideZ = counts[0] * counts[1];
  const values = new Float32Array(strideZ * counts[2]).fill(NaN);
  const vertexOf = new Int32Array(values.length).fill(-1);
  const positions = [], normals = [], triangles = [];
  const v = new Float32Array(8);

  const valueAt = (x, y, z) => {
    const at = x + strideY * y + strideZ * z;
    if (Number.isNaN(values[at])) values[at] = field(low[0] + x * step, low[1] + y * step, low[2] + z * step);
    return values[at];
  };
  // Two triangles between the four cells round an edge, turned outwards; p and q: strides across the edge.
  const quad = (cell, p, q, outward) => {
    const [a, b, c, d] = [cell - p - q, cell - q, cell, cell - p].map((i) => vertexOf[i]);
    if (Math.min(a, b, c, d) < 0) return;
    if (outward) triangles.push(a, b, c, a, c, d);
    else triangles.push(a, c, b, a, d, c);
  };
  const visitCell = (x, y, z) => {
    for (let i = 0; i < 8; i++) v[i] = valueAt(x + (i & 1), y + (i >> 1 & 1), z + (i >> 2));
    const share = crossing(v);
    if (!share) return;
    const cell = x + strideY * y + strideZ * z;
    const {point, normal} = settle(field, [x, y, z].map((corner, k) => low[k] + (corner + share[k]) * step));
    vertexOf[cell] = positions.length / 3;
    positions.push(...point);
    normals.push(...normal);
    const inside = v[0] < 0;
    if (y && z && inside !== v[1] < 0) quad(cell, strideY, strideZ, inside);
    if (x && z && inside !== v[2] < 0) quad(cell, strideZ, 1, inside);
    if (x && y && inside !== v[4] < 0) quad(cell, 1, strideY, inside);
  };
  for (const first of nearBlocks(field, low, counts, step))
    forBox(first, first.map((i, k) => Math.min(i + block - 1, counts[k] - 2)), visitCell);
  return toGeometry(positions, normals, triangles);
}
