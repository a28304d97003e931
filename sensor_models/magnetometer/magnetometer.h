// SPDX-License-Identifier: Apache-2.0
/// Magnetometer: from the earth's field and the attitude of the watch to counts.
///
///   B_W -> R_IW B_W -> soft iron, mount, scale -> + hard iron, white noise -> round -> clip
///
/// Frames: W world, z up; I chip. The field is that of open country, the same everywhere; a sample
/// is an instant, for a part averages over milliseconds. Densities are one-sided. Model of iron:
/// Gebre-Egziabher et al. 2006, J. Aerosp. Eng. 19(2), 87 (from memory).
#pragma once

#include <string>

#include "sensor_models/imu/imu.h"
#include "sim/base/pose.h"
#include "sim/base/rng.h"

namespace wrist {

/// The earth's field where the recording is made.
struct EarthField {
  double magnitude = 50e-6;  // T; 25 to 65 uT over the earth
  double inclination = 0;    // rad; below the horizon
  double declination = 0;    // rad; of magnetic north, east of true north
  double north = 0;          // rad; of true north from x of W, anticlockwise seen from above
};

/// T, in W.
Eigen::Vector3d field_W(const EarthField& earth);

/// A product. Zero means the effect is absent.
struct MagnetometerSpec {
  std::string name;
  double rate_hz = 50;        // nominal
  double rate_error_sd = 0;   // 1; of the true output rate, drawn once per unit
  double rate_error_max = 0;  // 1; truncation (0: at 3 sd)
  double range = 0;           // T; full scale is +-range
  int most_counts = 32752;    // at full scale
  double noise_density = 0;   // T/sqrt(Hz), one-sided
  double scale_sd = 0;        // 1; per axis
  double cross_axis_sd = 0;   // 1; off-diagonals
  double mount_error_sd = 0;  // rad; rotation of the package on its board, per axis
  double hard_iron_sd = 0;    // T; per axis: magnets and steel of the watch
  double soft_iron_sd = 0;    // 1; entries of the symmetric matrix: iron that bends the field
};

struct MagnetometerUnit {
  MagnetometerSpec spec;
  double true_rate_hz = 50;
  Eigen::Matrix3d gain = Eigen::Matrix3d::Identity();   // measured = gain * true + hard_iron
  Eigen::Vector3d hard_iron = Eigen::Vector3d::Zero();  // T
};

/// The field at the chip at the instants of the samples.
struct MagnetometerTruth {
  TimeGrid time;
  Series3 field_I;  // T, N x 3
};

inline constexpr std::uint8_t kMagnetometerSaturated = 1;  // an axis stands at the end of its range

struct MagnetometerRecord {
  Stamps time_ns;       // ns, N; when each sample truly was taken
  Counts3 counts;       // N x 3; -32768 never occurs
  Flags flags;          // N
  double scale = 1;     // T per count
  Series3 clean_field;  // T, N x 3; no iron, no error, no noise
};

/// Throws Error(usage) that names the field, what was expected and what was found.
void check(const MagnetometerSpec& spec);

/// Draws a specimen: gain = (1 + scale) (1 + cross-axis) mount (1 + soft iron); all truncated at
/// 3 sd.
MagnetometerUnit build_magnetometer(const MagnetometerSpec& spec, const Rng& rng);

/// The instants of a unit's samples inside `truth`, from its first sample on.
TimeGrid sample_grid(const MagnetometerUnit& unit, const TimeGrid& truth);

/// `motion` of the case C; R_CI: of the chip in it.
MagnetometerTruth field_truth(const RigidSeries& motion, const Eigen::Quaterniond& R_CI,
                              const Eigen::Vector3d& field_W, const TimeGrid& at);

/// Throws Error(internal) if the truth is not finite or does not fit its grid.
MagnetometerRecord measure(const MagnetometerUnit& unit, const MagnetometerTruth& truth,
                           const Rng& rng);

}  // namespace wrist
