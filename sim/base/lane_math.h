// SPDX-License-Identifier: Apache-2.0
/// Vectors and quaternions of one lane, for loops over many instants: plain structs of doubles that
/// compilers take apart, where Eigen's types keep a loop from vectorising.
#pragma once

namespace wrist::lane {

struct V {
  double x, y, z;
};
struct Q {
  double w, x, y, z;  // unit
};

inline V operator+(V a, V b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline V operator*(double s, V a) { return {s * a.x, s * a.y, s * a.z}; }
inline V cross(V a, V b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline Q operator*(Q a, Q b) {
  return {
      a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
      a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
}
inline Q conjugate(Q q) { return {q.w, -q.x, -q.y, -q.z}; }

/// The vector part of conj(a) b.
inline V vector_part(Q a, Q b) {
  return {a.w * b.x - a.x * b.w - a.y * b.z + a.z * b.y,
          a.w * b.y + a.x * b.z - a.y * b.w - a.z * b.x,
          a.w * b.z - a.x * b.y + a.y * b.x - a.z * b.w};
}

inline V rotate(Q q, V v) {
  const V u{q.x, q.y, q.z};
  const V t = 2 * cross(u, v);
  return v + q.w * t + cross(u, t);
}

}  // namespace wrist::lane
