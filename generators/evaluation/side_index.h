// SPDX-License-Identifier: Apache-2.0
/// Which recordings a side has, and of what: the ground that folds, supports and clients stand on.
///
///   folder of shards -> SideIndex: shard, row, class, every class that occurs in it, person, wear
#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace wrist::evaluation {

struct SideRecording {
  std::size_t shard = 0;            // of SideIndex::shards
  std::int64_t row = 0;             // of its /sequences
  std::string class_name;           // what it is about; empty: none, as of a day
  std::set<std::string> occurring;  // of its samples and events, class_name among them
  std::string subject, watch, strap;
};

struct SideIndex {
  std::vector<std::filesystem::path> shards;
  std::vector<SideRecording> recordings;  // shard by shard, row by row
};

/// Throws Error(io), Error(bad_data).
SideIndex index_side(const std::filesystem::path& folder);

/// Classes that occur in it, sorted.
std::vector<std::string> occurring_classes(const SideIndex& side);

/// Classes that occur in recordings about others: what gestures are laid over, and what follows.
/// They are seen in every fold, or no gesture over them could be learned.
std::set<std::string> backgrounds(const SideIndex& side);

}  // namespace wrist::evaluation
