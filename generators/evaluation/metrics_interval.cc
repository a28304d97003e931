// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_interval.h"

#include <array>
#include <cmath>
#include <limits>
#include <numeric>

#include "sim/base/error.h"

namespace wrist::evaluation {

// Table of t(0.975) to ten degrees of freedom, above it the expansion 26.7.5 of Abramowitz and
// Stegun 1964, better than 1e-3 there.
double student_t975(std::int64_t freedom) {
  constexpr std::array kTable = {12.7062, 4.3027, 3.1824, 2.7764, 2.5706,
                                 2.4469,  2.3646, 2.3060, 2.2622, 2.2281};
  constexpr double z = 1.959963984540054;  // of the normal distribution
  require(freedom > 0, ErrorKind::internal, "student_t975: at least one degree of freedom");
  if (freedom <= std::ssize(kTable)) return kTable[static_cast<std::size_t>(freedom - 1)];
  const double v = static_cast<double>(freedom), z3 = z * z * z, z5 = z3 * z * z, z7 = z5 * z * z;
  return z + (z3 + z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v) +
         (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v);
}

MeanInterval mean_interval(const std::vector<double>& values) {
  require(!values.empty(), ErrorKind::internal, "mean_interval: at least one value");
  MeanInterval m{std::ssize(values), 0, std::numeric_limits<double>::quiet_NaN()};
  const double n = static_cast<double>(m.episodes);
  m.mean = std::accumulate(values.begin(), values.end(), 0.) / n;
  if (m.episodes < 2) return m;
  double squares = 0;
  for (const double x : values) squares += (x - m.mean) * (x - m.mean);
  m.half_width = student_t975(m.episodes - 1) * std::sqrt(squares / (n - 1) / n);
  return m;
}

}  // namespace wrist::evaluation
