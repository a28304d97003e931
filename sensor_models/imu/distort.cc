// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/distort.h"

#include <algorithm>
#include <bit>
#include <cstdint>

#include "sim/base/constants.h"

namespace wrist {

WRIST_SIMD void distort(const AxisBlock& axis, Ramp offset, Index from, Index to, double* lane) {
  const double g0 = axis.gain[0], g1 = axis.gain[1], g2 = axis.gain[2];
  const double *x = axis.truth[0], *y = axis.truth[1], *z = axis.truth[2];
  for (Index i = from; i < to; ++i) {
    const double drift = offset.start + offset.slope * static_cast<double>(i - from);
    const double noise = axis.white ? axis.white_sd * axis.white[i] : 0;
    const double v = g0 * x[i] + g1 * y[i] + g2 * z[i] + drift + noise;
    lane[i * kLanes] = std::min(std::max(v, -axis.limit), axis.limit);
  }
}

void copy_to_lane(const double* x, Index count, double* lane) {
  for (Index i = 0; i < count; ++i) lane[i * kLanes] = x[i];
}

WRIST_SIMD bool all_finite(const double* x, Index count) {
  constexpr std::uint64_t kExponent = 0x7FF0000000000000ull;
  bool finite = true;
  for (Index i = 0; i < count; ++i)
    finite &= (std::bit_cast<std::uint64_t>(x[i]) & kExponent) != kExponent;
  return finite;
}

}  // namespace wrist
