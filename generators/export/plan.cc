// SPDX-License-Identifier: Apache-2.0
#include "generators/export/plan.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "generators/report/inventory.h"

namespace wrist::exports {
namespace {

namespace fs = std::filesystem;

constexpr const char* kAccel = "/imu/accel";
constexpr const char* kGyro = "/imu/gyro";
constexpr const char* kCounts = "/optical/counts";

[[noreturn]] void bad(const Shard& shard, const std::string& text) {
  throw Error(ErrorKind::bad_data, shard.file().string() + ": " + text);
}

template <typename T>
T attribute_or(const Attributes& attributes, const std::string& name, const T& fallback) {
  return attributes.contains(name) ? attribute<T>(attributes, name) : fallback;
}

// Counts of that type and width, lost ones marked as they are everywhere.
Attributes check_counts(const Shard& shard, const std::string& path, Element element,
                        std::int64_t fill) {
  const Shard::Shape shape = shard.shape(path);
  if (shape.element != element || (element == Element::i2 && shape.columns != 3))
    bad(shard, path + ": expected counts of type " + to_string(element) +
                   (element == Element::i2 ? " of three axes" : ""));
  const Attributes attributes = shard.attributes(path);
  if (number(attributes, "_FillValue", static_cast<double>(fill)) != static_cast<double>(fill))
    bad(shard, path + ": attribute _FillValue: expected " + std::to_string(fill));
  return attributes;
}

void check_length(const Shard& shard, const std::string& path, std::int64_t length) {
  const std::int64_t rows = shard.shape(path).rows;
  if (length < 1 || length > rows)
    bad(shard, "/windows: expected windows of 1 to " + std::to_string(rows) + " rows of " + path +
                   ", found " + std::to_string(length));
}

void read_optical(Profile& p, const Shard& shard) {
  if (!shard.has(kCounts)) return;
  check_counts(shard, kCounts, Element::i4, kOpticalFill);
  const Attributes group = shard.attributes("/optical");
  p.optical_rate_hz = number(group, "rate_hz", 0);
  p.optical_length = shard.tables().window_optical_length;
  check_length(shard, kCounts, p.optical_length);
  p.channels = shard.shape(kCounts).columns;
  p.channel_names = attribute_or<std::vector<std::string>>(group, "channel_names", {});
  p.wavelength_nm = attribute_or<std::vector<double>>(group, "wavelength_nm", {});
}

Profile read_profile(const Shard& shard) {
  Profile p;
  for (const char* path : {kAccel, kGyro})
    if (!shard.has(path)) bad(shard, std::string("expected ") + path + ", found none");
  p.accel_scale = number(check_counts(shard, kAccel, Element::i2, kImuFill), "scale_factor", 1);
  p.gyro_scale = number(check_counts(shard, kGyro, Element::i2, kImuFill), "scale_factor", 1);
  const Attributes group = shard.attributes("/imu");
  p.rate_hz = number(group, "rate_hz", 0);
  p.watch = attribute_or<std::string>(group, "watch", "");
  p.gravity_convention = attribute_or<std::string>(group, "gravity_convention", "");
  p.frames = attribute_or<std::string>(group, "frames", "");
  p.p_CI_m = attribute_or<std::vector<double>>(group, "p_CI_m", {});
  p.angle_CI_rad = number(group, "angle_CI_rad", 0);
  const ShardTables& t = shard.tables();
  p.imu_length = t.window_imu_length;
  check_length(shard, kAccel, p.imu_length);
  p.window_s = t.window_s, p.hop_s = t.window_hop_s;
  read_optical(p, shard);
  return p;
}

// What must be the same, by name, as texts.
std::vector<std::pair<std::string, std::string>> facts(const Profile& p) {
  using nlohmann::json;
  return {{"watch", json(p.watch).dump()},
          {"/imu rate_hz", json(p.rate_hz).dump()},
          {"/imu/accel scale_factor", json(p.accel_scale).dump()},
          {"/imu/gyro scale_factor", json(p.gyro_scale).dump()},
          {"/windows imu_length", json(p.imu_length).dump()},
          {"/optical rate_hz", json(p.optical_rate_hz).dump()},
          {"/windows optical_length", json(p.optical_length).dump()},
          {"number of light paths", json(p.channels).dump()},
          {"/optical channel_names", json(p.channel_names).dump()},
          {"/imu p_CI_m", json(p.p_CI_m).dump()},
          {"/imu angle_CI_rad", json(p.angle_CI_rad).dump()},
          {"/imu frames", json(p.frames).dump()}};
}

void require_same(const Profile& first, const fs::path& first_file, const Profile& p,
                  const Shard& shard) {
  const auto a = facts(first), b = facts(p);
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i])
      bad(shard, a[i].first + " is " + b[i].second + ", that of " + first_file.string() + " is " +
                     a[i].second +
                     ": windows of different devices do not stand in one array; "
                     "export them one by one");
}

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
  std::vector<std::string> splits, classes;
  std::set<std::int64_t> sequences;

  void add(const ShardTables& t) {
    splits.insert(splits.end(), t.split_names.begin(), t.split_names.end());
    for (const ClassInfo& c : t.classes) classes.push_back(c.name);
    for (const auto& s : t.sequences) sequences.insert(static_cast<std::int64_t>(s.index));
  }
  void check(const Filter& filter) {
    classes.push_back(report::kUnlabelled);
    require_known("--split", filter.splits, splits);
    require_known("--class", filter.classes, classes);
    for (const std::int64_t wanted : filter.sequences)
      require(sequences.contains(wanted), ErrorKind::usage,
              "--sequence: there is no recording " + std::to_string(wanted) +
                  "; their numbers lie between " +
                  std::to_string(sequences.empty() ? 0 : *sequences.begin()) + " and " +
                  std::to_string(sequences.empty() ? 0 : *sequences.rbegin()));
  }
};

using Select = Selection (*)(const ShardTables&, const Filter&);

Plan plan(const fs::path& path, const Filter& filter, Select select, bool one_device) {
  Plan all;
  all.files = find_shards(path);
  all.filter = filter;
  Known known;
  const fs::path* first_with_windows = nullptr;
  for (const fs::path& file : all.files) {
    const Shard shard(file);
    const ShardTables& t = shard.tables();
    known.add(t);
    for (const ClassInfo& c : t.classes) all.classes.id_or_add(c.name);
    for (const std::string& name : t.subjects) all.subjects.id_or_add(name);
    const Counts counts = select(t, filter).counts;
    all.counts += counts;
    if (&file == &all.files.front()) all.source = source_of(shard);
    if (!one_device || counts.chosen == 0) continue;
    const Profile profile = read_profile(shard);
    if (first_with_windows != nullptr)
      require_same(all.profile, *first_with_windows, profile, shard);
    else
      all.profile = profile, first_with_windows = &file;
  }
  known.check(filter);
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
