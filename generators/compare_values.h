// SPDX-License-Identifier: Apache-2.0
/// One dataset of one recording in A and in B: value by value, or within a tolerance.
#pragma once

#include <optional>

#include "generators/compare.h"
#include "generators/dataset_table.h"

namespace wrist {

/// The same rows of A and B, of one element type and shape.
struct ValuePair {
  Element element = Element::f8;
  std::int64_t rows = 0, columns = 1;
  Bytes a, b;
  std::optional<double> fill = {};  // stands for a value that is missing
  double rate_hz = 0;               // 0: no signal
};

/// The first difference: what, sample, column, a and b are set. Values are equal if their bytes
/// are. Adds to `summary`.
std::optional<Difference> compare_values(const ValuePair& pair, DatasetSummary& summary);

/// The first value beyond the tolerance if too many are, else the first column whose rms or band
/// is. Throws Error(usage) for bands of what has no rate or ends below them.
std::optional<Difference> compare_values(const ValuePair& pair, const ChannelTolerance& tolerance,
                                         DatasetSummary& summary);

}  // namespace wrist
