// SPDX-License-Identifier: Apache-2.0
// How far the watch has slid: an outline where it would still be, and an arrow from there, both magnified.
// Lives in the case's own frame C; the slip is given in S (along the forearm, distal +; round it,
// right-handed about x of S).
import * as THREE from 'three';

const least = 2e-5;  // m; less is drawn as nothing
const screenFoot = 0.27;  // share of the case's length below its middle, where the screen shows no text

function outline([width, length], material) {
  const points = [];
  for (let i = 0; i <= 96; i++) {
    const angle = 2 * Math.PI * i / 96;
    const power = (v) => Math.sign(v) * Math.abs(v) ** 0.45;
    points.push(new THREE.Vector3(width / 2 * power(Math.cos(angle)), length / 2 * power(Math.sin(angle)), 0));
  }
  const curve = new THREE.CatmullRomCurve3(points, true);
  return new THREE.Mesh(new THREE.TubeGeometry(curve, 160, 0.00045, 6, true), material);
}

// An arrow of unit length along x.
function arrow(material) {
  const along = (geometry, x) => new THREE.Mesh(geometry.rotateZ(-Math.PI / 2).translate(x, 0, 0), material);
  const shaft = along(new THREE.CylinderGeometry(0.0008, 0.0008, 1, 12), 0.5);
  const head = along(new THREE.ConeGeometry(0.0022, 0.0044, 24), -0.0022);
  const group = new THREE.Group();
  group.add(shaft, head);
  return {
    group,
    point(direction, length) {
      group.rotation.z = Math.atan2(direction.y, direction.x);
      const size = Math.min(1, length / 0.008);
      shaft.scale.set(Math.max(length - 0.004 * size, 1e-5), size, size);
      head.position.x = length;
      head.scale.setScalar(size);
    },
  };
}

/**
 * @param size of the case, m, @param height of C above the back, m
 * @param mirrored the case's x points proximally
 * @return {group, show([along, round] m, magnification, colour), tip: where a label may stand, in C}
 */
export function createSlipMarks({size, height}, mirrored) {
  const material = new THREE.MeshBasicMaterial({toneMapped: false});
  const faint = new THREE.MeshBasicMaterial({toneMapped: false, transparent: true, opacity: 0.75});
  const ghost = outline(size, faint);
  const line = arrow(material);
  const group = new THREE.Group();
  group.add(ghost, line.group);
  const tip = new THREE.Vector3();
  return {
    group, tip,
    show([along, round], magnification, colour) {
      const length = Math.hypot(along, round);
      group.visible = length > least;
      // Seen from outside, sliding round the x axis right-handed goes towards -y at the top.
      const sign = mirrored ? -1 : 1;
      const shift = new THREE.Vector2(sign * along, -sign * round).multiplyScalar(magnification);
      const above = size[2] - height + 0.004;
      material.color.set(colour);
      faint.color.set(colour);
      ghost.position.set(-shift.x, -shift.y, -height + 0.0015);
      line.group.position.set(-shift.x, -shift.y - screenFoot * size[1], above);
      line.point(shift, shift.length());
      tip.set(0, size[1] / 2 + 0.004, above);
    },
  };
}
