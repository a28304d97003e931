// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/sample_clock.h"

#include <cmath>

namespace wrist {
namespace {

// Newton's method: a step of 1 us leaves less than 1e-17 s, for the rate changes by less than 1e-5
// of itself in a second. Two steps do for minutes, three for hours.
constexpr double kStop = 1e-6;  // s
constexpr int kMostSteps = 8;

}  // namespace

SampleClock sample_clock(const ImuUnit& unit, double start_s) {
  return {start_s, unit.true_rate_hz, unit.rate_tempco, unit.warm_up};
}

double elapsed(const SampleClock& c, Index k) {
  const double wanted = static_cast<double>(k) / c.rate_hz;
  if (c.tempco == 0) return wanted;
  double t = wanted, step = 1;
  for (int i = 0; i < kMostSteps && std::abs(step) > kStop; ++i) {
    step = (t + c.tempco * warmth_since(c.warm_up, t) - wanted) /
           (1 + c.tempco * warmth(c.warm_up, t));
    t -= step;
  }
  return t;
}

}  // namespace wrist
