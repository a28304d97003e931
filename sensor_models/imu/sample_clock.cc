// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/sample_clock.h"

namespace wrist {
namespace {

// Newton's method squares an error below 1 % of the elapsed time, times the drift of the rate over
// it: after three steps nothing is left of an hour.
constexpr int kSteps = 4;

}  // namespace

SampleClock sample_clock(const ImuUnit& unit, double start_s) {
  return {start_s, unit.true_rate_hz, unit.rate_tempco, unit.warm_up};
}

double elapsed(const SampleClock& c, Index k) {
  const double wanted = static_cast<double>(k) / c.rate_hz;
  if (c.tempco == 0) return wanted;
  double t = wanted;
  for (int step = 0; step < kSteps; ++step)
    t -= (t + c.tempco * warmth_since(c.warm_up, t) - wanted) /
         (1 + c.tempco * warmth(c.warm_up, t));
  return t;
}

}  // namespace wrist
