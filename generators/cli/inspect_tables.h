// SPDX-License-Identifier: Apache-2.0
/// What `wristsim inspect` prints: a shard, its recordings, one recording.
#pragma once

#include "generators/dataset_read.h"

namespace wrist::cli {

/// Identity, streams and classes of a shard.
std::string summary_text(const ShardSummary& summary);

/// One line per recording, at most `most`: who, with what, and how the watch moved.
std::string sequence_table(const Shard& shard, std::size_t most);

/// One line of numbers of a recording.
struct Trace {
  std::string name, unit;
  Series values;
  double lowest = 0, highest = 0, mean = 0, rms = 0;  // unit; rms about the mean
};
/// Every axis of accelerometer and gyroscope, every light path, and the strap.
std::vector<Trace> read_traces(const Shard& shard, std::int64_t sequence);

std::string sequence_head(const Shard& shard, std::int64_t sequence);
std::string trace_table(const std::vector<Trace>& traces);
/// At most `most` events, beats left out.
std::string event_table(const Shard& shard, std::int64_t sequence, std::size_t most);

}  // namespace wrist::cli
