// SPDX-License-Identifier: Apache-2.0
/// Exponentials over blocks of samples whose arguments hardly ever leave -1 to 1.
///
///   all within 1? -> short polynomial : portable::exp, clipped
///
/// Polynomials: truncated Taylor series of x / 8 and x / 4, squared back.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>

#include "sim/base/portable_math.h"

namespace wrist {

inline constexpr double kLargestExponent = 50;

/// Exponential of |x| <= 1 within 1e-13: exp(x / 8)^8. A third of the work of the whole range.
[[gnu::always_inline]] inline double exp_near(double x) {
  const double r = x / 8;
  const double s =
      1 +
      r * (1 +
           r * (1. / 2 +
                r * (1. / 6 +
                     r * (1. / 24 +
                          r * (1. / 120 + r * (1. / 720 + r * (1. / 5040 + r * (1. / 40320))))))));
  const double s2 = s * s, s4 = s2 * s2;
  return s4 * s4;
}

/// exp(x) - 1 of |x| <= 1 within 1e-8 of itself: enough for a part, which is recorded as float.
[[gnu::always_inline]] inline double expm1_near(double x) {
  const double r = x / 4;
  const double p =
      r *
      (1 + r * (1. / 2 +
                r * (1. / 6 + r * (1. / 24 + r * (1. / 120 + r * (1. / 720 + r * (1. / 5040)))))));
  const double p2 = p * (p + 2);
  return p2 * (p2 + 2);
}

/// Of any x, held within +-kLargestExponent.
inline double exp_clipped(double x) {
  return portable::exp(std::clamp(x, -kLargestExponent, kLargestExponent));
}

/// Negative if |x| > 1. Those of a block go into one with `|`: a loop of integers vectorises.
[[gnu::always_inline]] inline std::int64_t beyond_near(double x) {
  constexpr std::int64_t kOne = 0x3FF0000000000000, kMagnitude = 0x7FFFFFFFFFFFFFFF;
  return kOne - (std::bit_cast<std::int64_t>(x) & kMagnitude);
}

}  // namespace wrist
