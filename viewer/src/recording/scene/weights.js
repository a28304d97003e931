// SPDX-License-Identifier: Apache-2.0
// How much each bone moves each point of the skin. Along a chain of bones the share passes from one bone to
// the next between control points, so at most two bones share a point of a chain.
import * as THREE from 'three';

/** Shares at `along` of a chain [[along, bone name], ...]: [[bone, share], ...]. */
export function chainShares(chain, along) {
  if (along <= chain[0][0]) return [[chain[0][1], 1]];
  for (let i = 1; i < chain.length; i++) {
    const [end, bone] = chain[i];
    if (along >= end) continue;
    const [start, before] = chain[i - 1];
    const share = (along - start) / (end - start);
    return [[before, 1 - share], [bone, share]];
  }
  return [[chain.at(-1)[1], 1]];
}

/** Puts skinIndex and skinWeight on a geometry; sharesAt(x, y, z) -> [[bone, share], ...]. */
export function setWeights(geometry, boneIndex, sharesAt) {
  const position = geometry.getAttribute('position');
  const indices = new Uint16Array(position.count * 4);
  const weights = new Float32Array(position.count * 4);
  for (let i = 0; i < position.count; i++) {
    const shares = sharesAt(position.getX(i), position.getY(i), position.getZ(i))
        .sort((a, b) => b[1] - a[1]).slice(0, 4);
    const sum = shares.reduce((total, [, share]) => total + share, 0);
    shares.forEach(([bone, share], k) => {
      indices[4 * i + k] = boneIndex[bone];
      weights[4 * i + k] = share / sum;
    });
  }
  geometry.setAttribute('skinIndex', new THREE.BufferAttribute(indices, 4));
  geometry.setAttribute('skinWeight', new THREE.BufferAttribute(weights, 4));
}
