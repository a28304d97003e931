// SPDX-License-Identifier: Apache-2.0
/// Inertial measurement unit: from the true motion of the chip to the counts a watch logs.
///
///   truth -> lever arms -> sense element -> scale, misalignment -> bend -> + bias, drift, g -> +
///   white
///   -> clip -> low-pass -> sample at the true rate -> quantise
///
/// Frames: I chip. Specific force is +g up at rest. Densities are one-sided (Allan N is density /
/// sqrt 2). The delay of the low-pass stays in the signal: a stamp is the instant the sample leaves
/// the sensor, group_delay_s after the motion it shows. Terms: IEEE Std 952-1997 annex C, IEEE Std
/// 2700.
#pragma once

#include <cstdint>

#include "sensor_models/imu/imu_spec.h"
#include "sensor_models/imu/warm_up.h"
#include "sim/base/pose.h"
#include "sim/base/rng.h"

namespace wrist {

/// One triad of a specimen.
struct TriadUnit {
  Eigen::Matrix3d gain = Eigen::Matrix3d::Identity();       // measured = gain * true + bias
  Eigen::Vector3d bias = Eigen::Vector3d::Zero();           // Q, at 25 degC
  Eigen::Vector3d noise_density = Eigen::Vector3d::Zero();  // Q/sqrt(Hz), one-sided
  Eigen::Vector3d bias_tempco = Eigen::Vector3d::Zero();    // Q/K
  Eigen::Vector3d scale_tempco = Eigen::Vector3d::Zero();   // 1/K
  Eigen::Vector3d quadratic = Eigen::Vector3d::Zero();      // 1/Q; measured += quadratic measured^2
  Eigen::Vector3d cubic = Eigen::Vector3d::Zero();          // 1/Q2
  Eigen::Vector3d rectification = Eigen::Vector3d::Zero();  // 1/Q
  Eigen::Matrix3d g_sensitivity = Eigen::Matrix3d::Zero();  // rad/s per m/s2
  Eigen::Matrix3d axis_at = Eigen::Matrix3d::Zero();        // m; row i: where axis i sits in I
};

struct ImuUnit {
  ImuSpec spec;
  double true_rate_hz = 100;  // at 25 degC
  TriadUnit accel, gyro;
  double rate_tempco = 0;  // 1/K
  WarmUp warm_up = {};     // of the session
};

/// What an ideal chip would feel, on one clock and faster than the sensor's own rate.
struct ImuTruth {
  TimeGrid time;             // 3.2 kHz or more where taps matter
  Series3 specific_force_I;  // m/s2, N x 3
  Series3 w_WI_I;            // rad/s, N x 3
  Series3 alpha_WI_I = {};   // rad/s2, N x 3; empty: taken from the differences of w_WI_I
};

using Counts3 = Eigen::Array<std::int16_t, Eigen::Dynamic, 3, Eigen::RowMajor>;
using Flags = Eigen::Array<std::uint8_t, Eigen::Dynamic, 1>;
using Stamps = Eigen::Array<std::int64_t, Eigen::Dynamic, 1>;

inline constexpr std::uint8_t kFlagSaturated = 1;  // an axis stands at the end of its range,
                                                   // +-(2^(bits - 1) - 1); -32768 never occurs
inline constexpr std::uint8_t kFlagDropped = 2;    // the sample was lost (set by whoever knows)
inline constexpr std::uint8_t kFlagSlip = 4;       // the strap slides (set by whoever knows)

struct ImuRecord {
  Stamps time_ns;       // ns on the clock of the truth: when each sample truly was taken
  Counts3 accel, gyro;  // counts
  Flags flags;
  double accel_scale = 1;  // m/s2 per count
  double gyro_scale = 1;   // rad/s per count
  Series3 clean_accel;     // m/s2; truth through the same low-pass, no error and no noise
  Series3 clean_gyro;      // rad/s
  Series time_s;           // the same instants as time_ns, not rounded
};

/// Draws a specimen: gain = (1 + scale) (1 + cross-axis) mount rotation, which accelerometer and
/// gyroscope share. Normal around zero, cut off at the datasheet's maximum or at three times the
/// typical; densities log-normal around the typical. The warm-up is the caller's to set.
ImuUnit build_imu(const ImuSpec& spec, const Rng& rng);

/// By how much the low-pass delays slow motion, s; `rate_hz` is that of the truth.
double group_delay_s(const TriadSpec& spec, double rate_hz);

/// Reads `truth` from its first sample on: one block of an ImuStream, to the end. Throws
/// Error(internal) if it is not finite, Error(usage) if its rate is below four times the output
/// rate.
ImuRecord measure(const ImuUnit& unit, const ImuTruth& truth, const Rng& rng);

/// The chip's truth: `motion` of the case C, chip at X_CI.
ImuTruth imu_truth(const RigidSeries& motion, const Pose& X_CI);

}  // namespace wrist
