// SPDX-License-Identifier: Apache-2.0
// The lit screen: the running time of the recording, and its second hand as an arc.
import * as THREE from 'three';

const pixels = 384;  // on the longer side

function roundedPath(context, width, height, inset, radius) {
  context.beginPath();
  context.roundRect(inset, inset, width - 2 * inset, height - 2 * inset, radius);
}

function draw(context, width, height, time) {
  context.fillStyle = '#05070a';
  context.fillRect(0, 0, width, height);
  const minutes = Math.floor(time / 60), seconds = time % 60;
  context.textAlign = 'center';
  context.fillStyle = '#f2f6fa';
  context.font = `600 ${Math.round(width * 0.27)}px system-ui, sans-serif`;
  context.fillText(`${minutes}:${String(Math.floor(seconds)).padStart(2, '0')}`, width / 2, height * 0.53);
  context.fillStyle = '#56b4e9';
  context.font = `500 ${Math.round(width * 0.125)}px system-ui, sans-serif`;
  context.fillText(`.${String(Math.floor(seconds * 100) % 100).padStart(2, '0')} s`, width / 2, height * 0.7);
  context.lineWidth = width * 0.022;
  context.lineCap = 'round';
  context.strokeStyle = '#1d2a36';
  roundedPath(context, width, height, width * 0.05, width * 0.2);
  context.stroke();
  const whole = 2 * (width + height) * 0.9 - width * 0.2 * (8 - 2 * Math.PI);
  context.setLineDash([whole * seconds / 60, whole * 2]);
  context.strokeStyle = '#56b4e9';
  context.stroke();
  context.setLineDash([]);
}

/** A screen of width x height m in its own xy plane: {mesh, show(s)}. */
export function createFace(width, height) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(pixels * width / height);
  canvas.height = pixels;
  const context = canvas.getContext('2d');
  const texture = new THREE.CanvasTexture(canvas);
  texture.colorSpace = THREE.SRGBColorSpace;
  texture.anisotropy = 4;
  const material = new THREE.MeshBasicMaterial({map: texture, transparent: true, opacity: 0.94, toneMapped: false});
  let shown = null;
  return {
    mesh: new THREE.Mesh(new THREE.PlaneGeometry(width, height), material),
    show(time) {
      const hundredths = Math.floor(time * 100 + 1e-6);
      if (hundredths === shown) return;
      shown = hundredths;
      draw(context, canvas.width, canvas.height, hundredths / 100);
      texture.needsUpdate = true;
    },
  };
}
