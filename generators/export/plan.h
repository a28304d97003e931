// SPDX-License-Identifier: Apache-2.0
/// What an export will hold, known before a signal is read: from the tables of all shards.
///
///   shards -> names joined (ids differ from shard to shard) + counts + the one device profile
#pragma once

#include <filesystem>

#include "generators/dataset_vocabulary.h"
#include "generators/export/profile.h"
#include "generators/export/selection.h"

namespace wrist::exports {

struct Plan {
  std::vector<std::filesystem::path> files;
  Filter filter;
  Vocabulary classes{"classes", {}}, subjects{"subjects", {}};
  Profile profile;                     // of windows alone
  std::filesystem::path profile_file;  // the first shard with windows that were chosen
  Attributes source;                   // title, license, recipe_sha256, ... of the first shard
  Counts counts;                       // of windows, or of recordings
};

/// Throws Error(usage) if the filter names what is not there or nothing is left, Error(bad_data) if
/// a shard is broken or two shards are of different devices: the text names both.
Plan plan_windows(const std::filesystem::path& path, const Filter& filter);
/// Recordings may be of any devices.
Plan plan_recordings(const std::filesystem::path& path, const Filter& filter);

}  // namespace wrist::exports
