// SPDX-License-Identifier: Apache-2.0
/// The index tables of an open shard, read and checked.
#pragma once

#include "generators/dataset_hdf.h"
#include "generators/dataset_read.h"

namespace wrist {

namespace hdf {
/// Throws Error(bad_data) unless the file is a complete shard of this schema.
void check_schema(Id file);
}  // namespace hdf

/// Throws Error(bad_data) for a table that is missing, of another type, or whose columns disagree,
/// and for an id that is not in its vocabulary.
ShardTables read_tables(hdf::Id file);

}  // namespace wrist
