// SPDX-License-Identifier: Apache-2.0
/// Blocks of samples: one contiguous array per axis, and the clock they stand on.
#pragma once

#include <Eigen/Core>

namespace wrist {

using Eigen::Index;
using Series = Eigen::ArrayXd;                                   // N
using Series2 = Eigen::Array<double, Eigen::Dynamic, 2>;         // N x 2
using Series3 = Eigen::Array<double, Eigen::Dynamic, 3>;         // N x 3
using QuatSeries = Eigen::Array<double, Eigen::Dynamic, 4>;      // N x 4; w x y z, Hamilton, unit

/// Uniform clock: sample i is at start_s + i / rate_hz, never a running sum.
struct TimeGrid {
  double start_s = 0;
  double rate_hz = 1;
  Index count = 0;

  double time(Index i) const { return start_s + static_cast<double>(i) / rate_hz; }
  double end() const { return time(count - 1); }
};

/// The grid of `rate_hz` from 0 that covers `duration_s`: round(duration_s * rate_hz) samples.
inline TimeGrid make_grid(double duration_s, double rate_hz) {
  return {0, rate_hz, static_cast<Index>(duration_s * rate_hz + 0.5)};
}

}  // namespace wrist
