// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/pink.h"

#include <cmath>

#include "sensor_models/signal/noise.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

constexpr double kKnotRate = 4;  // Hz
constexpr int kStates = 6;
constexpr double kFastest = 0.318, kRatio = 3.1623;  // s, 1; 1 / (2 pi 0.5 Hz)

WRIST_SIMD_WIDE void place(double rate_hz, Index count, std::int32_t* __restrict knot,
                           double* __restrict share) {
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(count); ++i) {
    const double position = static_cast<double>(i) * kKnotRate / rate_hz;
    knot[i] = static_cast<std::int32_t>(position);
    share[i] = position - static_cast<double>(knot[i]);
  }
}

WRIST_SIMD_WIDE void read(const double* __restrict knots, const std::int32_t* __restrict knot,
                          const double* __restrict share, Index count, double* __restrict pink) {
  for (Index i = 0; i < count; ++i) {
    const double* here = knots + knot[i];
    pink[i] = here[0] + share[i] * (here[1] - here[0]);
  }
}

}  // namespace

PinkClock pink_clock(const TimeGrid& time) {
  PinkClock clock{time.rate_hz, {}, Series(time.count)};
  clock.knot.resize(time.count);
  place(time.rate_hz, time.count, clock.knot.data(), clock.share.data());
  return clock;
}

Series pink_knots(double sd, const PinkClock& clock, const Rng& rng) {
  const double samples = static_cast<double>(clock.share.size());
  const Index knots = static_cast<Index>(samples * kKnotRate / clock.rate_hz) + 2;
  if (sd == 0) return Series::Zero(knots);
  std::vector<GaussMarkov> states;
  double correlation_time = kFastest;
  for (int k = 0; k < kStates; ++k, correlation_time *= kRatio)
    states.push_back({sd / std::sqrt(static_cast<double>(kStates)), correlation_time});
  return gauss_markov_sum(states, kKnotRate, knots, rng);
}

void read_pink(const Series& knots, const PinkClock& clock, Index first, Index count,
               double* pink) {
  read(knots.data(), clock.knot.data() + first, clock.share.data() + first, count, pink);
}

}  // namespace wrist
