// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/side_index.h"

#include "generators/dataset_read.h"
#include "generators/export/window_reader.h"

namespace wrist::evaluation {
namespace {

const std::string& name_of(const std::vector<std::string>& names, int id) {
  static const std::string kNone;
  return id < 0 ? kNone : names[static_cast<std::size_t>(id)];
}

// "generic_100hz" of the unit "generic_100hz/3".
std::string watch_of(const std::string& device) { return device.substr(0, device.find('/')); }

std::set<std::string> classes_of_samples(exports::CountReader<std::int16_t>& ids,
                                         const ShardTables& t, const ShardTables::Sequence& s) {
  std::set<std::string> names;
  int last = -1;
  const auto column = ids.read(s.imu_start, s.imu_count);
  for (Index i = 0; i < column.rows(); ++i) {
    if (column(i, 0) == last) continue;
    last = column(i, 0);
    if (last >= 0) names.insert(t.classes[static_cast<std::size_t>(last)].name);
  }
  return names;
}

void add_shard(SideIndex& side, const std::filesystem::path& file) {
  const Shard shard(file);
  const ShardTables& t = shard.tables();
  exports::CountReader<std::int16_t> ids(shard, "/imu/class_id");
  const std::size_t first = side.recordings.size();
  for (std::size_t row = 0; row < t.sequences.size(); ++row) {
    const ShardTables::Sequence& s = t.sequences[row];
    SideRecording r{side.shards.size(), static_cast<std::int64_t>(row), "", {}, "", "", ""};
    if (s.class_id >= 0) r.class_name = t.classes[static_cast<std::size_t>(s.class_id)].name;
    r.occurring = classes_of_samples(ids, t, s);
    if (!r.class_name.empty()) r.occurring.insert(r.class_name);
    r.subject = name_of(t.subjects, s.subject);
    r.watch = watch_of(name_of(t.devices, s.device));
    r.strap = name_of(t.straps, s.strap);
    side.recordings.push_back(r);
  }
  for (const ShardTables::EventRow& e : t.events)
    if (e.class_id >= 0 && e.class_id < std::ssize(t.classes))
      side.recordings[first + static_cast<std::size_t>(e.sequence)].occurring.insert(
          t.classes[static_cast<std::size_t>(e.class_id)].name);
  side.shards.push_back(file);
}

}  // namespace

SideIndex index_side(const std::filesystem::path& folder) {
  SideIndex side;
  for (const std::filesystem::path& file : find_shards(folder)) add_shard(side, file);
  return side;
}

std::vector<std::string> occurring_classes(const SideIndex& side) {
  std::set<std::string> names;
  for (const SideRecording& r : side.recordings)
    names.insert(r.occurring.begin(), r.occurring.end());
  return {names.begin(), names.end()};
}

std::set<std::string> backgrounds(const SideIndex& side) {
  std::set<std::string> names;
  for (const SideRecording& r : side.recordings)
    for (const std::string& name : r.occurring)
      if (name != r.class_name) names.insert(name);
  return names;
}

}  // namespace wrist::evaluation
