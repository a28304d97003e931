// SPDX-License-Identifier: Apache-2.0
/// From a fast series to the counts of a converter with a clock of its own.
///
///   fast series -> 4-point cubic at the true instants -> round to counts -> clip
#pragma once

#include <array>
#include <cstdint>

#include "sim/base/series.h"

namespace wrist {

/// Lagrange interpolation: value = sum of weight[j] * x[first + j]. Exact for cubics, and for a
/// position that is a sample. Error below 0.1 % for signals under 1/16 of the rate.
struct CubicStencil {
  Index first = 0;
  std::array<double, 4> weight = {};
};

/// Stencil at `position`, in samples, of a series of `count` >= 4; one-sided near the ends.
CubicStencil cubic_stencil(double position, Index count);

/// The instants of a clock of `rate_hz` that starts with `fast` and lie inside it.
TimeGrid clock_inside(const TimeGrid& fast, double rate_hz);

/// `x` (fast.count) read at the instants of `clock`. Throws Error(internal) outside `fast`.
Series interpolate(const TimeGrid& fast, const Series& x, const TimeGrid& clock);

/// Rounds half up. `low` and `high` are the ends of the range.
std::int32_t to_count(double value, double scale, std::int32_t low, std::int32_t high);

/// Instants in ns: rounded from the index, never summed up.
Eigen::Array<std::int64_t, Eigen::Dynamic, 1> stamps_ns(const TimeGrid& clock);

}  // namespace wrist
