// SPDX-License-Identifier: Apache-2.0
/// What a sensor read while nothing moved: the longest run of a recording without a gap and without
/// a disturbance.
///
///   CSV or shard -> samples in SI -> seconds that stand out -> longest run without ->
///   RestRecording
///
/// What was inferred, left out or found wrong is said in `notes`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/report/real_recording.h"

namespace wrist::report {

struct RestRecording {
  std::string source;  // where it is from, for people
  double rate_hz = 0;  // mean
  Series3 accel;       // N x 3, m/s2
  Series3 gyro;        // N x 3, rad/s; no rows if there is none
  bool at_rest = true;
  std::vector<std::string> notes;  // one sentence each
};

/// A CSV as read_recording_csv understands it. The unit of a gyroscope that does not turn is told
/// from how much it rushes. Throws as that does.
RestRecording read_rest_csv(const std::filesystem::path& file, const RealRecordingOptions& options);

/// One recording of a shard, or of a folder of them counted over all. Where the truth is known,
/// what the sensor makes of it is taken off, so that a wrist that is not still does not matter.
/// Throws Error(usage) if there is no such sequence, Error(bad_data) if it holds no inertial
/// samples.
RestRecording read_rest_shard(const std::filesystem::path& path, std::int64_t sequence);

/// Cuts the recording to its longest run of seconds in which no axis is louder than usual or jumps,
/// and says so; at_rest is false if most of it is too loud for a sensor that lies still.
void keep_rest(RestRecording& recording);

}  // namespace wrist::report
