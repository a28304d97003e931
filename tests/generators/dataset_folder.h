// SPDX-License-Identifier: Apache-2.0
/// Small datasets of several shards, made in a moment.
#pragma once

#include <map>

#include "generators/run.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist::testing {

/// Twelve recordings of three people, one of them in test, in six shards.
inline Recipe six_shards(const std::vector<std::string>& more = {}) {
  std::vector<std::string> set = {"fidelity=ideal", "duration=6 s", "shards=6"};
  set.insert(set.end(), more.begin(), more.end());
  return shipped_recipe("quickstart", set);
}

inline RunReport make_part(const std::filesystem::path& out, const Recipe& recipe, ShardPart part,
                           int jobs = 1) {
  return run(recipe, assets(), {out, jobs, false, {}, {}, part});
}

/// Content of every shard of a folder, by name.
inline std::map<std::string, std::string> contents(const std::filesystem::path& folder) {
  std::map<std::string, std::string> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    if (entry.path().extension() == ".h5")
      all[entry.path().filename().string()] = content_sha256(entry.path());
  return all;
}

inline std::vector<std::string> file_names(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder))
    names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace wrist::testing
