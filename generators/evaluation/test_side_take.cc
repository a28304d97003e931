// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/test_side_take.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/dataset_read.h"
#include "generators/export/window_reader.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;

const std::string& name_of(const std::vector<std::string>& names, int id) {
  static const std::string kUnknown;
  return id < 0 ? kUnknown : names[static_cast<std::size_t>(id)];
}

// Names start anew in every recipe; who it is, the seed of the habits says, and of a unit its own.
std::string told_apart(const std::string& name, std::uint64_t seed) {
  constexpr int kDigits = 6;
  std::string hex;
  for (int i = 0; i < kDigits; ++i, seed >>= 4) hex += "0123456789abcdef"[seed & 15];
  return name + "-" + hex;
}

Taken take(const Shard& shard, std::size_t sequence, const Rng& order) {
  const ShardTables& t = shard.tables();
  const ShardTables::Sequence& s = t.sequences[sequence];
  const auto scenario = nlohmann::json::parse(s.scenario);
  Taken r;
  r.key = (order / s.index).key();
  r.watch = scenario.at("watch");
  r.subject = told_apart(name_of(t.subjects, s.subject), scenario.at("habit_seed"));
  r.device = told_apart(name_of(t.devices, s.device), scenario.at("device_seed"));
  r.strap = name_of(t.straps, s.strap);
  r.shard = shard.file();
  r.sequence = static_cast<std::int64_t>(sequence);
  r.recording = s.index;
  r.duration_s = s.duration_s;
  return r;
}

void add_windows(const Shard& shard, std::vector<Taken>& taken) {
  const ShardTables& t = shard.tables();
  exports::CountReader<std::int64_t> stamps(shard, "/imu/t");
  for (std::size_t row = 0; row < t.windows.size(); ++row) {
    const ShardTables::Window& w = t.windows[row];
    Taken& r = taken[static_cast<std::size_t>(w.sequence)];
    WindowSource source;
    source.shard = shard.file();
    source.window = static_cast<std::int64_t>(row);
    source.sequence = w.sequence;
    source.recording = r.recording;
    source.number = std::ssize(r.windows);
    source.start_s = 1e-9 * static_cast<double>(stamps.read(w.imu_start, 1)(0, 0));
    r.windows.push_back(source);
    r.labels.push_back(w.class_id < 0 ? kNone
                                      : t.classes[static_cast<std::size_t>(w.class_id)].name);
  }
}

// What the recording is held against: times its gestures were performed.
void add_events(const ShardTables& t, const ClassIds& classes, std::vector<Taken>& taken) {
  for (const ShardTables::EventRow& e : t.events) {
    if (e.class_id < 0 || e.class_id >= std::ssize(t.classes)) continue;
    const ClassInfo& info = t.classes[static_cast<std::size_t>(e.class_id)];
    if (!info.by_event) continue;
    Taken& r = taken[static_cast<std::size_t>(e.sequence)];
    r.events.push_back({"", e.start_s, e.end_s, classes.at(info.name)});
  }
}

}  // namespace

std::vector<Taken> take_part(const TestPart& part, const ClassIds& classes, const Rng& order) {
  std::vector<Taken> all;
  for (const fs::path& file : find_shards(part.shards)) {
    const Shard shard(file);
    std::vector<Taken> taken;
    for (std::size_t s = 0; s < shard.tables().sequences.size(); ++s)
      taken.push_back(take(shard, s, order));
    add_windows(shard, taken);
    add_events(shard.tables(), classes, taken);
    std::move(taken.begin(), taken.end(), std::back_inserter(all));
  }
  std::sort(all.begin(), all.end(), [](const Taken& a, const Taken& b) {
    return std::tie(a.watch, a.key) < std::tie(b.watch, b.key);
  });
  return all;
}

}  // namespace wrist::evaluation
