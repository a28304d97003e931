// SPDX-License-Identifier: Apache-2.0
#include "generators/export/events_json.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>

#include "generators/dataset_commit.h"

namespace wrist {
namespace {

using nlohmann::json;

// Whole nanoseconds, so that 1.25 s is written as 1.25.
double to_ns(double seconds) { return std::round(seconds * 1e9) / 1e9; }

std::string name_of(const std::vector<std::string>& names, int id) {
  return id < 0 ? "" : names[static_cast<std::size_t>(id)];
}

json to_json(const ShardTables& t, const ShardTables::EventRow& e) {
  return {{"class", name_of(t.event_names, e.class_id)},
          {"start_s", to_ns(e.start_s)},
          {"end_s", to_ns(e.end_s)},
          {"source", name_of(t.event_sources, e.source)},
          {"confidence", e.confidence}};
}

json to_json(const ShardTables& t, std::int64_t row) {
  const ShardTables::Sequence& s = t.sequences[static_cast<std::size_t>(row)];
  std::vector<const ShardTables::EventRow*> rows;
  for (const ShardTables::EventRow& e : t.events)
    if (e.sequence == row) rows.push_back(&e);
  std::stable_sort(rows.begin(), rows.end(),
                   [](const auto* a, const auto* b) { return a->start_s < b->start_s; });
  json events = json::array();
  for (const ShardTables::EventRow* e : rows) events.push_back(to_json(t, *e));
  return {{"name", recording_name(s.index)},
          {"index", s.index},
          {"class", s.class_id < 0 ? "" : t.classes[static_cast<std::size_t>(s.class_id)].name},
          {"subject", name_of(t.subjects, s.subject)},
          {"duration_s", s.duration_s},
          {"events", events}};
}

}  // namespace

std::string recording_name(std::uint64_t index) {
  char name[40];
  std::snprintf(name, sizeof name, "recording-%05llu", static_cast<unsigned long long>(index));
  return name;
}

std::string events_json(const Shard& shard) {
  json recordings = json::array();
  for (std::int64_t row = 0; row < std::ssize(shard.tables().sequences); ++row)
    recordings.push_back(to_json(shard.tables(), row));
  return json{{"shard", shard.file().filename().string()}, {"recordings", recordings}}.dump(1);
}

void write_events_json(const Shard& shard, const std::filesystem::path& folder) {
  write_text_file(folder / "events.json", events_json(shard) + "\n");
}

}  // namespace wrist
