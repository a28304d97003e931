// SPDX-License-Identifier: Apache-2.0
/// The inner loops of a triad, compiled for what the machine has. Arrays are contiguous per axis.
#pragma once

#include "sensor_models/signal/low_pass.h"

namespace wrist {

/// Most samples any of these takes at a time: they stay in the nearest cache.
inline constexpr Index kBlock = 512;

/// Drifts linearly: start + slope i.
struct Ramp {
  double start = 0, slope = 0;  // and per sample
};

/// One axis of a specimen, over one stretch.
struct AxisErrors {
  double gain[3] = {};
  double quadratic = 0, cubic = 0;  // 1/Q, 1/Q2
  double force_gain[3] = {};        // Q per m/s2
  Ramp scale;                       // 1; warmth
  Ramp offset;                      // Q
  double white_sd = 0;              // Q
  double limit = 0;                 // Q; of the analog side
};

/// What the axis is fed: value and force per axis, and unit normals or nullptr.
struct AxisInput {
  const double* value[3];  // Q
  const double* force[3];  // m/s2
  const double* white;
};

/// lane[i kLanes] = clip((1 + scale) gain . value, bent, + force_gain . force + offset + white).
void distort(const AxisErrors& axis, const AxisInput& in, Index count, double* lane);

/// lane[i kLanes] = x[i].
void copy_to_lane(const double* x, Index count, double* lane);

/// A point of a rigid body, and the motion of the body at its origin.
struct LeverArm {
  double r[3];             // m
  const double* w[3];      // rad/s
  const double* alpha[3];  // rad/s2
};

/// out[i] = force[i] + component `axis` of alpha x r + w x (w x r).
void add_lever(const LeverArm& arm, int axis, const double* force, Index count, double* out);

/// Looks at bits: a comparison would trap on a NaN.
bool all_finite(const double* x, Index count);

}  // namespace wrist
