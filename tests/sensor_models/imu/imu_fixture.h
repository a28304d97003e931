// SPDX-License-Identifier: Apache-2.0
/// Sensors and motions the tests of the inertial sensor share.
#pragma once

#include "sensor_models/imu/imu.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist::testing {

/// 8 g and 2000 dps at 100 Hz; no error, no noise.
inline ImuSpec ideal_spec() {
  ImuSpec spec;
  spec.name = "ideal";
  spec.accel.range = 8 * kGravity;
  spec.accel.bandwidth_hz = 40.5;
  spec.gyro.range = 2000 * kDegree;
  spec.gyro.bandwidth_hz = 39.9;
  return spec;
}

/// The same with every effect on, of the size of a BMI270.
inline ImuSpec watch_spec() {
  ImuSpec spec = ideal_spec();
  spec.rate_error_sd = 0.007;
  spec.rate_error_max = 0.015;
  spec.mount_error_sd = 0.7 * kDegree;
  const double mg = 1e-3 * kGravity;
  spec.accel = {8 * kGravity, 16, 40.5, 2, 0.16 * mg, 0.04 * mg, 0.008 * mg, 20 * mg, 0.004, 0.005};
  spec.gyro = {2000 * kDegree, 16,    39.9, 2, 0.007 * kDegree, 6 * kDegree / 3600, 1e-4 * kDegree,
               0.5 * kDegree,  0.004, 0.002};
  return spec;
}

/// A specimen with every term that parts have, on a wrist that warms up.
inline ImuUnit full_unit(std::uint64_t seed) {
  ImuSpec spec = watch_spec();
  spec.rate_tempco_sd = 2e-4;
  spec.size_sd = 0.5e-3;
  for (TriadSpec* triad : {&spec.accel, &spec.gyro}) {
    triad->noise_spread = 0.1;
    triad->repeatability_sd = 0.25 * triad->bias_sd;
    triad->bias_tempco_sd = 0.01 * triad->bias_sd;
    triad->scale_tempco_sd = 1e-4;
    triad->temperature_lag = 0.08;
    triad->nonlinearity = 0.005;
  }
  spec.accel.rectification_sd = 1e-5;
  spec.accel.element_hz = 2500;
  spec.accel.element_q = 0.7;
  spec.gyro.g_sensitivity_sd = 0.03 * kDegree / kGravity;
  ImuUnit unit = build_imu(spec, Rng(seed));
  unit.warm_up = draw_warm_up(293.15, 20, Rng(seed) / "warm_up");
  return unit;
}

inline ImuTruth constant_truth(double duration_s, const Eigen::Vector3d& force,
                               const Eigen::Vector3d& rate, double rate_hz = 4000) {
  ImuTruth truth;
  truth.time = make_grid(duration_s, rate_hz);
  truth.specific_force_I = force.transpose().replicate(truth.time.count, 1).array();
  truth.w_WI_I = rate.transpose().replicate(truth.time.count, 1).array();
  return truth;
}

/// A watch lying face up.
inline ImuTruth still(double duration_s) {
  return constant_truth(duration_s, {0, 0, kGravity}, {0, 0, 0});
}

/// Swings of a few hertz on every axis, from portable sines: the same bits everywhere.
inline ImuTruth swing(double duration_s) {
  ImuTruth truth = still(duration_s);
  for (Index i = 0; i < truth.time.count; ++i)
    for (Index axis = 0; axis < 3; ++axis) {
      const double phase = 2 * kPi * truth.time.time(i) * (1 + 0.7 * static_cast<double>(axis));
      truth.specific_force_I(i, axis) += 6 * portable::sin(phase);
      truth.w_WI_I(i, axis) = 4 * portable::cos(1.3 * phase);
    }
  return truth;
}

inline Series3 accel_si(const ImuRecord& record) {
  return record.accel.cast<double>() * record.accel_scale;
}
inline Series3 gyro_si(const ImuRecord& record) {
  return record.gyro.cast<double>() * record.gyro_scale;
}

inline bool same_counts(const Counts3& a, const Counts3& b) {
  return a.rows() == b.rows() && (a == b).all();
}

}  // namespace wrist::testing
