// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/sample_clock.h"

#include <cmath>

namespace wrist {
namespace {

// Newton's method: a step of 1 us leaves less than 1e-17 s, for the rate changes by less than 1e-5
// of itself in a second.
constexpr double kStop = 1e-6;  // s
constexpr int kMostSteps = 8;

}  // namespace

SampleClock sample_clock(const ImuUnit& unit, double start_s) {
  return {start_s, unit.true_rate_hz, unit.rate_tempco, unit.warm_up};
}

double elapsed(const SampleClock& c, Index k, double guess_s) {
  const double wanted = static_cast<double>(k) / c.rate_hz;
  if (c.tempco == 0) return wanted;
  double t = guess_s, step = 1;
  for (int i = 0; i < kMostSteps && std::abs(step) > kStop; ++i) {
    const Warmth w = warmth_and_sum(c.warm_up, t);
    step = (t + c.tempco * w.since - wanted) / (1 + c.tempco * w.now);
    t -= step;
  }
  return t;
}

}  // namespace wrist
