// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/shard_set.h"

#include <algorithm>
#include <optional>

#include "generators/run.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> shard_names(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.ends_with(".h5")) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Of the plan, as the first shard that can be read says.
std::int64_t shard_count(const fs::path& folder, const std::vector<std::string>& names) {
  std::optional<Error> first;
  for (const std::string& name : names) try {
      return read_identity(folder / name).shard_count;
    } catch (const Error& error) {
      if (!first) first = error;
    }
  throw *first;
}

}  // namespace

ShardSet find_shard_set(const fs::path& folder) {
  require(fs::is_directory(folder), ErrorKind::io,
          folder.string() + ": expected the folder of a dataset, found " +
              (fs::exists(folder) ? "a file" : "nothing"));
  const std::vector<std::string> names = shard_names(folder);
  require(!names.empty(), ErrorKind::io,
          folder.string() + ": expected shards (shard-*.h5), found none");
  ShardSet set{folder, {}, {}, {}};
  const std::int64_t count = shard_count(folder, names);
  constexpr std::int64_t kMost = 10'000'000;
  require(count > 0 && count <= kMost, ErrorKind::bad_data,
          folder.string() + ": a shard says it is one of " + std::to_string(count));
  std::vector<std::string> expected;
  for (std::int64_t shard = 0; shard < count; ++shard) {
    expected.push_back(shard_name(shard, count));
    set.files.push_back(folder / expected.back());
    if (!std::binary_search(names.begin(), names.end(), expected.back()))
      set.missing.push_back(expected.back());
  }
  std::set_difference(names.begin(), names.end(), expected.begin(), expected.end(),
                      std::back_inserter(set.strangers));
  return set;
}

bool is_of_dataset(const ShardSet& set, const std::string& name) {
  for (const char* made : kMadeByMerge)
    if (name == made) return true;
  for (const fs::path& file : set.files)
    if (name == file.filename()) return true;
  return name.starts_with("run-report") && name.ends_with(".json");
}

std::string first_names(const std::vector<std::string>& names, std::size_t most) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most, names.size()); ++i)
    text += (i == 0 ? "" : ", ") + names[i];
  if (names.size() > most) text += " and " + std::to_string(names.size() - most) + " more";
  return text;
}

}  // namespace wrist
