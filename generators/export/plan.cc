// SPDX-License-Identifier: Apache-2.0
#include "generators/export/plan.h"

#include <algorithm>
#include <set>

#include "generators/report/inventory.h"

namespace wrist::exports {
namespace {

namespace fs = std::filesystem;

Attributes source_of(const Shard& shard) {
  Attributes source;
  const Attributes root = shard.attributes("/");
  for (const char* name : {"title", "license", "dataset_id", "recipe_sha256", "generator_version",
                           "generator_commit", "seed"})
    if (const auto found = root.find(name); found != root.end()) source.insert(*found);
  return source;
}

// Names of every shard, for filters that may name what only some of them hold.
struct Known {
  explicit Known(const Filter& wanted) : filter(wanted) {}
  const Filter& filter;
  std::vector<std::string> watches, splits, classes = {report::kUnlabelled};
  std::set<std::int64_t> found;  // of the recordings asked for
  std::int64_t lowest = std::numeric_limits<std::int64_t>::max(), highest = -1;

  static void join(std::vector<std::string>& all, const std::string& name) {
    if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  }
  void add(const ShardTables& t, const std::string& watch) {
    join(watches, watch);
    for (const std::string& name : t.split_names) join(splits, name);
    for (const ClassInfo& c : t.classes) join(classes, c.name);
    for (const auto& s : t.sequences) {
      const auto index = static_cast<std::int64_t>(s.index);
      lowest = std::min(lowest, index), highest = std::max(highest, index);
      if (std::count(filter.sequences.begin(), filter.sequences.end(), index) > 0)
        found.insert(index);
    }
  }
  void check() const {
    if (!filter.watch.empty()) require_known("--watch", {filter.watch}, watches);
    require_known("--split", filter.splits, splits);
    require_known("--class", filter.classes, classes);
    for (const std::int64_t wanted : filter.sequences)
      require(found.contains(wanted), ErrorKind::usage,
              "--sequence: there is no recording " + std::to_string(wanted) +
                  (highest < 0 ? "; there is none at all"
                               : "; their numbers lie between " + std::to_string(lowest) + " and " +
                                     std::to_string(highest)));
  }
};

std::string watch_of(const Shard& shard) {
  const Attributes imu = shard.has("/imu") ? shard.attributes("/imu") : Attributes{};
  return imu.contains("watch") ? attribute<std::string>(imu, "watch") : "";
}

using Select = Selection (*)(const ShardTables&, const Filter&);

// Joins the names and counts of a shard; what it says of its device if that matters.
void add_shard(Plan& all, const Shard& shard, Select select, bool one_device) {
  const ShardTables& t = shard.tables();
  for (const ClassInfo& c : t.classes) all.classes.id_or_add(c.name);
  for (const std::string& name : t.subjects) all.subjects.id_or_add(name);
  const Counts counts = select(t, all.filter).counts;
  if (one_device && counts.chosen > 0) {
    const Profile profile = read_profile(shard);
    if (all.counts.chosen > 0)
      require_same(all.profile, all.profile_file, profile, shard);
    else
      all.profile = profile, all.profile_file = shard.file();
  }
  all.counts += counts;
}

Plan plan(const fs::path& path, const Filter& filter, Select select, bool one_device) {
  Plan all;
  all.filter = filter;
  Known known(filter);
  for (const fs::path& file : find_shards(path)) {
    const Shard shard(file);
    const std::string watch = watch_of(shard);
    known.add(shard.tables(), watch);
    if (!filter.watch.empty() && watch != filter.watch) continue;
    if (all.files.empty()) all.source = source_of(shard);
    all.files.push_back(file);
    add_shard(all, shard, select, one_device);
  }
  known.check();
  return all;
}

}  // namespace

Plan plan_windows(const fs::path& path, const Filter& filter) {
  Plan all = plan(path, filter, select_windows, true);
  require_some(all.counts, filter, "windows");
  return all;
}

Plan plan_recordings(const fs::path& path, const Filter& filter) {
  Plan all = plan(path, filter, select_recordings, false);
  require_some(all.counts, filter, "recordings");
  return all;
}

}  // namespace wrist::exports
