// SPDX-License-Identifier: Apache-2.0
/// One recording cut out of a shard, as the viewer reads it: a shard of one sequence in JSON.
///
///   {kind, file, sequence, attributes, groups: {NAME: {attributes, datasets: {NAME: {element,
///   rank, columns, rows, attributes, base64}}}}}
#pragma once

#include <string>

#include "generators/dataset_read.h"

namespace wrist {

/// Rows of other recordings are left out; starts and row numbers count from this one. Throws
/// Error(usage) if there is no such sequence, Error(bad_data) as Shard does.
std::string recording_json(const Shard& shard, std::int64_t sequence);

}  // namespace wrist
