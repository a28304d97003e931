// SPDX-License-Identifier: Apache-2.0
#include "sim/base/pose.h"

#include "sim/base/constants.h"
#include "sim/base/lane_math.h"

namespace wrist {
namespace {

using lane::Q;
using lane::V;

// Columns of N x 3 or N x 4 arrays as bare pointers, so that loops over rows vectorise.
struct In {
  const double *c0, *c1, *c2, *c3;
  V vector(Index i) const { return {c0[i], c1[i], c2[i]}; }
  Q rotation(Index i) const { return {c0[i], c1[i], c2[i], c3[i]}; }
};
template <typename Array>
In columns(const Array& a) {
  return {a.col(0).data(), a.col(1).data(), a.col(2).data(), a.col(a.cols() - 1).data()};
}
struct Out {
  double* __restrict c0, * __restrict c1, * __restrict c2, * __restrict c3;
  void put(Index i, V v) const { c0[i] = v.x, c1[i] = v.y, c2[i] = v.z; }
  void put(Index i, Q q) const { c0[i] = q.w, c1[i] = q.x, c2[i] = q.y, c3[i] = q.z; }
};
template <typename Array>
Out columns(Array& a) {
  return {a.col(0).data(), a.col(1).data(), a.col(2).data(), a.col(a.cols() - 1).data()};
}

WRIST_SIMD void shift_rotations(RigidSeries& moved, const RigidSeries& body, Q R_BP, V r) {
  const In R = columns(body.R_WB), p = columns(body.p_WB);
  const Out R_out = columns(moved.R_WB), p_out = columns(moved.p_WB);
  for (Index i = 0; i < body.time.count; ++i) {
    const Q R_WB = R.rotation(i);
    p_out.put(i, p.vector(i) + rotate(R_WB, r));
    R_out.put(i, R_WB * R_BP);
  }
}

WRIST_SIMD void shift_rates(RigidSeries& moved, const RigidSeries& body, Q R_BP, V r) {
  const Q R_PB = conjugate(R_BP);
  const In w_in = columns(body.w_WB_B), alpha_in = columns(body.alpha_WB_B);
  const In force_in = columns(body.specific_force_B);
  const Out w_out = columns(moved.w_WB_B), alpha_out = columns(moved.alpha_WB_B);
  const Out force_out = columns(moved.specific_force_B);
  for (Index i = 0; i < body.time.count; ++i) {
    const V w = w_in.vector(i), alpha = alpha_in.vector(i);
    w_out.put(i, rotate(R_PB, w));
    alpha_out.put(i, rotate(R_PB, alpha));
    force_out.put(i, rotate(R_PB, force_in.vector(i) + cross(alpha, r) + cross(w, cross(w, r))));
  }
}

}  // namespace

RigidSeries make_rigid_series(const TimeGrid& time) {
  const Index n = time.count;
  RigidSeries body{time,
                   QuatSeries::Zero(n, 4),
                   Series3::Zero(n, 3),
                   Series3::Zero(n, 3),
                   Series3::Zero(n, 3),
                   Series3::Zero(n, 3)};
  body.R_WB.col(0).setOnes();
  return body;
}

RigidSeries shift(const RigidSeries& body, const Pose& X_BP) {
  const Index n = body.time.count;
  RigidSeries moved{body.time,     QuatSeries(n, 4), Series3(n, 3),
                    Series3(n, 3), Series3(n, 3),    Series3(n, 3)};
  const lane::Q R_BP{X_BP.R.w(), X_BP.R.x(), X_BP.R.y(), X_BP.R.z()};
  shift_rotations(moved, body, R_BP, {X_BP.p.x(), X_BP.p.y(), X_BP.p.z()});
  shift_rates(moved, body, R_BP, {X_BP.p.x(), X_BP.p.y(), X_BP.p.z()});
  return moved;
}

}  // namespace wrist
