// SPDX-License-Identifier: Apache-2.0
/// The draws specs ask for: a normal that is cut, a value between two ends.
#pragma once

#include <array>
#include <cmath>

#include "sim/base/rng.h"

namespace wrist {

/// Beyond this many sd a part does not leave the factory.
inline constexpr double kFactoryLimit = 3;

/// Standard normal, drawn again until it lies within +-limit.
inline double truncated_normal(double limit, const Rng& rng) {
  double z = rng.normal();
  for (std::uint64_t attempt = 0; std::abs(z) > limit; ++attempt) z = (rng / attempt).normal();
  return z;
}

/// Normal of `sd`, within +-`most`; 0 there means 3 sd.
inline double bounded_normal(double sd, double most, const Rng& rng) {
  if (sd == 0) return 0;
  return sd * truncated_normal(most > 0 ? most / sd : kFactoryLimit, rng);
}

/// Uniform between the ends of `range`.
inline double between(const std::array<double, 2>& range, const Rng& rng) {
  return range[0] + (range[1] - range[0]) * rng.uniform();
}

}  // namespace wrist
