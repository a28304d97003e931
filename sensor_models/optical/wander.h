// SPDX-License-Identifier: Apache-2.0
/// Gains that drift: Ornstein-Uhlenbeck processes drawn at 10 Hz and smoothed, so that a slow state
/// puts no steps into a fast signal.
///
///   unit process at 10 Hz -> hold -> one-pole 80 ms -> one-pole 80 ms
#pragma once

#include "sim/base/rng.h"

namespace wrist {

/// After the first and after the second one-pole. Their difference is a band around 1 Hz.
struct Wander {
  Series once, twice;  // 1, N; variance near 1 where the process is slow
};

/// `time_s`: correlation time.
Wander wander(double time_s, const TimeGrid& time, const Rng& rng);

}  // namespace wrist
