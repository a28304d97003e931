// SPDX-License-Identifier: Apache-2.0
/// A recording of a real watch, read from a table of text that somebody's logger wrote.
///
///   CSV -> columns by name -> seconds, m/s2, rad/s -> stretches without gaps, a class per sample
///
/// What the file does not say is inferred from the physics, and said in `notes`.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/series.h"

namespace wrist {

struct RealRecording {
  /// Samples without a gap, taken as evenly spaced.
  struct Stretch {
    Series3 accel;              // N x 3, m/s2; specific force: +g up at rest
    Series3 gyro;               // N x 3, rad/s; no rows if the file has none
    std::vector<int> class_id;  // N; position in class_names, -1 for none
  };
  std::string file;  // its name, without folders
  double rate_hz = 0;
  std::vector<Stretch> stretches;
  std::vector<std::string> class_names;
  bool gyro_unit_assumed = false;  // rad/s, as nothing told the unit
  std::vector<std::string> notes;  // what was assumed, one sentence each
};

/// What the caller knows better than the file; empty or 0 leaves it to the file.
struct RealRecordingOptions {
  std::string class_name;  // of every sample, in place of a label column
  std::string accel_unit;  // "m/s2", "g" or "mg"
  std::string gyro_unit;   // "rad/s" or "deg/s"
  double rate_hz = 0;      // in place of a time column
};

/// Separators are , ; tab or |; the first line names the columns. Throws Error(io) if the file
/// cannot be read, Error(bad_data) naming file, line or column, what was expected and what was
/// found, and Error(usage) for an option that is not one.
RealRecording read_recording_csv(const std::filesystem::path& file,
                                 const RealRecordingOptions& options = {});

}  // namespace wrist
