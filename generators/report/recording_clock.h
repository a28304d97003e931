// SPDX-License-Identifier: Apache-2.0
/// What a logger's stamps say: their unit, the sampling rate, and where samples are missing.
///
/// Stamps tell when a sample was written, often in batches: within a stretch without gaps samples
/// are taken as evenly spaced, at the mean rate.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace wrist::report {

struct RecordingClock {
  double rate_hz = 0;
  struct Piece {
    std::size_t first = 0, count = 0;  // rows
  };
  std::vector<Piece> pieces;
  std::vector<std::string> notes;
};

/// `stamps` as written, two or more, with the line of each; `unit`: "s", "ms", "us", "ns", or empty
/// to tell it from the steps, for watches sample at 4 to 2500 Hz. Throws Error(bad_data) naming
/// file and line if time goes back, stands still, or its unit cannot be told.
RecordingClock read_clock(const std::filesystem::path& file, const std::vector<double>& stamps,
                          const std::vector<std::int64_t>& lines, const std::string& unit);

}  // namespace wrist::report
