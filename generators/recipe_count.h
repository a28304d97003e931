// SPDX-License-Identifier: Apache-2.0
/// How many recordings of what a recipe makes, without making or fully drawing them.
#pragma once

#include <array>
#include <map>
#include <string>

#include "generators/recipe.h"

namespace wrist {

struct RecipeCount {
  std::int64_t counted = 0;  // recordings looked at
  bool exact = true;         // all of them; else the figures are scaled up from a sample
  double duration_s = 0;     // in all; clips may end sooner
  std::map<std::string, double> classes, watches;  // recordings; class "": of none
  std::array<double, 3> splits{};                  // recordings, by Split
  std::array<std::int64_t, 3> people{};            // people who record, by Split
};

/// Counts them all, or if there are more than `most` as many of them, evenly spread over the
/// recipe: by then a figure of n recordings has a standard error of sqrt(n) or less times the
/// root of recordings per counted one.
RecipeCount count_recordings(const Recipe& recipe, std::int64_t most = 5'000'000);

/// One standard error of a figure of a count; 0 if it is exact.
double standard_error(const RecipeCount& count, double figure, std::int64_t recordings);

/// One JSON object.
std::string to_json(const RecipeCount& count, std::int64_t recordings);

}  // namespace wrist
