// SPDX-License-Identifier: Apache-2.0
/// A robustness suite in a folder:
///
///   recipe + corruptions -> run() per part -> DIR/answers/shards/<part>
///        -> read_test_side -> DIR/test (public), DIR/answers (private) -> DIR/set.json, last
///
/// Without set.json a suite is not complete; made again, finished shards stay.
#pragma once

#include <functional>

#include "generators/assets.h"
#include "generators/evaluation/stress_spec.h"
#include "generators/recipe.h"

namespace wrist::evaluation {

struct StressOptions {
  std::filesystem::path recipe, out;
  std::vector<std::string> set;  // overrides of the recipe, before those of a corruption
  StressChoice choice;
  int jobs = 1;
  std::function<void(const std::string& part, std::int64_t done, std::int64_t total)> progress;
  std::function<bool()> stop;
};

struct StressReport {
  struct Part {
    StressPart made;
    std::string recipe_sha256;
    std::vector<std::string> content_sha256;  // of its shards
    std::int64_t windows = 0;
    bool skipped = false;  // all of its shards were there
  };
  std::string set_id, title;
  std::vector<Part> parts;
};

/// The corruptions of the assets.
std::vector<StressSpec> stress_specs(const Assets& assets);

/// The recipe of one part. Throws Error(usage) that names the part.
Recipe stress_recipe(const StressOptions& options, const StressPart& part, const Assets& assets);

/// Throws Error(usage) for a recipe or choice that cannot be, or a folder that holds another suite;
/// Error(bad_data) if a recording cannot be made, Error(io), Error(interrupted).
StressReport make_stress(const StressOptions& options, const Assets& assets);

/// One JSON object, as set.json holds it.
std::string to_json(const StressReport& report);

}  // namespace wrist::evaluation
