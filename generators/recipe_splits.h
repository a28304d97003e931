// SPDX-License-Identifier: Apache-2.0
/// Which split a person belongs to: people in a drawn order, the first to test, the next to
/// validation, the rest to train.
///
/// Every person has a number of their own; what place it takes among all is found once for the
/// whole recipe, so that asking for one person costs the same for ten people and for a million.
#pragma once

#include <cstdint>
#include <string>

namespace wrist {

/// The largest number that still is in the test split, and in one of test and validation.
struct SplitLimits {
  double test = -1, validation = -1;              // -1: nobody
  std::int64_t test_people = 0, held_people = 0;  // how many those are
};
SplitLimits split_limits(std::uint64_t seed, std::int64_t people, double test_share,
                         double validation_share);

enum class Split { train, validation, test };
const std::string& to_string(Split split);
Split split_of(std::uint64_t seed, const SplitLimits& limits, std::uint64_t person);

}  // namespace wrist
