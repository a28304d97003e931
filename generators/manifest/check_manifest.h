// SPDX-License-Identifier: Apache-2.0
/// manifest.json against the files beside it.
#pragma once

#include "generators/manifest/shard_set.h"
#include "generators/validate.h"

namespace wrist {

/// Size, SHA-256 and what each shard says of itself, the CSV files, and the totals. Lists what is
/// wrong; a manifest that is no JSON is one problem.
void check_manifest(const ShardSet& set, Problems& problems);

}  // namespace wrist
