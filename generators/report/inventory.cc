// SPDX-License-Identifier: Apache-2.0
#include "generators/report/inventory.h"

#include <algorithm>
#include <array>

namespace wrist::report {
namespace {

using Tables = ShardTables;

int joined(Vocabulary& all, const std::vector<std::string>& names, int id) {
  return id < 0 ? -1 : all.id_or_add(names[static_cast<std::size_t>(id)]);
}

void add_once(Numbers& values, double value) {
  if (value > 0 && std::find(values.begin(), values.end(), value) == values.end())
    values.push_back(value);
}

void add_stream(const Shard& shard, const std::string& group, Numbers& rates_hz,
                Vocabulary& parts) {
  if (!shard.has(group)) return;
  const Attributes about = shard.attributes(group);
  add_once(rates_hz, number(about, "rate_hz", 0));
  if (about.contains("part")) parts.id_or_add(attribute<std::string>(about, "part"));
}

void check_same_dataset(const Inventory& all, const Shard& shard, const std::string& recipe) {
  if (all.shards.empty() || recipe == all.recipe_sha256) return;
  throw Error(ErrorKind::usage, shard.file().string() +
                                    ": expected a shard of the same dataset as " +
                                    all.shards.front().file + " (recipe " +
                                    all.recipe_sha256.substr(0, 12) + "), found one of recipe " +
                                    recipe.substr(0, 12) + "; make one report per dataset");
}

void add_header(Inventory& all, const Shard& shard) {
  const Attributes about = shard.attributes("/");
  const auto text = [&about](const char* name) { return attribute<std::string>(about, name); };
  check_same_dataset(all, shard, text("recipe_sha256"));
  const Tables& t = shard.tables();
  if (all.shards.empty()) {
    all.title = text("title"), all.license = text("license"), all.dataset_id = text("dataset_id");
    all.recipe_sha256 = text("recipe_sha256"), all.recipe_json = text("recipe_json");
    all.generator = text("generator_version") + " (" + text("generator_commit") + ")";
    all.seed = attribute<std::uint64_t>(about, "seed");
    all.window_s = t.window_s, all.hop_s = t.window_hop_s;
    all.split_rule = t.split_rule, all.disjoint_by = t.split_disjoint_by;
  }
  ShardFigure figure{shard.file().filename().string(), text("content_sha256"),
                     std::ssize(t.sequences),
                     static_cast<std::int64_t>(std::filesystem::file_size(shard.file())), 0};
  for (const Tables::Sequence& s : t.sequences) figure.duration_s += s.duration_s;
  all.shards.push_back(figure);
}

// Of a watch's clock against its nominal rate, from the first and the last stamp of a recording.
double clock_error(const Shard& shard, const Tables::Sequence& s) {
  if (s.imu_count < 2) return 0;
  const double nominal_hz = number(shard.attributes("/imu"), "rate_hz", 0);
  const double first = shard.read("/imu/t", s.imu_start, 1)(0, 0);
  const double last = shard.read("/imu/t", s.imu_start + s.imu_count - 1, 1)(0, 0);
  if (last <= first || nominal_hz <= 0) return 0;
  return 1e9 * static_cast<double>(s.imu_count - 1) / (last - first) / nominal_hz - 1;
}

void add_recordings(Inventory& all, const Shard& shard) {
  const Tables& t = shard.tables();
  for (const Tables::Sequence& s : t.sequences) {
    RecordingRow row;
    row.subject = joined(all.subjects, t.subjects, s.subject);
    const std::ptrdiff_t devices = std::ssize(all.devices.names());
    row.device = joined(all.devices, t.devices, s.device);
    if (row.device == devices) all.clock_errors.push_back(clock_error(shard, s));
    row.strap = joined(all.straps, t.straps, s.strap);
    row.placement = joined(all.placements, t.placements, s.placement);
    row.clip = joined(all.clips, t.clips, s.clip);
    row.split = joined(all.splits, t.split_names, s.split);
    if (s.class_id >= 0) row.class_number = all.classes.id(class_name(t, s.class_id));
    row.duration_s = s.duration_s;
    all.recordings.push_back(row);
  }
}

// Of one recording and class, among its purest windows: the middle one, then those at the quarters.
std::vector<std::size_t> best_windows(const Tables& t, const std::vector<std::size_t>& windows) {
  constexpr double kNearlyPurest = 0.9;
  double purest = 0;
  for (const std::size_t w : windows) purest = std::max(purest, t.windows[w].purity);
  std::vector<std::size_t> pool, best;
  for (const std::size_t w : windows)
    if (t.windows[w].purity >= kNearlyPurest * purest) pool.push_back(w);
  for (const std::size_t quarter : std::array<std::size_t, 3>{2, 1, 3}) {
    const std::size_t w = pool[quarter * pool.size() / 4];
    if (std::find(best.begin(), best.end(), w) == best.end()) best.push_back(w);
  }
  return best;
}

void choose(std::vector<WindowChoice>& choices, std::size_t shard,
            const std::vector<std::size_t>& windows) {
  for (std::size_t rank = 0; rank < windows.size(); ++rank) {
    const auto after =
        std::find_if(choices.begin(), choices.end(),
                     [rank](const WindowChoice& choice) { return choice.rank > rank; });
    choices.insert(after, {shard, windows[rank], rank});
  }
  if (choices.size() > kThumbnails) choices.resize(kThumbnails);
}

void add_windows(Inventory& all, const Tables& t, std::size_t first_recording) {
  std::map<std::pair<std::int64_t, int>, std::vector<std::size_t>> by_recording;
  for (std::size_t w = 0; w < t.windows.size(); ++w) {
    const Tables::Window& window = t.windows[w];
    ++all.recordings[first_recording + static_cast<std::size_t>(window.sequence)].windows;
    ++all.windows[class_name(t, window.class_id)];
    by_recording[{window.sequence, window.class_id}].push_back(w);
  }
  for (const auto& [key, windows] : by_recording) {
    const auto row = first_recording + static_cast<std::size_t>(key.first);
    choose(all.choices[{class_name(t, key.second), all.recordings[row].subject}],
           all.shards.size() - 1, best_windows(t, windows));
  }
}

void add_events(Inventory& all, const Tables& t) {
  all.events += std::ssize(t.events);
  for (const Tables::EventRow& e : t.events) {
    if (e.class_id < 0 || e.source < 0) continue;
    if (t.event_sources[static_cast<std::size_t>(e.source)] == "motion")
      ++all.motion_events[t.event_names[static_cast<std::size_t>(e.class_id)]];
  }
}

void add_shard(Inventory& all, const Shard& shard) {
  const Tables& t = shard.tables();
  add_header(all, shard);
  add_stream(shard, "/imu", all.imu_rates_hz, all.imu_parts);
  add_stream(shard, "/optical", all.optical_rates_hz, all.optical_parts);
  for (const ClassInfo& info : t.classes) {
    all.classes.id_or_add(info.name);
    all.class_info.emplace(info.name, info);
  }
  for (const std::string& name : t.split_names) all.splits.id_or_add(name);
  const std::size_t first = all.recordings.size();
  add_recordings(all, shard);
  add_windows(all, t, first);
  add_events(all, t);
}

void name_the_unlabelled(Inventory& all) {
  const bool any = all.windows.contains(kUnlabelled) ||
                   std::any_of(all.recordings.begin(), all.recordings.end(),
                               [](const RecordingRow& row) { return row.class_number < 0; });
  if (!any) return;
  const int number = all.classes.id_or_add(kUnlabelled);
  for (RecordingRow& row : all.recordings)
    if (row.class_number < 0) row.class_number = number;
}

}  // namespace

std::string class_name(const ShardTables& tables, int class_id) {
  return class_id < 0 ? kUnlabelled : tables.classes[static_cast<std::size_t>(class_id)].name;
}

Inventory take_inventory(const std::vector<std::filesystem::path>& shards) {
  Inventory all;
  for (const auto& file : shards) add_shard(all, Shard(file));
  require(!all.recordings.empty(), ErrorKind::bad_data,
          "expected at least one recording to report on, found none in " +
              std::to_string(shards.size()) + " shards; see run-report.json for what failed");
  name_the_unlabelled(all);
  return all;
}

std::vector<WindowChoice> choose_windows(const Inventory& inventory, const std::string& name) {
  std::vector<WindowChoice> chosen;
  for (std::size_t round = 0; round < kThumbnails; ++round)
    for (int subject = -1; subject < std::ssize(inventory.subjects.names()); ++subject) {
      const auto found = inventory.choices.find({name, subject});
      if (found == inventory.choices.end() || round >= found->second.size()) continue;
      if (chosen.size() < kThumbnails) chosen.push_back(found->second[round]);
    }
  return chosen;
}

}  // namespace wrist::report
