// SPDX-License-Identifier: Apache-2.0
// Skin: the meshes of the arm and what they look like.
import * as THREE from 'three';
import {handGeometry} from './hand.js';
import {limbGeometry} from './limb.js';

// Skin by melanosome fraction (Jacques 1998: 0.013 light to 0.43 dark); the two ends chosen by eye.
const lightest = new THREE.Color(0xd8ab8c), darkest = new THREE.Color(0x5d3b29);

function skinColour(melanosomes = 0.08) {
  const share = Math.min(1, Math.max(0, Math.log(melanosomes / 0.013) / Math.log(0.43 / 0.013)));
  return lightest.clone().lerp(darkest, share);
}

function paint(geometry, colour) {
  const count = geometry.getAttribute('position').count;
  const values = new Float32Array(count * 3);
  for (let i = 0; i < count; i++) colour.toArray(values, 3 * i);
  geometry.setAttribute('color', new THREE.BufferAttribute(values, 3));
}

/** The skinned meshes [arm, hand], bound to the rig; their colour is in their vertices. */
export function createSkin({bodies, wrist}, rig, melanosomes) {
  const material = new THREE.MeshPhongMaterial({vertexColors: true, shininess: 18, specular: 0x221c18});
  return [limbGeometry(bodies, wrist, rig.boneIndex), handGeometry(bodies, wrist, rig)].map((geometry) => {
    paint(geometry, skinColour(melanosomes));
    const mesh = new THREE.SkinnedMesh(geometry, material);
    mesh.bindMode = THREE.DetachedBindMode;
    mesh.bind(rig.skeleton, new THREE.Matrix4());
    mesh.frustumCulled = false;
    mesh.castShadow = mesh.receiveShadow = true;
    return mesh;
  });
}
