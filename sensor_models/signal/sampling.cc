// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/sampling.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"

namespace wrist {
namespace {

// Rounding must not lose an instant that is the last sample, nor call it outside.
constexpr double kClockSlack = 1e-9;  // samples of the clock
constexpr double kFastSlack = 1e-6;   // samples of the fast series

double position_in(const TimeGrid& fast, const TimeGrid& clock, Index k) {
  return (clock.start_s - fast.start_s) * fast.rate_hz +
         static_cast<double>(k) * (fast.rate_hz / clock.rate_hz);
}

}  // namespace

CubicStencil cubic_stencil(double position, Index count) {
  const Index first = std::clamp<Index>(static_cast<Index>(position) - 1, 0, count - 4);
  const double u = position - static_cast<double>(first);
  const double u1 = u - 1, u2 = u - 2, u3 = u - 3;
  return {first, {-u1 * u2 * u3 / 6, u * u2 * u3 / 2, -u * u1 * u3 / 2, u * u1 * u2 / 6}};
}

TimeGrid clock_inside(const TimeGrid& fast, double rate_hz) {
  if (fast.count == 0) return {fast.start_s, rate_hz, 0};
  const double last = static_cast<double>(fast.count - 1) * (rate_hz / fast.rate_hz);
  return {fast.start_s, rate_hz, static_cast<Index>(last + kClockSlack) + 1};
}

Series interpolate(const TimeGrid& fast, const Series& x, const TimeGrid& clock) {
  const double first = position_in(fast, clock, 0);
  const double last = position_in(fast, clock, std::max<Index>(clock.count - 1, 0));
  require(fast.count >= 4 && x.size() == fast.count && first >= -kFastSlack &&
              last <= static_cast<double>(fast.count - 1) + kFastSlack,
          ErrorKind::internal, "interpolate: an instant lies outside the series");
  Series y(clock.count);
  for (Index k = 0; k < clock.count; ++k) {
    const CubicStencil s = cubic_stencil(position_in(fast, clock, k), fast.count);
    y[k] = s.weight[0] * x[s.first] + s.weight[1] * x[s.first + 1] + s.weight[2] * x[s.first + 2] +
           s.weight[3] * x[s.first + 3];
  }
  return y;
}

std::int32_t to_count(double value, double scale, std::int32_t low, std::int32_t high) {
  const double rounded = std::floor(value / scale + 0.5);
  return static_cast<std::int32_t>(
      std::clamp(rounded, static_cast<double>(low), static_cast<double>(high)));
}

Eigen::Array<std::int64_t, Eigen::Dynamic, 1> stamps_ns(const TimeGrid& clock) {
  Eigen::Array<std::int64_t, Eigen::Dynamic, 1> stamps(clock.count);
  for (Index k = 0; k < clock.count; ++k) stamps[k] = std::llround(clock.time(k) * 1e9);
  return stamps;
}

}  // namespace wrist
