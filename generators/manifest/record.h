// SPDX-License-Identifier: Apache-2.0
/// What a whole dataset is: the one record that manifest, Croissant file and card are written from.
///
///   shards -> gather -> DatasetRecord -> manifest.json, croissant.json, README.md; *.csv on the
///   way
#pragma once

#include <string>
#include <vector>

#include "generators/dataset.h"

namespace wrist {

/// One line of a breakdown.
struct Tally {
  std::string name;
  std::int64_t sequences = 0, events = 0;
  double seconds = 0;  // s; of the sequences
};

/// One column of a channel, in its units. Missing samples (fill values) count apart.
struct ColumnStatistics {
  std::int64_t count = 0, missing = 0;
  double mean = 0, sum_of_squares = 0;  // of the deviations from the mean
  double least = 0, most = 0;
  double deviation() const;                             // standard, of the population; 0 of nothing
  void add(const double* values, std::int64_t number);  // NaN: missing
};

struct ChannelStatistics {
  std::string watch, path, units;  // watches differ in scale and light paths
  std::vector<ColumnStatistics> columns;
};

struct DatasetRecord {
  std::int64_t schema_version = kSchemaVersion;
  std::string dataset_id, title, license, history, generator_version;
  std::vector<std::string> commits;  // of the generator, of any shard; sorted
  std::string recipe_json, recipe_sha256;
  std::uint64_t seed = 0;
  std::int64_t planned = 0;  // recordings of the recipe; fewer are there if some failed

  struct ShardFile {
    std::string file, sha256, content_sha256, watch, commit;
    std::int64_t index = 0, bytes = 0, sequences = 0, events = 0, windows = 0;
    double seconds = 0;
  };
  std::vector<ShardFile> shards;  // in the order of their numbers

  struct TableColumn {
    std::string name, type, description;  // "Integer", "Float", "Text", "Boolean"
  };
  struct TableFile {
    std::string file, sha256, description;
    std::int64_t bytes = 0, rows = 0;
    std::vector<TableColumn> columns;
  };
  std::vector<TableFile> tables;  // the CSV files

  struct ClassRow {
    ClassInfo info;
    std::int64_t sequences = 0, events = 0, windows = 0, samples = 0;  // samples of /imu
    double seconds = 0, labelled_s = 0;  // of its sequences; of its samples
  };
  std::vector<ClassRow> classes;  // id = position
  std::vector<Tally> subjects, splits, devices;
  std::vector<std::pair<std::string, std::string>> subject_splits;  // who is in which
  std::string split_rule;
  std::vector<std::string> split_disjoint_by;
  std::vector<ChannelStatistics> statistics;

  struct Source {
    std::string name, sha256;
  };
  std::vector<Source> clips;  // motion the recordings were driven by

  std::int64_t sequences() const;
  std::int64_t events() const;
  std::int64_t windows() const;
  std::int64_t bytes() const;  // of the shards
  double seconds() const;
};

}  // namespace wrist
