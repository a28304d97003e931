// SPDX-License-Identifier: Apache-2.0
/// What the sensors do when nothing moves: the longest still stretch of each watch.
///
///   recordings -> seconds at rest -> longest run of them per device -> Allan deviation per axis
///
/// Where the truth is known, stillness is judged by it and it is taken off first: no person holds
/// an arm as still as a sensor is quiet, so that otherwise the curve would be the person's.
#pragma once

#include "generators/report/block_reader.h"
#include "generators/report/signal_figures.h"

namespace wrist::report {

/// A second counts as still if no axis of the acceleration has more than this standard deviation in
/// it, and the rms of the angular rate is below that [assumed: an arm that lies or hangs].
inline constexpr double kStillAccel = 0.15;      // m/s2
inline constexpr double kStillGyro = 0.05;       // rad/s
inline constexpr double kLeastStill = 5;         // s; of a stretch worth a curve
inline constexpr std::size_t kMostDevices = 12;  // with a curve: those still for longest

/// Rows of a stretch.
struct Stretch {
  std::int64_t first = 0, count = 0;
};

/// The longest run of still seconds. accel, gyro: N x 3.
Stretch longest_still(const Series3& accel, const Series3& gyro, double rate_hz);

class StillSurvey {
 public:
  /// Looks through every recording of a shard.
  void add(ShardSignals& signals, std::size_t shard);
  /// Reads what was found again. `shards`: as they were added.
  AllanFigure figure(const std::vector<std::filesystem::path>& shards) const;

 private:
  struct Found {
    std::size_t shard = 0;
    Stretch rows;
    double seconds = 0;
  };
  void add_recording(ShardSignals& signals, std::size_t shard, const ShardTables::Sequence& s);
  std::vector<std::pair<std::string, Found>> longest() const;

  std::map<std::string, Found> found_;  // by device
  bool truth_ = true;                   // every shard knows it
};

}  // namespace wrist::report
