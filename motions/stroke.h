// SPDX-License-Identifier: Apache-2.0
/// Building blocks of parametric movement: strokes, rhythms and the restlessness of a living arm.
#pragma once

#include <vector>

#include "sim/base/rng.h"
#include "sim/base/series.h"

namespace wrist {

/// Minimum jerk from 0 to 1 over s in [0, 1]; held outside. Source: Flash and Hogan 1985.
double minimum_jerk(double s);

/// One stroke of a joint: by `amount` over [start_s, start_s + duration_s].
struct Stroke {
  double start_s = 0;
  double duration_s = 0;  // s, positive
  double amount = 0;      // Q
};

/// Sum of minimum-jerk strokes on a grid. Shape: N.
Series strokes(const TimeGrid& grid, const std::vector<Stroke>& list);

/// Gaussian noise of unit variance, band-limited to `cutoff_hz`, C4. Shape: N.
Series smooth_noise(const TimeGrid& grid, double cutoff_hz, const Rng& rng);

}  // namespace wrist
