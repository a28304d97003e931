// SPDX-License-Identifier: Apache-2.0
/// Elementary functions from + - x / and sqrt alone: the same bits on every CPU and compiler, where
/// libm's change with the CPU. Branch-free, so that loops over them vectorise.
///
/// Polynomials: truncated Taylor and atanh series over a reduced range, degree chosen for < 1e-15
/// relative error (log: 2 atanh((m-1)/(m+1)); sin, cos: Cody and Waite reduction in two parts).
#pragma once

#include <bit>
#include <cstdint>

namespace wrist::portable {

/// Natural logarithm. x: positive, finite, normal.
inline double log(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  // Mantissa into [sqrt(1/2), sqrt(2)): subtract the bits of sqrt(1/2) and read the exponent off.
  const std::uint64_t shifted = bits - 0x3FE6A09E667F3BCDull;
  const std::int32_t exponent = static_cast<std::int32_t>(static_cast<std::int64_t>(shifted) >> 52);
  const double m = std::bit_cast<double>(bits - (shifted & 0xFFF0000000000000ull));
  const double s = (m - 1) / (m + 1), z = s * s;
  const double series =
      1 + z * (1. / 3 + z * (1. / 5 + z * (1. / 7 + z * (1. / 9 + z * (1. / 11 + z * (1. / 13 +
      z * (1. / 15 + z * (1. / 17 + z * (1. / 19 + z * (1. / 21))))))))));
  return static_cast<double>(exponent) * 0.6931471805599453 + 2 * s * series;
}

namespace detail {
// sin and cos for |r| <= pi/4.
inline double sin_kernel(double r) {
  const double z = r * r;
  return r * (1 + z * (-1. / 6 + z * (1. / 120 + z * (-1. / 5040 + z * (1. / 362880 +
         z * (-1. / 39916800 + z * (1. / 6227020800. + z * (-1. / 1307674368000.))))))));
}
inline double cos_kernel(double r) {
  const double z = r * r;
  return 1 + z * (-1. / 2 + z * (1. / 24 + z * (-1. / 720 + z * (1. / 40320 + z * (-1. / 3628800 +
         z * (1. / 479001600. + z * (-1. / 87178291200. + z * (1. / 20922789888000.))))))));
}
}  // namespace detail

struct SinCos {
  double sin, cos;
};

/// Sine and cosine. |x| up to about 1e5; absolute error < 1e-15 + 1e-16 |x|.
inline SinCos sincos(double x) {
  constexpr double kTwoOverPi = 0.6366197723675814;
  constexpr double kHalfPiHigh = 1.5707963267341256;   // first 33 bits of pi/2
  constexpr double kHalfPiLow = 6.077100506506192e-11;  // the rest
  constexpr double kRound = 6755399441055744.0;         // 1.5 * 2^52: adding it rounds to an integer
  const double shifted = x * kTwoOverPi + kRound;
  const double n = shifted - kRound;
  const std::uint64_t quadrant = std::bit_cast<std::uint64_t>(shifted);
  const double r = (x - n * kHalfPiHigh) - n * kHalfPiLow;
  const double s = detail::sin_kernel(r), c = detail::cos_kernel(r);
  const bool swap = (quadrant & 1) != 0;
  const double s1 = swap ? c : s, c1 = swap ? s : c;
  return {(quadrant & 2) != 0 ? -s1 : s1, ((quadrant + 1) & 2) != 0 ? -c1 : c1};
}
inline double sin(double x) { return sincos(x).sin; }
inline double cos(double x) { return sincos(x).cos; }

/// Exponential. x in [-700, 700]; relative error < 1e-15.
inline double exp(double x) {
  constexpr double kLog2e = 1.4426950408889634;
  constexpr double kLn2High = 0.6931471803691238, kLn2Low = 1.9082149292705877e-10;
  constexpr double kRound = 6755399441055744.0;
  const double shifted = x * kLog2e + kRound;
  const double n = shifted - kRound;
  const double r = (x - n * kLn2High) - n * kLn2Low;
  const double series =
      1 + r * (1 + r * (1. / 2 + r * (1. / 6 + r * (1. / 24 + r * (1. / 120 + r * (1. / 720 +
      r * (1. / 5040 + r * (1. / 40320 + r * (1. / 362880 + r * (1. / 3628800 + r * (1. / 39916800 +
      r * (1. / 479001600 + r * (1. / 6227020800.)))))))))))));
  const std::uint64_t scale = (std::bit_cast<std::uint64_t>(shifted) + 1023) << 52;
  return series * std::bit_cast<double>(scale);
}

}  // namespace wrist::portable
