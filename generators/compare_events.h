// SPDX-License-Identifier: Apache-2.0
/// What happened in one recording of A and of B, by class and source, each within a time.
#pragma once

#include <optional>

#include "generators/compare.h"
#include "generators/dataset_read.h"

namespace wrist {

/// A shard, and a row of its /sequences.
struct RecordingOf {
  const Shard& shard;
  std::int64_t row = 0;
};

/// The k-th event of a class and source in A belongs to the k-th in B. The first pair whose start
/// or end is further apart than `within_s`, or the first class that happened more often in one.
/// Confidence and speed do not count.
std::optional<Difference> compare_events(const RecordingOf& a, const RecordingOf& b,
                                         double within_s, DatasetSummary& summary);

}  // namespace wrist
