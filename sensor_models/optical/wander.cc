// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/wander.h"

#include "sensor_models/signal/noise.h"
#include "sim/base/portable_math.h"

namespace wrist {

Wander wander(double time_s, const TimeGrid& time, const Rng& rng) {
  constexpr double kDrawRate = 10;        // Hz
  constexpr double kSmoothingTime = 0.08;  // s
  const double per_sample = kDrawRate / time.rate_hz;
  const Index draws = static_cast<Index>(static_cast<double>(time.count) * per_sample) + 1;
  const Series target = gauss_markov({1, time_s}, kDrawRate, draws, rng);
  const double step = 1 - portable::exp(-1 / (time.rate_hz * kSmoothingTime));
  Wander w{Series(time.count), Series(time.count)};
  double once = target[0], twice = target[0];
  for (Index i = 0; i < time.count; ++i) {
    once += step * (target[static_cast<Index>(static_cast<double>(i) * per_sample)] - once);
    twice += step * (once - twice);
    w.once[i] = once;
    w.twice[i] = twice;
  }
  return w;
}

}  // namespace wrist
