// SPDX-License-Identifier: Apache-2.0
/// A few recordings of a dataset made again, alone: to look at one that a model got wrong.
///
/// Their rows are those they have in the full dataset. The files, only-3.h5 or only-3_7-9.h5, are
/// named so that no reader takes them for shards of it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "generators/run.h"

namespace wrist {

/// "3,7-9" -> 3 7 8 9, ascending, each once. Throws Error(usage) unless all are below `recordings`.
std::vector<std::uint64_t> parse_indices(const std::vector<std::string>& texts,
                                         std::int64_t recordings);

/// only-3_7-9.h5; of many runs of indices their number and a hash instead.
std::string only_name(const std::vector<std::uint64_t>& indices);

/// Makes those recordings in options.out, a file for each shard they are of, in place of files of
/// the same name. A scenario that fails is listed and left out. Throws as run does.
RunReport run_only(const Recipe& recipe, const Assets& assets, const RunOptions& options,
                   const std::vector<std::uint64_t>& indices);

}  // namespace wrist
