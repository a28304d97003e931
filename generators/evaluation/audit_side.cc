// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/audit_side.h"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generators/sha256.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const std::string& name_of(const std::vector<std::string>& names, int id) {
  static const std::string kNobody;
  return id < 0 ? kNobody : names.at(static_cast<std::size_t>(id));
}

// All that was drawn but what only numbers it: the same motion by the same person on the same unit.
std::string instance_of(json scenario) {
  for (const char* key : {"index", "split", "seed"}) scenario.erase(key);
  return sha256(scenario.dump());
}

AuditRecording read_recording(const Shard& shard, std::size_t row) {
  const ShardTables& t = shard.tables();
  const ShardTables::Sequence& s = t.sequences[row];
  try {
    const json scenario = json::parse(s.scenario);
    AuditRecording r;
    r.subject = std::to_string(scenario.at("habit_seed").get<std::uint64_t>());
    r.unit = std::to_string(scenario.at("device_seed").get<std::uint64_t>());
    r.seed = std::to_string(s.seed);
    r.clip = scenario.at("motion").at("clip");
    r.instance = instance_of(scenario);
    r.strap = name_of(t.straps, s.strap);
    r.watch = scenario.at("watch");
    if (s.class_id >= 0)
      r.labels.insert(r.class_name = t.classes[static_cast<std::size_t>(s.class_id)].name);
    return r;
  } catch (const json::exception& error) {
    throw Error(ErrorKind::bad_data, shard.file().string() + ": /sequences row " +
                                         std::to_string(row) + ": scenario: " + error.what());
  }
}

void add_windows(const ShardTables& t, AuditShard& out) {
  for (const ShardTables::Window& w : t.windows) {
    out.window_sequences.push_back(static_cast<int>(w.sequence));
    out.window_labels.push_back(
        w.class_id < 0 ? "" : t.classes[static_cast<std::size_t>(w.class_id)].name);
    if (w.class_id >= 0)
      out.recordings[static_cast<std::size_t>(w.sequence)].labels.insert(out.window_labels.back());
  }
}

// A class too short for a window is there all the same.
void add_samples(const Shard& shard, AuditShard& out) {
  if (!shard.has("/imu/class_id")) return;
  const ShardTables& t = shard.tables();
  for (std::size_t row = 0; row < t.sequences.size(); ++row) {
    const ShardTables::Sequence& s = t.sequences[row];
    const Eigen::ArrayXXd ids = shard.read("/imu/class_id", s.imu_start, s.imu_count);
    double last = -1;
    for (Eigen::Index i = 0; i < ids.rows(); ++i) {
      if (ids(i, 0) == last) continue;
      last = ids(i, 0);
      if (last >= 0 && last < static_cast<double>(t.classes.size()))
        out.recordings[row].labels.insert(t.classes[static_cast<std::size_t>(last)].name);
    }
  }
}

void add_events(const ShardTables& t, AuditShard& out) {
  for (const ShardTables::EventRow& e : t.events)
    if (e.class_id >= 0 && e.class_id < std::ssize(t.classes))
      out.recordings[static_cast<std::size_t>(e.sequence)].labels.insert(
          t.classes[static_cast<std::size_t>(e.class_id)].name);
}

AuditShard read_shard(const fs::path& file, const fs::path& set_folder, AuditPlace place) {
  const Shard shard(file);
  AuditShard out;
  out.place = place;
  out.file = file;
  out.name = file.lexically_relative(set_folder).generic_string();
  out.rate_hz = number(shard.attributes("/imu"), "rate_hz", 0);
  for (std::size_t row = 0; row < shard.tables().sequences.size(); ++row)
    out.recordings.push_back(read_recording(shard, row));
  add_windows(shard.tables(), out);
  add_samples(shard, out);
  add_events(shard.tables(), out);
  return out;
}

std::vector<fs::path> test_parts(const fs::path& folder) {
  require(fs::is_directory(folder), ErrorKind::io,
          folder.string() + ": no such folder; expected the labelled shards of the test side");
  std::vector<fs::path> parts;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.is_directory()) parts.push_back(entry.path());
  require(!parts.empty(), ErrorKind::io, folder.string() + ": no part of the test side in it");
  std::sort(parts.begin(), parts.end());
  return parts;
}

}  // namespace

std::vector<AuditShard> read_audit_shards(const fs::path& set_folder,
                                          const std::function<bool()>& stop) {
  std::vector<AuditShard> all;
  const auto add = [&](const fs::path& folder, AuditPlace place) {
    for (const fs::path& file : find_shards(folder)) {
      require(!stop || !stop(), ErrorKind::interrupted, "audit: interrupted");
      all.push_back(read_shard(file, set_folder, place));
    }
  };
  add(set_folder / "train", AuditPlace::train);
  if (fs::exists(set_folder / "validation")) add(set_folder / "validation", AuditPlace::validation);
  for (const fs::path& part : test_parts(set_folder / "answers" / "shards"))
    add(part, AuditPlace::test);
  return all;
}

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  require(in.good(), ErrorKind::io, "cannot read " + file.string() + ": " + std::strerror(errno));
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string list_rows(const std::vector<std::int64_t>& rows) {
  constexpr std::size_t kShown = 5;
  std::string text;
  for (std::size_t i = 0; i < std::min(rows.size(), kShown); ++i)
    text.append(i == 0 ? "" : ", ").append(std::to_string(rows[i]));
  if (rows.size() > kShown)
    text.append(" and ").append(std::to_string(rows.size() - kShown)).append(" more");
  return text;
}

}  // namespace wrist::evaluation
