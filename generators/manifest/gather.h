// SPDX-License-Identifier: Apache-2.0
/// Reads the shards of a dataset one after the other into its record; memory does not grow with
/// them but for a line each.
///
///   shard -> sums, ranges, counts -> DatasetRecord
///         -> rows -> sequences.csv, events.csv
#pragma once

#include <functional>

#include "generators/dataset_read.h"
#include "generators/manifest/csv.h"
#include "generators/manifest/shard_set.h"

namespace wrist {

class Gatherer {
 public:
  /// The first shard says what the dataset is. Throws Error(io).
  Gatherer(const ShardSet& set, const Shard& first);

  /// Shards in the order of their numbers. Throws Error(bad_data) naming the shard if it is broken
  /// or of another dataset.
  void add(const Shard& shard);

  /// Writes classes.csv and closes the tables, which then wait for commit.
  DatasetRecord finish();
  void commit();

 private:
  void check_same(const Shard& shard, const Attributes& about) const;
  void add_sequences(const Shard& shard, DatasetRecord::ShardFile& file);
  void add_events(const Shard& shard);
  void add_labels(const Shard& shard);
  void add_statistics(const Shard& shard);
  void add_channel(const Shard& shard, const std::string& path);
  void write_classes();

  DatasetRecord record_;
  ShardTables first_;                       // names alone
  std::vector<std::string> subject_split_;  // by id of the subject
  std::string watch_;                       // of the shard being read
  std::int64_t row_ = 0;                    // of the next sequence over all shards
  CsvFile sequences_, events_, classes_;
};

}  // namespace wrist
