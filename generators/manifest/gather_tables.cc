// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/gather_tables.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "generators/manifest/csv.h"

namespace wrist {
namespace {

std::string name_of(const std::vector<std::string>& names, int id) {
  return id < 0 ? "" : names[static_cast<std::size_t>(id)];
}

std::string class_name(const ShardTables& t, int id) {
  return id < 0 ? "" : t.classes[static_cast<std::size_t>(id)].name;
}

std::string nanoseconds(double seconds) { return std::to_string(std::llround(seconds * 1e9)); }

std::string flag(bool value) { return value ? "true" : "false"; }

}  // namespace

bool is_index_table(const std::string& group) {
  constexpr std::array<const char*, 6> kTables = {"sequences", "events",  "windows",
                                                  "splits",    "classes", "vocab"};
  return std::find(kTables.begin(), kTables.end(), group) != kTables.end();
}

std::vector<DatasetRecord::TableColumn> sequence_columns() {
  return {{"sequence", "Integer", "line over all shards, from 0"},
          {"shard", "Integer", "number of its shard"},
          {"row", "Integer", "row in the tables of its shard"},
          {"index", "Integer", "number of the recording in the recipe"},
          {"subject", "Text", "person"},
          {"clip", "Text", "motion clip, or activity of the library"},
          {"device", "Text", "watch and unit"},
          {"strap", "Text", "strap"},
          {"placement", "Text", "side and tightness"},
          {"class", "Text", "class the recording is about"},
          {"split", "Text", "train, validation or test"},
          {"seed", "Text", "seed of the recording, 64 bits"},
          {"duration_s", "Float", "duration, s"},
          {"imu_start", "Integer", "first row in /imu of its shard"},
          {"imu_count", "Integer", "rows in /imu"},
          {"optical_start", "Integer", "first row in /optical of its shard"},
          {"optical_count", "Integer", "rows in /optical"},
          {"magnetometer_start", "Integer", "first row in /magnetometer of its shard"},
          {"magnetometer_count", "Integer", "rows in /magnetometer, 0 without one"}};
}

std::vector<std::string> sequence_cells(const ShardTables& t, std::size_t row, Place place) {
  const ShardTables::Sequence& s = t.sequences[row];
  std::vector<std::string> cells = {std::to_string(place.sequence),
                                    std::to_string(place.shard),
                                    std::to_string(row),
                                    std::to_string(s.index),
                                    name_of(t.subjects, s.subject),
                                    name_of(t.clips, s.clip),
                                    name_of(t.devices, s.device),
                                    name_of(t.straps, s.strap),
                                    name_of(t.placements, s.placement),
                                    class_name(t, s.class_id),
                                    name_of(t.split_names, s.split),
                                    std::to_string(s.seed),
                                    number_text(s.duration_s)};
  for (const std::int64_t value : {s.imu_start, s.imu_count, s.optical_start, s.optical_count,
                                   s.magnetometer_start, s.magnetometer_count})
    cells.push_back(std::to_string(value));
  return cells;
}

std::vector<DatasetRecord::TableColumn> event_columns() {
  return {{"sequence", "Integer", "line in sequences.csv, from 0"},
          {"shard", "Integer", "number of its shard"},
          {"start_ns", "Integer", "start since the start of the recording, ns"},
          {"end_ns", "Integer", "end since the start of the recording, ns"},
          {"class", "Text", "what happened"},
          {"source", "Text", "who says so: motion, holding, contact, strap or heart"},
          {"confidence", "Float", "0 to 1"},
          {"speed", "Float", "closing speed of a contact, m/s; empty where there is none"}};
}

std::vector<std::string> event_cells(const ShardTables& t, const ShardTables::EventRow& e,
                                     Place place) {
  return {std::to_string(place.sequence),
          std::to_string(place.shard),
          nanoseconds(e.start_s),
          nanoseconds(e.end_s),
          name_of(t.event_names, e.class_id),
          name_of(t.event_sources, e.source),
          number_text(e.confidence),
          number_text(e.speed)};
}

std::vector<DatasetRecord::TableColumn> class_columns() {
  return {{"id", "Integer", "number of the class in the shards"},
          {"name", "Text", "name"},
          {"parent", "Text", "family"},
          {"definition", "Text", "what it is"},
          {"prompts", "Text", "ways to say it, one per line"},
          {"rare", "Boolean", "whether it is rare"},
          {"held_out", "Boolean", "whether it is kept out of training"},
          {"sequences", "Integer", "recordings about it"},
          {"events", "Integer", "events of it"},
          {"windows", "Integer", "windows of it"},
          {"samples", "Integer", "inertial samples labelled with it"},
          {"labelled_s", "Float", "their time, s"}};
}

std::vector<std::string> class_cells(const DatasetRecord::ClassRow& row, std::int64_t id) {
  std::string prompts;
  for (const std::string& prompt : row.info.prompts)
    prompts += (prompts.empty() ? "" : "\n") + prompt;
  return {std::to_string(id),
          row.info.name,
          row.info.parent,
          row.info.definition,
          prompts,
          flag(row.info.rare),
          flag(row.info.held_out),
          std::to_string(row.sequences),
          std::to_string(row.events),
          std::to_string(row.windows),
          std::to_string(row.samples),
          number_text(row.labelled_s)};
}

}  // namespace wrist
