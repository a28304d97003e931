// SPDX-License-Identifier: Apache-2.0
/// What a shard says of itself, as JSON.
#pragma once

#include "generators/dataset.h"

namespace wrist {

/// One JSON object, keys as the fields are named.
std::string summary_json(const ShardSummary& summary);

}  // namespace wrist
