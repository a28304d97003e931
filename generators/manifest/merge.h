// SPDX-License-Identifier: Apache-2.0
/// Makes a dataset of its shards: checks that all are there and of one recipe, sweeps up what
/// killed processes left, and writes what describes the whole.
///
///   folder -> ShardSet -> gather -> *.csv, croissant.json, README.md, and manifest.json last
#pragma once

#include <functional>

#include "generators/manifest/record.h"
#include "generators/manifest/shard_set.h"

namespace wrist {

struct MergeOptions {
  bool force = false;                                        // replace a README.md that is not ours
  std::function<void(std::int64_t, std::int64_t)> progress;  // shards read, shards
  std::function<bool()> stop;                                // true: end now, write nothing
};

struct Merged {
  DatasetRecord record;
  std::vector<std::string> removed;  // temporary files nobody writes to any more
  std::vector<std::string> in_use;   // temporary files a process of this machine writes to
};

/// The same shards give the same bytes. Throws Error(check_failed) if shards are missing, Error
/// (bad_data) if one is broken or of another dataset, Error(usage) if README.md is not ours,
/// Error(io), Error(interrupted).
Merged merge(const std::filesystem::path& folder, const MergeOptions& options);

}  // namespace wrist
