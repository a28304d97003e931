// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe_include.h"

#include <algorithm>

#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInclude = "include";
constexpr std::size_t kMostFiles = 100;  // of one recipe, each counted as often as it is included

// Moves, for copies of nodes forget where they stand.
void merge(toml::table& into, toml::table&& from) {
  for (auto&& [key, node] : from) {
    toml::table* const there = into.contains(key) ? into.get(key)->as_table() : nullptr;
    toml::table* const here = node.as_table();
    if (there && here && !there->is_inline() && !here->is_inline())
      merge(*there, std::move(*here));
    else
      into.insert_or_assign(key, std::move(node));
  }
}

std::string chain(const std::vector<fs::path>& files, const fs::path& last) {
  std::string all;
  for (const fs::path& file : files) all += file.filename().string() + " -> ";
  return all + last.filename().string();
}

toml::table parse(const fs::path& file, std::vector<fs::path>& open, std::size_t& files) {
  toml::table own = parse_toml_file(file);
  if (!own.contains(kInclude)) return own;
  const TomlTable t(own, file.string());
  open.push_back(fs::weakly_canonical(file));
  toml::table all;
  for (const std::string& name : t.strings(kInclude)) {
    const fs::path next = file.parent_path() / name;
    if (++files > kMostFiles) t.fail(kInclude, "at most 100 files in all");
    if (!fs::is_regular_file(next)) t.fail(kInclude, "a file, not " + next.string());
    const fs::path known = fs::weakly_canonical(next);
    if (std::find(open.begin(), open.end(), known) != open.end())
      t.fail(kInclude, "files that do not include each other (" + chain(open, known) + ")");
    merge(all, parse(next, open, files));
  }
  open.pop_back();
  own.erase(kInclude);
  merge(all, std::move(own));
  return all;
}

}  // namespace

toml::table parse_with_includes(const fs::path& file) {
  std::vector<fs::path> open;
  std::size_t files = 1;
  return parse(file, open, files);
}

}  // namespace wrist
