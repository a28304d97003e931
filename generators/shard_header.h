// SPDX-License-Identifier: Apache-2.0
/// What a shard says about itself and its recipe; the same whatever recordings it holds.
#pragma once

#include "generators/dataset.h"
#include "generators/recipe.h"

namespace wrist {

ShardHeader shard_header(const Recipe& recipe, const Assets& assets, std::int64_t shard);

}  // namespace wrist
