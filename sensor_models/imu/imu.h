// SPDX-License-Identifier: Apache-2.0
/// Inertial measurement unit: from the true motion of the chip to the counts a watch logs.
///
///   truth -> scale, misalignment -> + bias, drift, white noise -> clip -> low-pass
///   -> sample at the true rate -> quantise
///
/// Frames: I chip. Specific force is +g up at rest. Densities are one-sided (Allan N is density /
/// sqrt 2). The delay of the low-pass stays in the signal: a stamp is the instant the sample leaves
/// the sensor, group_delay_s after the motion it shows. Terms: IEEE Std 952-1997 annex C, IEEE Std
/// 2700.
#pragma once

#include <cstdint>
#include <string>

#include "sim/base/pose.h"
#include "sim/base/rng.h"

namespace wrist {

/// One triad of a product, as its datasheet describes it. Q is m/s2 or rad/s (gyroscope).
/// Zero means the effect is absent.
struct TriadSpec {
  double range = 0;              // Q; full scale is +-range
  int bits = 16;                 // two's complement; one count is range / 2^(bits - 1)
  double bandwidth_hz = 0;       // -3 dB of the low-pass in front of the output
  int filter_order = 2;          // Butterworth
  double noise_density = 0;      // Q/sqrt(Hz), one-sided
  double flicker = 0;            // Q; bias instability B: flat part of the Allan deviation / 0.664
  double random_walk = 0;        // Q/sqrt(s); Allan K
  double bias_sd = 0;            // Q; turn-on offset, drawn once per unit
  double scale_sd = 0;           // 1; per axis
  double cross_axis_sd = 0;      // 1; off-diagonals
};

struct ImuSpec {
  std::string name;
  double rate_hz = 100;          // nominal output rate
  double rate_error_sd = 0;      // 1; of the true output rate, drawn once per unit
  double rate_error_max = 0;     // 1; truncation
  double mount_error_sd = 0;     // rad; rotation of the package on its board
  TriadSpec accel, gyro;
};

/// One triad of a specimen.
struct TriadUnit {
  Eigen::Matrix3d gain = Eigen::Matrix3d::Identity();  // measured = gain * true + bias
  Eigen::Vector3d bias = Eigen::Vector3d::Zero();      // Q
};

struct ImuUnit {
  ImuSpec spec;
  double true_rate_hz = 100;
  TriadUnit accel, gyro;
};

/// What an ideal chip would feel, on one clock and faster than the sensor's own rate.
struct ImuTruth {
  TimeGrid time;                 // 3.2 kHz or more where taps matter
  Series3 specific_force_I;      // m/s2, N x 3
  Series3 w_WI_I;                // rad/s, N x 3
};

using Counts3 = Eigen::Array<std::int16_t, Eigen::Dynamic, 3, Eigen::RowMajor>;
using Flags = Eigen::Array<std::uint8_t, Eigen::Dynamic, 1>;
using Stamps = Eigen::Array<std::int64_t, Eigen::Dynamic, 1>;

inline constexpr std::uint8_t kFlagSaturated = 1;  // an axis stands at the end of its range,
                                                   // +-(2^(bits - 1) - 1); -32768 never occurs
inline constexpr std::uint8_t kFlagDropped = 2;    // the sample was lost (set by whoever knows)
inline constexpr std::uint8_t kFlagSlip = 4;       // the strap slides (set by whoever knows)

struct ImuRecord {
  Stamps time_ns;                // ns on the clock of the truth: when each sample truly was taken
  Counts3 accel, gyro;           // counts
  Flags flags;
  double accel_scale = 1;        // m/s2 per count
  double gyro_scale = 1;         // rad/s per count
  Series3 clean_accel;           // m/s2; truth through the same low-pass, no error and no noise
  Series3 clean_gyro;            // rad/s
};

/// Checks a spec: positive range and rates, bits 8..16, bandwidth above zero. Throws Error(usage).
void check(const ImuSpec& spec);

/// Draws a specimen: gain = (1 + scale) (1 + cross-axis) mount rotation, which accelerometer and
/// gyroscope share; bias truncated at 3 sd; true rate truncated at rate_error_max (0: at 3 sd).
ImuUnit build_imu(const ImuSpec& spec, const Rng& rng);

/// The instants of a unit's samples: from the first sample of `truth` on, as many as lie inside.
TimeGrid sample_grid(const ImuUnit& unit, const TimeGrid& truth);

/// By how much the low-pass delays slow motion, s; `rate_hz` is that of the truth.
double group_delay_s(const TriadSpec& spec, double rate_hz);

/// Reads `truth` from its first sample on. Throws Error(internal) if it is not finite, Error(usage)
/// if its rate is below eight times the output rate.
ImuRecord measure(const ImuUnit& unit, const ImuTruth& truth, const Rng& rng);

/// The chip's truth: `motion` of the case C, chip at X_CI.
ImuTruth imu_truth(const RigidSeries& motion, const Pose& X_CI);

}  // namespace wrist
