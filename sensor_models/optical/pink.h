// SPDX-License-Identifier: Apache-2.0
/// 1/f noise of a converter below 0.5 Hz: drawn at 4 Hz, linear in between.
///
///   Gauss-Markov states half a decade apart, of equal variance -> sum -> knots -> samples
#pragma once

#include <cstdint>

#include "sim/base/rng.h"

namespace wrist {

/// Where samples stand between the knots: the same for all channels. N each.
struct PinkClock {
  double rate_hz = 0;  // of the samples
  Eigen::Array<std::int32_t, Eigen::Dynamic, 1> knot;
  Series share;  // 1; of the way to the next knot
};

PinkClock pink_clock(const TimeGrid& time);

/// For all samples of `clock`.
Series pink_knots(double sd, const PinkClock& clock, const Rng& rng);

/// The noise of `count` samples from `first`.
void read_pink(const Series& knots, const PinkClock& clock, Index first, Index count, double* pink);

}  // namespace wrist
