// SPDX-License-Identifier: Apache-2.0
/// Somebody's own trajectory as what an inertial sensor on it would log.
///
///   poses -> TrajectoryStream -> chip at lever and mount -> rows                     no watch
///                                                   `-> ImuStream of the watch -> rows
///
/// Block by block: files of any length in constant memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "motions/trajectory/trajectory.h"
#include "sensor_models/imu/imu_spec.h"

namespace wrist {

struct ImuFileSpec {
  std::filesystem::path poses, out;  // "-": standard input, standard output
  TrajectorySpec trajectory;
  Pose X_BI;                         // chip in the tracked body
  double rate_hz = 0;                // of the rows; 0: the watch's, else the poses'
  std::optional<ImuSpec> imu;        // of a watch; nothing: the exact signals
  bool noise = false;                // the errors of a specimen too, not only the low-pass
  std::uint64_t seed = 1;
};

struct ImuFileSummary {
  TrajectorySummary trajectory;
  std::string format;                // of the poses
  double pose_rate_hz = 0, rate_hz = 0;
  std::int64_t rows = 0;
};

/// Writes `out`, whole or not at all. `interrupted` is asked after every block. Throws Error(usage)
/// for a spec out of range, Error(bad_data) for malformed poses, Error(io), Error(interrupted).
ImuFileSummary write_imu_file(const ImuFileSpec& spec, const std::function<bool()>& interrupted);

/// "8.1 to 12.3 Hz": the -3 dB frequencies of a range of cutoffs.
std::string response_text(double low_hz, double high_hz);

/// One JSON object.
std::string to_json(const ImuFileSummary& summary);

}  // namespace wrist
