// SPDX-License-Identifier: Apache-2.0
/// The chosen windows of all shards, one after the other, as the counts that are stored.
///
///   Plan -> shard by shard, block by block -> Window -> the writer of a format
#pragma once

#include <functional>

#include "generators/export/plan.h"

namespace wrist::exports {

struct Window {
  std::int64_t number = 0;       // of this export, from 0
  Rows<std::int16_t> imu;        // T x 6; accel x y z, gyro x y z; kImuFill where lost
  Rows<std::int32_t> optical;    // Tp x C; kOpticalFill where lost
  int label = -1, subject = -1;  // positions in the names of the plan; -1 none
  std::int64_t sequence = 0;     // index of the recording in its recipe
  std::int64_t start_ns = 0;     // of its first sample, since the start of the recording
  double purity = 0;             // share of samples of its class
  std::string split;
};

/// Units of the six columns of Window::imu, and their names.
inline const std::vector<std::string> kImuColumns = {"accel_x", "accel_y", "accel_z",
                                                     "gyro_x",  "gyro_y",  "gyro_z"};
inline const std::vector<std::string> kImuUnits = {"m s-2",   "m s-2",   "m s-2",
                                                   "rad s-1", "rad s-1", "rad s-1"};

/// T x 6 in m/s2 and rad/s; NaN where lost.
Rows<float> to_si(const Window& window, const Profile& profile);

/// In the order of the shards and of their windows. `interrupted` is asked now and then. Throws
/// Error(bad_data) for a broken shard, Error(interrupted).
void for_each_window(const Plan& plan, const std::function<bool()>& interrupted,
                     const std::function<void(const Window&)>& work);

/// Rows of one dataset of T as stored, asked for mostly going forward; keeps the last block.
template <typename T>
class CountReader {
 public:
  CountReader(const Shard& shard, std::string path);
  /// count x columns. Throws as Shard::bytes.
  Rows<T> read(std::int64_t first, std::int64_t count);

 private:
  const Shard& shard_;
  std::string path_;
  std::int64_t rows_ = 0, first_ = 0;
  Rows<T> block_;
};

}  // namespace wrist::exports
