// SPDX-License-Identifier: Apache-2.0
/// Magnetometers and motions their tests share.
#pragma once

#include <gtest/gtest.h>

#include "sensor_models/magnetometer/magnetometer.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist::testing {

inline constexpr double kMicrotesla = 1e-6;  // T

inline MagnetometerSpec ideal_magnetometer() {
  MagnetometerSpec spec;
  spec.name = "ideal";
  spec.rate_hz = 50;
  spec.range = 4912 * kMicrotesla;
  return spec;
}

/// The same with every effect on.
inline MagnetometerSpec watch_magnetometer() {
  MagnetometerSpec spec = ideal_magnetometer();
  spec.rate_error_sd = 0.02, spec.rate_error_max = 0.05;
  spec.noise_density = 0.07 * kMicrotesla;
  spec.scale_sd = 0.02, spec.cross_axis_sd = 0.01, spec.mount_error_sd = 0.7 * kDegree;
  spec.hard_iron_sd = 20 * kMicrotesla, spec.soft_iron_sd = 0.02;
  return spec;
}

/// A case that turns at `rate` (rad/s) about z of W, from the axes of W on, 4 kHz.
inline RigidSeries turning(double rate, double duration_s) {
  RigidSeries motion = make_rigid_series(make_grid(duration_s, 4000));
  for (Index i = 0; i < motion.time.count; ++i) {
    const portable::SinCos half = portable::sincos(rate * motion.time.time(i) / 2);
    set_quaternion(motion.R_WB, i, {half.cos, 0, 0, half.sin});
  }
  return motion;
}

/// What a unit makes of a motion in a field given in W.
inline MagnetometerRecord record_of(const MagnetometerUnit& unit, const RigidSeries& motion,
                                    const Eigen::Vector3d& field, const Rng& rng) {
  return measure(
      unit,
      field_truth(motion, Eigen::Quaterniond::Identity(), field, sample_grid(unit, motion.time)),
      rng);
}

}  // namespace wrist::testing
