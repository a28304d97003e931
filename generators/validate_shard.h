// SPDX-License-Identifier: Apache-2.0
/// The checks of one shard; each adds what it finds to a list, with the shard's name.
#pragma once

#include "generators/dataset_read.h"
#include "generators/validate.h"

namespace wrist {

/// Adds to a list with the name of the shard before it.
class ShardProblems {
 public:
  ShardProblems(Problems& all, std::string shard) : all_(all), shard_(std::move(shard)) {}
  void add(const std::string& text) { all_.add(shard_ + ": " + text); }
  /// Adds `text` unless `condition` holds.
  void expect(bool condition, const std::string& text) {
    if (!condition) add(text);
  }

 private:
  Problems& all_;
  std::string shard_;
};

/// Recordings lie end to end in every stream, truth beside them; windows, splits and events lie in
/// their recordings.
void check_tables(const Shard& shard, ShardProblems& problems);

/// Finite numbers, counts within the converter's range, fill values only where flags say dropped,
/// unit quaternions, clocks that never fall back and end with their recording.
void check_values(const Shard& shard, ShardProblems& problems);

/// Samples against events, windows against samples.
void check_labels(const Shard& shard, ShardProblems& problems);

}  // namespace wrist
