// SPDX-License-Identifier: Apache-2.0
#include "generators/validate.h"

#include <map>
#include <optional>
#include <set>

#include "generators/manifest/check_manifest.h"
#include "generators/manifest/shard_set.h"
#include "generators/validate_shard.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

// What has to be the same, or apart, over all shards.
class Validator {
 public:
  explicit Validator(const ValidateOptions& options)
      : options_(options), result_{0, 0, false, Problems(options.most)} {}

  Validation run(const fs::path& path) {
    if (!fs::is_directory(path)) {
      require(fs::exists(path), ErrorKind::io, path.string() + ": there is no such file or folder");
      check_file(path, std::nullopt);
      return result_;
    }
    const ShardSet set = find_shard_set(path);
    for (const std::string& name : set.missing) add(name + ": missing");
    for (const std::string& name : set.strangers)
      add(name + ": not of the plan of " + std::to_string(set.files.size()) + " shards");
    for (std::size_t i = 0; i < set.files.size(); ++i)
      if (fs::exists(set.files[i])) check_file(set.files[i], static_cast<std::int64_t>(i));
    result_.manifest = fs::exists(path / "manifest.json");
    if (result_.manifest) check_manifest(set, result_.problems);
    return result_;
  }

 private:
  void add(const std::string& text) { result_.problems.add(text); }

  void check_file(const fs::path& file, std::optional<std::int64_t> number) {
    require(!options_.stop || !options_.stop(), ErrorKind::interrupted, "interrupted");
    const std::string name = file.filename().string();
    ShardProblems problems(result_.problems, name);
    ++result_.shards;
    try {
      const Shard shard(file);
      result_.sequences += std::ssize(shard.tables().sequences);
      check_identity(shard, number, problems);
      check_tables(shard, problems);
      check_values(shard, problems);
      check_labels(shard, problems);
      check_people(shard, problems);
    } catch (const Error& error) {
      const std::string text = error.what(), path = file.string() + ": ";
      problems.add(text.starts_with(path) ? text.substr(path.size()) : text);
    }
  }

  void check_identity(const Shard& shard, std::optional<std::int64_t> number,
                      ShardProblems& problems) {
    const Attributes about = shard.attributes("/");
    const std::string says = attribute<std::string>(about, "content_sha256");
    const std::string is = content_sha256(shard.file());
    problems.expect(says == is, "content_sha256 is " + is + ", the shard says " + says);
    const std::string recipe = attribute<std::string>(about, "recipe_sha256");
    if (recipe_.empty()) recipe_ = recipe;
    problems.expect(recipe == recipe_, "was made by recipe " + recipe.substr(0, 12) +
                                           ", the shards before it by " + recipe_.substr(0, 12));
    const std::int64_t index = attribute<std::int64_t>(about, "shard_index");
    if (number) problems.expect(index == *number, "says it is shard " + std::to_string(index));
  }

  // No person is in two splits, in any two shards.
  void check_people(const Shard& shard, ShardProblems& problems) {
    const ShardTables& t = shard.tables();
    const auto& by = t.split_disjoint_by;
    if (std::find(by.begin(), by.end(), "subject") == by.end()) return;
    for (const ShardTables::Sequence& s : t.sequences) {
      if (s.subject < 0 || s.split < 0) continue;
      const std::string& subject = t.subjects[static_cast<std::size_t>(s.subject)];
      const std::string& split = t.split_names[static_cast<std::size_t>(s.split)];
      const auto [known, fresh] = splits_.emplace(subject, split);
      if (known->second == split || !said_.insert(subject).second) continue;
      problems.add("/sequences/split: " + subject + " is in " + split + " and in " + known->second);
    }
  }

  const ValidateOptions& options_;
  Validation result_;
  std::string recipe_;
  std::map<std::string, std::string> splits_;  // of every person seen
  std::set<std::string> said_;                 // people in two splits
};

}  // namespace

void Problems::add(const std::string& text) {
  if (first_.size() < most_) first_.push_back(text);
  ++count_;
}

Validation validate(const fs::path& path, const ValidateOptions& options) {
  return Validator(options).run(path);
}

}  // namespace wrist
