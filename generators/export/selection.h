// SPDX-License-Identifier: Apache-2.0
/// Which windows or recordings are wanted: by watch, by split, by class, by number.
#pragma once

#include <string>
#include <vector>

#include "generators/dataset_read.h"

namespace wrist::exports {

/// Names and numbers of which one must fit; an empty list lets everything through.
struct Filter {
  std::string watch;                    // "generic_100hz"; a shard holds one
  std::vector<std::string> splits;      // "train"
  std::vector<std::string> classes;     // "double_pinch"; report::kUnlabelled for what has none
  std::vector<std::int64_t> sequences;  // indices of recordings in their recipe
};

/// How many there are, how many each filter alone lets through, and how many pass all.
struct Counts {
  std::int64_t all = 0, by_split = 0, by_class = 0, by_sequence = 0, chosen = 0;
  Counts& operator+=(const Counts& other);
};

struct Selection {
  std::vector<std::int64_t> rows;
  Counts counts;
};

/// Rows of /windows; their class is the window's.
Selection select_windows(const ShardTables& tables, const Filter& filter);
/// Rows of /sequences; their class is what the recording is about.
Selection select_recordings(const ShardTables& tables, const Filter& filter);

/// Throws Error(usage) that says what is known, or what may have been meant, unless each of
/// `wanted` is one of `known`; `what` names them: "--class".
void require_known(const std::string& what, const std::vector<std::string>& wanted,
                   const std::vector<std::string>& known);

/// Throws Error(usage) with the counts if nothing passed; `what`: "windows" or "recordings".
void require_some(const Counts& counts, const Filter& filter, const std::string& what);

}  // namespace wrist::exports
