// SPDX-License-Identifier: Apache-2.0
// The floor: a grid of half metres that fades away, and a soft shadow under the person.
import * as THREE from 'three';

const size = 14;  // m

const vertex = `
varying vec2 place;
void main() {
  vec4 world = modelMatrix * vec4(position, 1.0);
  place = world.xy;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const fragment = `
varying vec2 place;
uniform vec2 centre;
uniform vec3 line;
uniform vec3 shade;
uniform float dark;
float grid(vec2 p, float width) {
  vec2 w = max(fwidth(p), 1e-5);
  vec2 d = abs(fract(p - 0.5) - 0.5);
  vec2 l = (1.0 - smoothstep(vec2(width), vec2(width) + 1.5 * w, d)) * min(vec2(1.0), width / w + 0.35);
  return max(l.x, l.y);
}
void main() {
  float away = length(place - centre);
  float near = 1.0 - smoothstep(1.0, 5.5, away);
  float lines = max(grid(place, 0.0014) * 0.7, grid(place * 2.0, 0.0018) * 0.32) * near;
  float shadow = dark * exp(-away * away / 0.11);
  float alpha = lines + shadow * (1.0 - lines);
  gl_FragColor = vec4(mix(shade, line, lines / max(alpha, 1e-4)), alpha);
  #include <colorspace_fragment>
}`;

/** {mesh, follow(x, y), colours(line, shade, strength)}; the mesh lies in the plane z of its position. */
export function createFloor() {
  const uniforms = {
    centre: {value: new THREE.Vector2()}, dark: {value: 0.3},
    line: {value: new THREE.Color()}, shade: {value: new THREE.Color()},
  };
  const material = new THREE.ShaderMaterial(
      {vertexShader: vertex, fragmentShader: fragment, uniforms, transparent: true, depthWrite: false});
  const mesh = new THREE.Mesh(new THREE.PlaneGeometry(size, size), material);
  mesh.renderOrder = -1;
  return {
    mesh,
    follow(x, y) {
      mesh.position.x = x;
      mesh.position.y = y;
      uniforms.centre.value.set(x, y);
    },
    colours(line, shade, strength) {
      uniforms.line.value.set(line);
      uniforms.shade.value.set(shade);
      uniforms.dark.value = strength;
    },
  };
}
