// SPDX-License-Identifier: Apache-2.0
#include "generators/compare_events.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace wrist {
namespace {

using Times = std::vector<std::pair<double, double>>;  // s; start and end, rising

std::string name_of(const std::vector<std::string>& names, int id) {
  return id < 0 ? "unknown" : names[static_cast<std::size_t>(id)];
}

// By "class (source)".
std::map<std::string, Times> events_of(const RecordingOf& of) {
  const ShardTables& t = of.shard.tables();
  std::map<std::string, Times> events;
  for (const ShardTables::EventRow& e : t.events)
    if (e.sequence == of.row)
      events[name_of(t.event_names, e.class_id) + " (" + name_of(t.event_sources, e.source) + ")"]
          .emplace_back(e.start_s, e.end_s);
  for (auto& [name, times] : events) std::sort(times.begin(), times.end());
  return events;
}

std::string as_text(const std::pair<double, double>& time) {
  char text[64];
  std::snprintf(text, sizeof text, "%.4f-%.4f s", time.first, time.second);
  return text;
}

std::optional<Difference> compare_times(const Times& a, const Times& b, double within_s,
                                        DatasetSummary& summary) {
  if (a.size() != b.size())
    return Difference{"", "", "count differs",          -1,
                      -1, -1, std::to_string(a.size()), std::to_string(b.size())};
  std::optional<Difference> first;
  constexpr double kNanosecond = 1e-9;  // s; times are whole ones, seconds are not
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double apart =
        std::max(std::abs(a[i].first - b[i].first), std::abs(a[i].second - b[i].second));
    ++summary.values;
    summary.different += apart > kNanosecond / 2;
    summary.largest = std::max(summary.largest, apart);
    if (!first && apart > within_s + kNanosecond / 2)
      first = Difference{
          "",           "", "time differs", -1, static_cast<std::int64_t>(i), -1, as_text(a[i]),
          as_text(b[i])};
  }
  return first;
}

}  // namespace

std::optional<Difference> compare_events(const RecordingOf& a, const RecordingOf& b,
                                         double within_s, DatasetSummary& summary) {
  std::map<std::string, Times> in_a = events_of(a), in_b = events_of(b);
  for (const auto& [name, times] : in_b) in_a[name];
  std::optional<Difference> first;
  for (const auto& [name, times] : in_a) {
    auto difference = compare_times(times, in_b[name], within_s, summary);
    if (!difference || first) continue;
    difference->what = name + ": " + difference->what;
    first = difference;
  }
  return first;
}

}  // namespace wrist
