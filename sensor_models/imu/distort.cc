// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/distort.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "sim/base/constants.h"

namespace wrist {
namespace {

bool any(const double* x) { return x[0] != 0 || x[1] != 0 || x[2] != 0; }

}  // namespace

WRIST_SIMD void distort(const AxisErrors& axis, const AxisInput& in, Index count, double* lane) {
  double v[kBlock];
  const double g0 = axis.gain[0], g1 = axis.gain[1], g2 = axis.gain[2];
  const double *x = in.value[0], *y = in.value[1], *z = in.value[2];
  for (Index i = 0; i < count; ++i) v[i] = g0 * x[i] + g1 * y[i] + g2 * z[i];
  if (axis.scale.start != 0 || axis.scale.slope != 0) {
    const double start = 1 + axis.scale.start, slope = axis.scale.slope;
    for (Index i = 0; i < count; ++i) v[i] *= start + slope * static_cast<double>(i);
  }
  if (axis.quadratic != 0 || axis.cubic != 0)
    for (Index i = 0; i < count; ++i) v[i] += v[i] * v[i] * (axis.quadratic + axis.cubic * v[i]);
  if (any(axis.force_gain)) {
    const double h0 = axis.force_gain[0], h1 = axis.force_gain[1], h2 = axis.force_gain[2];
    const double *fx = in.force[0], *fy = in.force[1], *fz = in.force[2];
    for (Index i = 0; i < count; ++i) v[i] += h0 * fx[i] + h1 * fy[i] + h2 * fz[i];
  }
  for (Index i = 0; i < count; ++i)
    v[i] += axis.offset.start + axis.offset.slope * static_cast<double>(i);
  if (in.white != nullptr)
    for (Index i = 0; i < count; ++i) v[i] += axis.white_sd * in.white[i];
  for (Index i = 0; i < count; ++i)
    lane[i * kLanes] = std::min(std::max(v[i], -axis.limit), axis.limit);
}

void copy_to_lane(const double* x, Index count, double* lane) {
  for (Index i = 0; i < count; ++i) lane[i * kLanes] = x[i];
}

WRIST_SIMD void add_lever(const LeverArm& arm, int axis, const double* force, Index count,
                          double* out) {
  // Component a of alpha x r + w (w . r) - r w^2, with (a, b, c) in cyclic order.
  const int b = (axis + 1) % 3, c = (axis + 2) % 3;
  const double ra = arm.r[axis], rb = arm.r[b], rc = arm.r[c];
  const double *wa = arm.w[axis], *wb = arm.w[b], *wc = arm.w[c];
  const double *alpha_b = arm.alpha[b], *alpha_c = arm.alpha[c];
  for (Index i = 0; i < count; ++i)
    out[i] = force[i] + (alpha_b[i] * rc - alpha_c[i] * rb) + wa[i] * (wb[i] * rb + wc[i] * rc) -
             ra * (wb[i] * wb[i] + wc[i] * wc[i]);
}

// An exponent of ones, and one more, runs over into the sign.
WRIST_SIMD bool all_finite(const double* x, Index count) {
  constexpr std::uint64_t kExponent = 0x7FF0000000000000ull, kOne = 0x0010000000000000ull;
  std::uint64_t over = 0;
  for (Index i = 0; i < count; ++i) over |= (std::bit_cast<std::uint64_t>(x[i]) & kExponent) + kOne;
  return over >> 63 == 0;
}

}  // namespace wrist
