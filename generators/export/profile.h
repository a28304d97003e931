// SPDX-License-Identifier: Apache-2.0
/// The device a shard was recorded with, as far as its windows depend on it.
#pragma once

#include "generators/dataset_read.h"

namespace wrist::exports {

/// The fill of a dataset of counts: what it holds where a sample was lost. Every shard with losses
/// says so by _FillValue, which is the lowest of the type.
inline constexpr std::int16_t kImuFill = std::numeric_limits<std::int16_t>::min();
inline constexpr std::int32_t kOpticalFill = std::numeric_limits<std::int32_t>::min();

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

/// Throws Error(bad_data), naming the shard, if it has no windows of six inertial counts.
Profile read_profile(const Shard& shard);

/// Throws Error(bad_data) that names both shards and what differs first.
void require_same(const Profile& first, const std::filesystem::path& first_file, const Profile& p,
                  const Shard& shard);

}  // namespace wrist::exports
