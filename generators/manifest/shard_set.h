// SPDX-License-Identifier: Apache-2.0
/// The shards that make up a dataset: how many there should be, which are there.
///
///   folder -> names + what the first readable shard says of their number -> ShardSet
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "generators/dataset.h"

namespace wrist {

struct ShardSet {
  std::filesystem::path folder;
  std::vector<std::filesystem::path> files;  // of every shard of the plan, in order
  std::vector<std::string> missing;          // names of those that are not there
  std::vector<std::string> strangers;        // names of shards that belong to another plan
};

/// Throws Error(io) without a folder or a shard in it, Error(bad_data) if none can be read.
ShardSet find_shard_set(const std::filesystem::path& folder);

/// Whether a file of that name belongs to the dataset: a shard, a report, or what merge makes.
bool is_of_dataset(const ShardSet& set, const std::string& name);

/// The names of what merge makes.
inline constexpr const char* kMadeByMerge[] = {"manifest.json", "croissant.json", "README.md",
                                               "sequences.csv", "events.csv",     "classes.csv"};

/// "a, b, c and 17 more"
std::string first_names(const std::vector<std::string>& names, std::size_t most);

}  // namespace wrist
