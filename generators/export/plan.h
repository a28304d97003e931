// SPDX-License-Identifier: Apache-2.0
/// What an export will hold, known before a signal is read: from the tables of all shards.
///
///   shards -> names joined (ids differ from shard to shard) + counts + the one device profile
#pragma once

#include <filesystem>

#include "generators/dataset_vocabulary.h"
#include "generators/export/selection.h"

namespace wrist::exports {

/// What the windows of all shards must agree in to stand in one array.
struct Profile {
  std::string watch, gravity_convention, frames;
  double rate_hz = 0, optical_rate_hz = 0;        // nominal
  double accel_scale = 1, gyro_scale = 1;         // m/s2 and rad/s per count
  std::int64_t imu_length = 0;                    // samples of a window
  std::int64_t optical_length = 0, channels = 0;  // 0 where there is no optical sensor
  double window_s = 0, hop_s = 0;
  std::vector<std::string> channel_names;  // of the light paths
  std::vector<double> wavelength_nm;
  std::vector<double> p_CI_m;  // of the chip in the case
  double angle_CI_rad = 0;     // of the chip about the screen normal
};

struct Plan {
  std::vector<std::filesystem::path> files;
  Filter filter;
  Vocabulary classes{"classes", {}}, subjects{"subjects", {}};
  Profile profile;                     // of windows alone
  std::filesystem::path profile_file;  // the first shard with windows that were chosen
  Attributes source;                   // title, license, recipe_sha256, ... of the first shard
  Counts counts;                       // of windows, or of recordings
};

/// Throws Error(usage) if the filter names what is not there or nothing is left, Error(bad_data) if
/// a shard is broken or two shards are of different devices: the text names both.
Plan plan_windows(const std::filesystem::path& path, const Filter& filter);
/// Recordings may be of any devices.
Plan plan_recordings(const std::filesystem::path& path, const Filter& filter);

/// The fill of a dataset of counts: what it holds where a sample was lost. Every shard with losses
/// says so by _FillValue, which is the lowest of the type.
inline constexpr std::int16_t kImuFill = std::numeric_limits<std::int16_t>::min();
inline constexpr std::int32_t kOpticalFill = std::numeric_limits<std::int32_t>::min();

}  // namespace wrist::exports
