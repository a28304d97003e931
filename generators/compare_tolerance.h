// SPDX-License-Identifier: Apache-2.0
/// How far two datasets may be apart, channel by channel.
///
///   event_ms = 10
///   [channels."/imu/accel"]      # "/truth*" stands for every path that begins so
///   counts = 2                   # a difference up to this is none, in stored units,
///   share = 0.999                # for this share of the values of a recording
///   rms = 0.01                   # change of each column's rms, relative
///   bands = [[0.5, 20, 0.1]]     # Hz, Hz: change of each column's power in the band, relative
///   ignore = true                # or no look at it
///
/// The longest name that fits holds. A dataset that none fits must be equal, as labels are.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace wrist {

struct BandTolerance {
  double from_hz = 0, to_hz = 0;
  double relative = 0;  // 1; of the power
};

struct ChannelTolerance {
  double counts = 0;          // stored units
  double share = 1;           // 1; of the values within `counts`
  std::optional<double> rms;  // 1
  std::vector<BandTolerance> bands;
  bool ignore = false;
};

struct CompareTolerance {
  double event_s = 0;  // s; start and end of an event
  std::map<std::string, ChannelTolerance> channels;

  /// Of the dataset at `path`; null if it must be equal.
  const ChannelTolerance* find(const std::string& path) const;
};

/// Throws Error(usage) with file, line and key.
CompareTolerance read_tolerance(const std::filesystem::path& file);

}  // namespace wrist
