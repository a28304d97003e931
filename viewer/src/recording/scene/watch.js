// SPDX-License-Identifier: Apache-2.0
// The watch case in its own frame C: x to the right edge of the screen, y to 12 o'clock, z out of the
// screen; the back lies `height` m below the origin.
import * as THREE from 'three';
import {polish} from './studio.js';
import {createFace} from './watch_face.js';

const bevel = 0.0022;  // m

function roundedRectangle(width, height, radius) {
  const [x, y] = [width / 2, height / 2];
  const shape = new THREE.Shape();
  shape.moveTo(-x + radius, -y);
  shape.lineTo(x - radius, -y);
  shape.absarc(x - radius, -y + radius, radius, -Math.PI / 2, 0);
  shape.lineTo(x, y - radius);
  shape.absarc(x - radius, y - radius, radius, 0, Math.PI / 2);
  shape.lineTo(-x + radius, y);
  shape.absarc(-x + radius, y - radius, radius, Math.PI / 2, Math.PI);
  shape.lineTo(-x, -y + radius);
  shape.absarc(-x + radius, -y + radius, radius, Math.PI, 1.5 * Math.PI);
  return shape;
}

// A slab with rounded edges from z = low to z = high.
function slab(width, height, radius, low, high, edge) {
  const shape = roundedRectangle(width - 2 * edge, height - 2 * edge, Math.max(radius - edge, 1e-4));
  const geometry = new THREE.ExtrudeGeometry(shape,
    {depth: high - low - 2 * edge, bevelThickness: edge, bevelSize: edge, bevelSegments: 5, curveSegments: 14});
  geometry.translate(0, 0, low + edge);
  return geometry;
}

function mesh(geometry, material, shadow = true) {
  const made = new THREE.Mesh(geometry, material);
  made.castShadow = shadow;
  made.receiveShadow = shadow;
  return made;
}

function crown([width, , depth], middle, material) {
  const geometry = new THREE.CylinderGeometry(depth * 0.27, depth * 0.27, 0.0028, 28);
  geometry.rotateZ(Math.PI / 2);
  geometry.translate(width / 2 + 0.0008, width * 0.2, middle);
  return mesh(geometry, material);
}

/**
 * @param size [x, y, z] m, @param height m of the origin above the back, @param turned the crown points the
 * other way and the screen is turned to stay upright for the wearer
 * @return {group, metal: its material, showTime(s)}
 */
export function createWatch({size, height, turned}) {
  const [width, length, depth] = size;
  const low = -height, high = depth - height;
  const radius = Math.min(width, length) * 0.27;
  const metal = new THREE.MeshMatcapMaterial({matcap: polish(0.55, 0.75)});
  const glass = new THREE.MeshMatcapMaterial({matcap: polish(0.02, 0.5)});
  const back = new THREE.MeshLambertMaterial({color: 0x22272e});
  const face = createFace(width - 2 * bevel - 0.004, length - 2 * bevel - 0.004);
  face.mesh.position.z = high + 0.00035;
  if (turned) face.mesh.rotation.z = Math.PI;

  const group = new THREE.Group();
  group.add(
    mesh(slab(width, length, radius, low + 0.0012, high - 0.0008, bevel), metal),
    mesh(slab(width * 0.72, length * 0.66, radius * 0.8, low, low + 0.003, 0.0008), back),
    mesh(slab(width - 0.0028, length - 0.0028, radius * 0.9, high - 0.003, high + 0.0001, 0.0013), glass),
    crown(size, (low + high) / 2 + 0.0004, metal), face.mesh);
  return {group, metal, showTime: face.show};
}
