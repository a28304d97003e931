// SPDX-License-Identifier: Apache-2.0
/// What a shard says about itself and its recipe; the same whatever recordings it holds.
#pragma once

#include "generators/dataset.h"
#include "generators/recipe.h"

namespace wrist {

/// Names of the motions a recording may come from, sorted: clips and "activity:walk".
std::vector<std::string> clip_vocabulary(const Recipe& recipe, const Assets& assets);

ShardHeader shard_header(const Recipe& recipe, const Assets& assets, std::int64_t shard);

}  // namespace wrist
