// SPDX-License-Identifier: Apache-2.0
// Signed distances of soft shapes, m: negative inside. A field is a function (x, y, z) -> distance.

/** A cone between two balls, as limbs and fingers are: from a with radius ra to b with radius rb. */
export function roundCone(a, b, ra, rb) {
  const [ax, ay, az] = b.map((value, i) => value - a[i]);
  const length2 = ax * ax + ay * ay + az * az;
  const dr = ra - rb;
  const a2 = Math.max(length2 - dr * dr, 1e-12);
  const inverse = 1 / length2;
  return (x, y, z) => {
    const px = x - a[0], py = y - a[1], pz = z - a[2];
    const along = px * ax + py * ay + pz * az;
    const rest = along - length2;
    const qx = px * length2 - ax * along, qy = py * length2 - ay * along, qz = pz * length2 - az * along;
    const x2 = qx * qx + qy * qy + qz * qz;
    const y2 = along * along * length2;
    const z2 = rest * rest * length2;
    const k = Math.sign(dr) * dr * dr * x2;
    if (Math.sign(rest) * a2 * z2 > k) return Math.sqrt(x2 + z2) * inverse - rb;
    if (Math.sign(along) * a2 * y2 < k) return Math.sqrt(x2 + y2) * inverse - ra;
    return (Math.sqrt(x2 * a2 * inverse) + along * dr) * inverse - ra;
  };
}

/** An ellipsoid; near its surface a distance to first order. */
export function ellipsoid(centre, radii) {
  return (x, y, z) => {
    const u = (x - centre[0]) / radii[0], v = (y - centre[1]) / radii[1], w = (z - centre[2]) / radii[2];
    const inner = Math.hypot(u, v, w);
    const outer = Math.hypot(u / radii[0], v / radii[1], w / radii[2]);
    return outer < 1e-9 ? -Math.min(...radii) : inner * (inner - 1) / outer;
  };
}

/** An ellipse along x whose half axes (y, z) come from `halfAxes(x)`. */
export function ellipticCylinder(halfAxes) {
  return (x, y, z) => {
    const [a, b] = halfAxes(x);
    const inner = Math.hypot(y / a, z / b);
    const outer = Math.hypot(y / (a * a), z / (b * b));
    return outer < 1e-9 ? -Math.min(a, b) : inner * (inner - 1) / outer;
  };
}

/** The lesser of two distances, rounded over `width` m where they meet. */
export function smoothMin(a, b, width) {
  const h = Math.max(width - Math.abs(a - b), 0) / width;
  return Math.min(a, b) - h * h * h * width / 6;
}

/** Several fields melted into one. */
export function melt(fields, width) {
  return (x, y, z) => {
    let d = fields[0](x, y, z);
    for (let i = 1; i < fields.length; i++) d = smoothMin(d, fields[i](x, y, z), width);
    return d;
  };
}

/** Unit gradient of a field, the outward normal, from the corners of a tetrahedron. */
export function normalOf(field, x, y, z, step = 2e-4) {
  const a = field(x + step, y - step, z - step), b = field(x - step, y - step, z + step);
  const c = field(x - step, y + step, z - step), d = field(x + step, y + step, z + step);
  const n = [a - b - c + d, c + d - a - b, b + d - a - c];
  const length = Math.hypot(...n) || 1;
  return n.map((value) => value / length);
}
