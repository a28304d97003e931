// SPDX-License-Identifier: Apache-2.0
/// Two shards held against each other: recordings by their index, datasets by their path.
///
///   attributes, then values: of recordings one by one, of tables whole
#pragma once

#include "generators/compare.h"

namespace wrist {

struct ShardPair {
  std::string name;  // as differences are to say
  std::filesystem::path a, b;
};

/// Adds what was found to `result`.
void compare_shards(const ShardPair& files, const std::optional<CompareTolerance>& tolerance,
                    Comparison& result);

}  // namespace wrist
