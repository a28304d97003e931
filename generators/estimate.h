// SPDX-License-Identifier: Apache-2.0
/// What a dataset will take, from a few of its recordings made on this machine now.
///
///   recipe -> recordings spread over it -> make, write to a scratch folder -> bytes, seconds
#pragma once

#include <cstdint>

#include "generators/recipe.h"

namespace wrist {

struct Estimate {
  std::int64_t tried = 0;   // recordings made for it
  double bytes = 0;         // of all shards
  double core_seconds = 0;  // of one core of this machine, writing included
};

/// Makes at most `most` recordings of each watch, and no more after its share of `budget_s` of
/// wall time. Recordings that fail are left out; throws the first one's Error if all do, and
/// Error(io) if the scratch folder cannot be written.
Estimate estimate(const Recipe& recipe, const Assets& assets, double budget_s,
                  std::int64_t most = 64);

}  // namespace wrist
