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
  const std::string name = name_of(t.event_names, e.class_id);
  const std::string base = name.substr(0, name.find(':'));  // "double_pinch:close" is a part
  const bool is_class = std::any_of(t.classes.begin(), t.classes.end(),
                                    [&](const ClassInfo& c) { return c.name == base; });
  return {{"name", name},
          {"class", is_class ? json(base) : json(nullptr)},
          {"start_s", to_ns(e.start_s)},
          {"end_s", to_ns(e.end_s)},
          {"source", name_of(t.event_sources, e.source)},
          {"confidence", e.confidence}};
}

json to_json(const ShardTables& t, const std::vector<std::size_t>& rows) {
  json events = json::array();
  for (const std::size_t row : rows) events.push_back(to_json(t, t.events[row]));
  return events;
}

json to_json(const ShardTables& t, const ShardTables::Sequence& s,
             const std::vector<std::size_t>& rows) {
  return {{"name", recording_name(s.index)},
          {"index", s.index},
          {"class", s.class_id < 0 ? "" : t.classes[static_cast<std::size_t>(s.class_id)].name},
          {"subject", name_of(t.subjects, s.subject)},
          {"duration_s", s.duration_s},
          {"events", to_json(t, rows)}};
}

}  // namespace

std::string recording_name(std::uint64_t index) {
  char name[40];
  std::snprintf(name, sizeof name, "recording-%06llu", static_cast<unsigned long long>(index));
  return name;
}

std::vector<std::vector<std::size_t>> events_by_recording(const ShardTables& t) {
  std::vector<std::vector<std::size_t>> rows(t.sequences.size());
  for (std::size_t e = 0; e < t.events.size(); ++e)
    rows[static_cast<std::size_t>(t.events[e].sequence)].push_back(e);
  for (std::vector<std::size_t>& mine : rows)
    std::stable_sort(mine.begin(), mine.end(), [&t](std::size_t a, std::size_t b) {
      return t.events[a].start_s < t.events[b].start_s;
    });
  return rows;
}

std::string recording_events_json(const ShardTables& t, const std::vector<std::size_t>& rows) {
  return to_json(t, rows).dump(1);
}

std::string events_json(const Shard& shard) {
  const ShardTables& t = shard.tables();
  const std::vector<std::vector<std::size_t>> rows = events_by_recording(t);
  json recordings = json::array();
  for (std::size_t i = 0; i < t.sequences.size(); ++i)
    recordings.push_back(to_json(t, t.sequences[i], rows[i]));
  return json{{"shard", shard.file().filename().string()}, {"recordings", recordings}}.dump(1);
}

void write_events_json(const Shard& shard, const std::filesystem::path& folder) {
  write_text_file(folder / "events.json", events_json(shard) + "\n");
}

}  // namespace wrist
