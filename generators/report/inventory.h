// SPDX-License-Identifier: Apache-2.0
/// What a dataset holds, from the tables of its shards alone: no signal is read.
///
///   tables of each shard -> joined by name, as ids differ from shard to shard -> one row a
///   recording
#pragma once

#include <filesystem>
#include <map>

#include "generators/dataset_read.h"
#include "generators/dataset_vocabulary.h"
#include "generators/report/figures.h"

namespace wrist::report {

/// What has no class counts under this name, last, if there is any.
inline constexpr const char* kUnlabelled = "unlabelled";

/// A recording; ids are positions in the vocabularies of the inventory, -1 is none.
struct RecordingRow {
  int subject = -1, device = -1, strap = -1, placement = -1, clip = -1, split = -1;
  int class_number = -1;
  double duration_s = 0;
  std::int64_t windows = 0;
};

/// A window worth showing: position of the shard, row of its /windows, and how many of the same
/// recording and class are preferred to it.
struct WindowChoice {
  std::size_t shard = 0, window = 0, rank = 0;
};

struct Inventory {
  std::string title, license, dataset_id, recipe_sha256, recipe_json, generator;
  std::uint64_t seed = 0;
  std::vector<ShardFigure> shards;
  Vocabulary subjects{"subjects", {}}, devices{"devices", {}}, straps{"straps", {}};
  Vocabulary placements{"placements", {}}, clips{"clips", {}}, splits{"splits", {}};
  Vocabulary classes{"classes", {}};
  std::map<std::string, ClassInfo> class_info;  // by name; none of kUnlabelled
  std::vector<RecordingRow> recordings;
  std::map<std::string, std::int64_t> windows, motion_events;  // by class name
  std::int64_t events = 0;
  double window_s = 0, hop_s = 0;
  Vocabulary imu_parts{"parts", {}}, optical_parts{"parts", {}};
  Numbers imu_rates_hz, optical_rates_hz;  // nominal, each once
  Numbers clock_errors;                    // of each device: true rate over nominal, minus 1
  std::string split_rule;
  Texts disjoint_by;
  // By class name and subject: the best windows of a few recordings, by rank.
  std::map<std::pair<std::string, int>, std::vector<WindowChoice>> choices;
};

/// Name of a class of that shard; kUnlabelled for -1.
std::string class_name(const ShardTables& tables, int class_id);

/// Windows a thumbnail row may show.
inline constexpr std::size_t kThumbnails = 6;

/// Reads the tables of every shard, one shard in memory at a time. Throws Error(usage) if they are
/// not of one dataset, Error(bad_data) if there is no recording in them.
Inventory take_inventory(const std::vector<std::filesystem::path>& shards);

/// Up to kThumbnails windows of a class, going round the people, then their recordings.
std::vector<WindowChoice> choose_windows(const Inventory& inventory, const std::string& class_name);

}  // namespace wrist::report
