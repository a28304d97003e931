// SPDX-License-Identifier: Apache-2.0
/// Overlapped Allan deviation of a sampled rate or acceleration.
///
///   values -> integrate -> second differences over m samples -> root mean square
///
/// Slope -1/2 is white noise, 0 flicker, +1/2 a random walk. Source: IEEE Std 952-1997 annex C.
#pragma once

#include <vector>

#include "sim/base/series.h"

namespace wrist {

struct AllanPoint {
  double tau_s = 0;
  double deviation = 0;  // Q
};

/// Averaging times of one sample and its doublings, up to 1/9 of the record.
std::vector<double> allan_times(Index count, double rate_hz);

/// The deviation at each averaging time, rounded to whole samples. Throws Error(usage) for a time
/// below one sample or above one half of the record.
std::vector<AllanPoint> allan_deviation(const Series& values, double rate_hz,
                                        const std::vector<double>& taus);

}  // namespace wrist
