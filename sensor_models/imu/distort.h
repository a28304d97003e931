// SPDX-License-Identifier: Apache-2.0
/// The inner loops of a triad, compiled for what the machine has.
#pragma once

#include "sensor_models/signal/low_pass.h"

namespace wrist {

/// One axis over one block.
struct AxisBlock {
  const double* truth[3];  // Q; per axis
  const double* white;     // unit normals, or nullptr
  double gain[3];
  double white_sd;  // Q
  double limit;     // Q; analog clip
};

/// Offset that drifts linearly: start + slope * (i - from).
struct Ramp {
  double start, slope;  // Q, Q per sample
};

/// lane[i * kLanes] = clip(gain * truth + offset + white) for i in [from, to).
void distort(const AxisBlock& axis, Ramp offset, Index from, Index to, double* lane);

/// lane[i * kLanes] = x[i] for i in [0, count).
void copy_to_lane(const double* x, Index count, double* lane);

/// Looks at bits: a comparison would trap on a NaN.
bool all_finite(const double* x, Index count);

}  // namespace wrist
