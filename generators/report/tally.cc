// SPDX-License-Identifier: Apache-2.0
#include "generators/report/tally.h"

#include <algorithm>
#include <limits>
#include <set>

#include "generators/report/distribution.h"

namespace wrist::report {
namespace {

using IdOf = int RecordingRow::*;

// What recordings are counted by.
struct Key {
  const char* name;
  Vocabulary Inventory::*names;
  IdOf id;
};
constexpr std::array<Key, 5> kKeys = {{
    {"subject", &Inventory::subjects, &RecordingRow::subject},
    {"device", &Inventory::devices, &RecordingRow::device},
    {"strap", &Inventory::straps, &RecordingRow::strap},
    {"placement", &Inventory::placements, &RecordingRow::placement},
    {"clip", &Inventory::clips, &RecordingRow::clip},
}};

std::size_t position(int id) { return static_cast<std::size_t>(id); }

CountTable count(const Inventory& all, const Key& key) {
  const Texts& names = (all.*key.names).names();
  CountTable table{key.name, names, std::vector<Counts>(names.size()), Numbers(names.size())};
  for (Counts& row : table.recordings) row.resize(all.classes.names().size());
  for (const RecordingRow& row : all.recordings) {
    if (row.*key.id < 0) continue;
    ++table.recordings[position(row.*key.id)][position(row.class_number)];
    table.seconds[position(row.*key.id)] += row.duration_s;
  }
  return table;
}

std::string joined(const Texts& texts) {
  std::string all;
  for (const std::string& text : texts) all += (all.empty() ? "" : ", ") + text;
  return all;
}

double only(const Numbers& values) {
  return values.size() == 1 ? values.front() : std::numeric_limits<double>::quiet_NaN();
}

void find_overlaps(const Inventory& all, const Key& key, DisjointFigure& figure) {
  std::vector<std::set<int>> splits((all.*key.names).names().size());
  for (const RecordingRow& row : all.recordings)
    if (row.*key.id >= 0 && row.split >= 0) splits[position(row.*key.id)].insert(row.split);
  for (std::size_t i = 0; i < splits.size(); ++i) {
    if (splits[i].size() < 2) continue;
    DisjointFigure::Overlap overlap{key.name, (all.*key.names).names()[i], {}};
    for (const int split : splits[i]) overlap.splits.push_back(all.splits.names()[position(split)]);
    figure.overlaps.push_back(overlap);
  }
}

template <typename Map>
std::int64_t count_of(const Map& counts, const std::string& name) {
  const auto found = counts.find(name);
  return found == counts.end() ? 0 : found->second;
}

}  // namespace

std::vector<CountTable> count_tables(const Inventory& inventory) {
  std::vector<CountTable> tables;
  for (const Key& key : kKeys) tables.push_back(count(inventory, key));
  return tables;
}

DurationFigure count_durations(const Inventory& inventory) {
  constexpr int kBins = 20;
  Sample durations;
  for (const RecordingRow& row : inventory.recordings)
    durations.push_back(static_cast<float>(row.duration_s));
  const Numbers found = quantiles(durations, {0, 0.5, 1});
  DurationFigure figure{round_edges(found[0], found[2], kBins), {}, found[0], found[1], found[2]};
  figure.counts = histogram(durations, figure.edges);
  return figure;
}

std::vector<SplitFigure> count_splits(const Inventory& inventory) {
  std::vector<SplitFigure> figures;
  std::vector<std::set<int>> subjects(inventory.splits.names().size());
  for (const std::string& name : inventory.splits.names())
    figures.push_back({name, 0, 0, {}, Counts(inventory.classes.names().size())});
  for (const RecordingRow& row : inventory.recordings) {
    if (row.split < 0) continue;
    SplitFigure& figure = figures[position(row.split)];
    ++figure.recordings;
    figure.windows += row.windows;
    ++figure.by_class[position(row.class_number)];
    if (row.subject >= 0) subjects[position(row.split)].insert(row.subject);
  }
  for (std::size_t i = 0; i < figures.size(); ++i)
    for (const int subject : subjects[i])
      figures[i].subjects.push_back(inventory.subjects.names()[position(subject)]);
  return figures;
}

DisjointFigure check_disjoint(const Inventory& inventory) {
  DisjointFigure figure{inventory.disjoint_by, inventory.split_rule, {}};
  for (const Key& key : kKeys)
    if (std::find(figure.by.begin(), figure.by.end(), key.name) != figure.by.end())
      find_overlaps(inventory, key, figure);
  return figure;
}

std::vector<ClassFigure> count_classes(const Inventory& inventory) {
  std::vector<ClassFigure> figures;
  for (const std::string& name : inventory.classes.names()) {
    ClassFigure figure;
    figure.name = name;
    const auto info = inventory.class_info.find(name);
    if (info != inventory.class_info.end()) {
      figure.definition = info->second.definition, figure.parent = info->second.parent;
      figure.rare = info->second.rare, figure.held_out = info->second.held_out;
    } else {
      figure.definition = "What no class was claimed for.";
    }
    figure.windows = count_of(inventory.windows, name);
    figure.events = count_of(inventory.motion_events, name);
    figures.push_back(figure);
  }
  for (const RecordingRow& row : inventory.recordings)
    ++figures[position(row.class_number)].recordings;
  return figures;
}

Totals count_totals(const Inventory& inventory) {
  Totals t;
  t.recordings = std::ssize(inventory.recordings);
  t.subjects = std::ssize(inventory.subjects.names());
  t.devices = std::ssize(inventory.devices.names());
  t.straps = std::ssize(inventory.straps.names());
  t.clips = std::ssize(inventory.clips.names());
  for (const RecordingRow& row : inventory.recordings) {
    t.duration_s += row.duration_s;
    t.windows += row.windows;
  }
  t.events = inventory.events;
  t.window_s = inventory.window_s, t.hop_s = inventory.hop_s;
  t.imu_rate_hz = only(inventory.imu_rates_hz);
  t.optical_rate_hz = only(inventory.optical_rates_hz);
  t.imu_part = joined(inventory.imu_parts.names());
  t.optical_part = joined(inventory.optical_parts.names());
  return t;
}

}  // namespace wrist::report
