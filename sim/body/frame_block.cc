// SPDX-License-Identifier: Apache-2.0
#include "sim/body/frame_block.h"

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/lane_math.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

using lane::conjugate;
using lane::Q;
using lane::rotate;
using lane::V;

inline V get(const Lanes* a, Index i) { return {a[0][i], a[1][i], a[2][i]}; }
inline Q get_q(const Lanes* a, Index i) { return {a[0][i], a[1][i], a[2][i], a[3][i]}; }
inline void put(Lanes* a, Index i, V v) { a[0][i] = v.x, a[1][i] = v.y, a[2][i] = v.z; }
inline void put_q(Lanes* a, Index i, Q q) {
  a[0][i] = q.w, a[1][i] = q.x, a[2][i] = q.y, a[3][i] = q.z;
}

// Columns of a block of samples, as bare pointers.
struct Columns {
  const double* c[4];
};
Columns columns(const Eigen::ArrayXXd& samples, Index channel, Index count) {
  Columns out{};
  for (Index j = 0; j < count; ++j) out.c[j] = samples.col(channel + j).data();
  return out;
}
inline Q read_q(const Columns& s, Index i) { return {s.c[0][i], s.c[1][i], s.c[2][i], s.c[3][i]}; }
inline V read_v(const Columns& s, Index i) { return {s.c[0][i], s.c[1][i], s.c[2][i]}; }

// Source of the rates: quaternion_spline.h.
WRIST_SIMD void rotation_lanes(TurnBlock& __restrict turn, Columns u, Columns u1, Columns u2,
                               Index count) {
  for (Index i = 0; i < count; ++i) {
    const Q a = read_q(u, i), b = read_q(u1, i);
    const double scale = 1 / std::sqrt(a.w * a.w + a.x * a.x + a.y * a.y + a.z * a.z);
    const Q q{scale * a.w, scale * a.x, scale * a.y, scale * a.z};
    const double growth = scale * (q.w * b.w + q.x * b.x + q.y * b.y + q.z * b.z);
    const V w = (2 * scale) * vector_part(q, b);
    put_q(turn.R_PC, i, q);
    put(turn.w, i, w);
    put(turn.alpha, i, (2 * scale) * vector_part(q, read_q(u2, i)) + (-2 * growth) * w);
  }
}

WRIST_SIMD void hinge_lanes(TurnBlock& __restrict turn, Q zero, V axis, Columns q, Columns qd,
                            Columns qdd, Index count) {
  for (Index i = 0; i < count; ++i) {
    const portable::SinCos half = portable::sincos(q.c[0][i] / 2);
    put_q(turn.R_PC, i,
          zero * Q{half.cos, half.sin * axis.x, half.sin * axis.y, half.sin * axis.z});
    put(turn.w, i, qd.c[0][i] * axis);
    put(turn.alpha, i, qdd.c[0][i] * axis);
  }
}

WRIST_SIMD void root_lanes(FrameBlock& __restrict f, const TurnBlock& __restrict turn, Columns p,
                           Columns a, Index count) {
  for (Index i = 0; i < count; ++i) {
    const Q q = get_q(turn.R_PC, i);
    const V up = read_v(a, i) + V{0, 0, kGravity};
    put_q(f.R_WB, i, q);
    put(f.p_WB, i, read_v(p, i));
    put(f.w, i, get(turn.w, i));
    put(f.force, i, rotate(conjugate(q), up));
    put(f.alpha, i, get(turn.alpha, i));
  }
}

// Over all lanes: those past the end hold old numbers that nobody reads.
WRIST_SIMD void step_lanes(FrameBlock& __restrict f, const TurnBlock& __restrict turn, V r) {
  for (Index i = 0; i < kFrameLanes; ++i) {
    const Q R_WP = get_q(f.R_WB, i), R_PC = get_q(turn.R_PC, i);
    const Q R_CP = conjugate(R_PC);
    const V w = get(f.w, i), alpha = get(f.alpha, i), w_rel = get(turn.w, i);
    const V force = get(f.force, i) + cross(alpha, r) + cross(w, cross(w, r));
    const V w_P = rotate(R_CP, w);
    put(f.p_WB, i, get(f.p_WB, i) + rotate(R_WP, r));
    put_q(f.R_WB, i, R_WP * R_PC);
    put(f.w, i, w_P + w_rel);
    put(f.force, i, rotate(R_CP, force));
    put(f.alpha, i, rotate(R_CP, alpha) + get(turn.alpha, i) + cross(w_P, w_rel));
  }
}

}  // namespace

void load_rotation(TurnBlock& turn, const SplineSamples& s, Index channel) {
  rotation_lanes(turn, columns(s.value, channel, 4), columns(s.first, channel, 4),
                 columns(s.second, channel, 4), s.value.rows());
}

void load_hinge(TurnBlock& turn, const Eigen::Quaterniond& R_PJ, const Eigen::Vector3d& axis,
                const SplineSamples& s) {
  hinge_lanes(turn, {R_PJ.w(), R_PJ.x(), R_PJ.y(), R_PJ.z()}, {axis.x(), axis.y(), axis.z()},
              columns(s.value, 0, 1), columns(s.first, 0, 1), columns(s.second, 0, 1),
              s.value.rows());
}

void load_fixed(TurnBlock& turn, const Eigen::Quaterniond& R) {
  for (Index i = 0; i < kFrameLanes; ++i) {
    put_q(turn.R_PC, i, {R.w(), R.x(), R.y(), R.z()});
    put(turn.w, i, {0, 0, 0});
    put(turn.alpha, i, {0, 0, 0});
  }
}

void load_root(FrameBlock& frame, const TurnBlock& turn, const SplineSamples& s, Index channel) {
  root_lanes(frame, turn, columns(s.value, channel, 3), columns(s.second, channel, 3),
             s.value.rows());
}

void step_outward(FrameBlock& frame, const Eigen::Vector3d& r, const TurnBlock& turn) {
  step_lanes(frame, turn, {r.x(), r.y(), r.z()});
}

void store(const FrameBlock& frame, RigidSeries& motion, Index first, Index count) {
  const auto copy = [first, count](const Lanes* from, auto& to) {
    for (Index c = 0; c < to.cols(); ++c)
      to.col(c).segment(first, count) = Eigen::Map<const Series>(from[c], count);
  };
  copy(frame.R_WB, motion.R_WB);
  copy(frame.p_WB, motion.p_WB);
  copy(frame.w, motion.w_WB_B);
  copy(frame.alpha, motion.alpha_WB_B);
  copy(frame.force, motion.specific_force_B);
}

}  // namespace wrist
