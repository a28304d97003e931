// SPDX-License-Identifier: Apache-2.0
/// The columns of sequences.csv, events.csv and classes.csv, and their cells.
#pragma once

#include "generators/dataset_read.h"
#include "generators/manifest/record.h"

namespace wrist {

/// Rows of a channel that are read at once.
inline constexpr std::int64_t kBlockRows = 64 * kChunkRows;

/// Whether a group of a shard is one of its index tables, not a stream.
bool is_index_table(const std::string& group);

/// Where a recording lies: its line over all shards, and its shard.
struct Place {
  std::int64_t sequence = 0, shard = 0;
};

std::vector<DatasetRecord::TableColumn> sequence_columns();
std::vector<DatasetRecord::TableColumn> event_columns();
std::vector<DatasetRecord::TableColumn> class_columns();

std::vector<std::string> sequence_cells(const ShardTables& tables, std::size_t row, Place place);
std::vector<std::string> event_cells(const ShardTables& tables, const ShardTables::EventRow& event,
                                     Place place);
std::vector<std::string> class_cells(const DatasetRecord::ClassRow& row, std::int64_t id);

}  // namespace wrist
