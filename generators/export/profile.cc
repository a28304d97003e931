// SPDX-License-Identifier: Apache-2.0
#include "generators/export/profile.h"

#include <nlohmann/json.hpp>

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

}  // namespace

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

void require_same(const Profile& first, const fs::path& first_file, const Profile& p,
                  const Shard& shard) {
  const auto a = facts(first), b = facts(p);
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != b[i])
      bad(shard, a[i].first + " is " + b[i].second + ", that of " + first_file.string() + " is " +
                     a[i].second +
                     ": windows of different devices do not stand in one array; "
                     "choose one by --watch, or export shard by shard");
}

}  // namespace wrist::exports
