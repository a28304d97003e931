// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/spot.h"

#include "sensor_models/optical/near_exp.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

// What the kernel reads, from the first sample of a block.
struct Inputs {
  const double *along_x, *along_y, *squeeze, *lean, *double_cosh;
};

// A spot is not unloaded below nothing. 1; logarithm of its lean over the mean's.
[[gnu::always_inline]] inline double log_ratio(double more, double squeeze) {
  return (more < -squeeze ? -squeeze : more) / kPressureWidth;
}

// cosh(mean) / cosh(here), from their exponentials.
[[gnu::always_inline]] inline double perfusion_of(double here, double double_cosh) {
  return double_cosh * here / (here * here + 1);
}

// Negative if a ratio is too far for exp_near.
WRIST_SIMD_WIDE std::int64_t press_near(Lever at, Inputs in, Index count,
                                        SpotPressure& __restrict out) {
  std::int64_t beyond = 0;
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    const double more = in.along_x[i] * at.x + in.along_y[i] * at.y;
    const double ratio = log_ratio(more, in.squeeze[i]);
    beyond |= beyond_near(ratio);
    out.more[k] = more;
    out.perfusion[k] = perfusion_of(in.lean[i] * exp_near(ratio), in.double_cosh[i]);
  }
  return beyond;
}

void perfuse_far(const Inputs& in, Index count, SpotPressure& out) {
  for (Index i = 0; i < count; ++i) {
    const std::size_t k = static_cast<std::size_t>(i);
    const double ratio = exp_clipped(log_ratio(out.more[k], in.squeeze[i]));
    out.perfusion[k] = perfusion_of(in.lean[i] * ratio, in.double_cosh[i]);
  }
}

}  // namespace

const SpotPressure& even_pressure() {
  static const SpotPressure kEven = [] {
    SpotPressure even{};
    even.perfusion.fill(1);
    return even;
  }();
  return kEven;
}

void press_spot(Lever at, const BloodStates& s, Stretch stretch, SpotPressure& out) {
  const auto [first, count] = stretch;
  const Inputs in{s.pressure_slope.col(0).data() + first, s.pressure_slope.col(1).data() + first,
                  s.squeeze.data() + first, s.lean.data() + first, s.double_cosh.data() + first};
  if (press_near(at, in, count, out) < 0) perfuse_far(in, count, out);
}

}  // namespace wrist
