// SPDX-License-Identifier: Apache-2.0
/// For whom a recogniser fails: the windows of each person, device and strap by themselves.
#pragma once

#include <string>
#include <vector>

#include "generators/evaluation/answers.h"

namespace wrist::evaluation {

struct Slice {
  std::string name;
  std::int64_t windows = 0;
  double balanced_accuracy = 0;  // over the classes it has
};

struct Slices {
  std::string by;             // "subject", "device" or "strap"
  std::vector<Slice> slices;  // of at least the least count, the worst first
  std::int64_t too_few = 0;   // slices with fewer windows
};

/// Windows whose value is not known ("") are of no slice.
std::vector<Slices> slices(const Answers& answers, const std::vector<int>& predicted,
                           const std::vector<std::size_t>& rows, std::int64_t least_count);

}  // namespace wrist::evaluation
