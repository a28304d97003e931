// SPDX-License-Identifier: Apache-2.0
/// Shards whose statistics are known by hand.
#pragma once

#include <cmath>
#include <functional>

#include "sim/base/constants.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist::testing {

inline constexpr double kFixtureSine = 12.5;    // Hz; on a bin of 256 samples at 100 Hz
inline constexpr double kFixtureAmplitude = 2;  // m/s2, on x
inline constexpr double kFixtureTurn = 0.5;     // rad/s, on y, steadily

/// A recording of 100 Hz that shakes by one sine, turns steadily, slides by 0.1 mm a second, sits
/// at 5 kPa with a gap of 1 mm, and whose pulse is ten times its one disturbance.
inline Recording sine_recording(Index rows, Index number, double shake = kFixtureAmplitude) {
  const auto seconds = [](Index i) { return static_cast<double>(i) / 100; };
  const auto accel = [=](Index i, Index k) {
    const double x = shake * std::sin(2 * kPi * kFixtureSine * seconds(i));
    return k == 0 ? x : k == 2 ? kGravity : 0;
  };
  const auto gyro = [=](Index, Index k) { return k == 1 && shake > 0 ? kFixtureTurn : 0; };
  Recording r = small_recording(rows, number);
  r.channels.clear();
  r.channels.push_back(
      make_channel<std::int64_t>("imu", "t", rows, 1, [](Index i, Index) { return i * 10000000; }));
  constexpr double kStep = 0.0005;
  for (const auto& [name, value] :
       {std::pair<std::string, std::function<double(Index, Index)>>{"accel", accel},
        {"gyro", gyro}}) {
    r.channels.push_back(make_channel<std::int16_t>(
        "imu", name, rows, 3, [&](Index i, Index k) { return std::lround(value(i, k) / kStep); }));
    r.channels.back().attributes["scale_factor"] = kStep;
    r.channels.push_back(make_channel<float>("truth", "clean_" + name, rows, 3, value));
  }
  r.channels.push_back(make_channel<float>("truth", "strap_slip", rows, 2, [&](Index i, Index k) {
    return k == 0 ? 1e-4 * seconds(i) : 0;
  }));
  r.channels.back().column_dimension = "direction";
  r.channels.push_back(
      make_channel<float>("truth", "contact_pressure", rows, 1, [](Index, Index) { return 5e3; }));
  r.channels.push_back(
      make_channel<float>("truth", "gap", rows, 1, [](Index, Index) { return 1e-3; }));
  r.channels.push_back(make_channel<std::int64_t>("optical", "t", rows / 4, 1,
                                                  [](Index i, Index) { return i * 40000000; }));
  const auto beat = [](Index i) { return std::sin(2 * kPi * static_cast<double>(i) / 16); };
  r.channels.push_back(make_channel<std::int32_t>(
      "optical", "counts", rows / 4, 2, [&](Index i, Index) { return 100000 + 1000 * beat(i); }));
  r.channels.push_back(make_channel<float>("truth_optical", "part_steady", rows / 4, 2,
                                           [](Index, Index) { return 7; }));
  r.channels.push_back(make_channel<float>("truth_optical", "part_pulse", rows / 4, 2,
                                           [&](Index i, Index) { return 1 + 0.5 * beat(i); }));
  r.channels.push_back(make_channel<float>("truth_optical", "part_slip", rows / 4, 2,
                                           [&](Index i, Index) { return 0.05 * beat(i + 3); }));
  r.labels = {{0, r.scenario.duration_s, "walk"}};
  r.scenario.class_name = "walk";
  return r;
}

/// Recordings as given, in one shard below the test's own folder.
inline std::filesystem::path write_recordings(const std::string& name,
                                              const std::vector<Recording>& recordings,
                                              const ShardHeader& header = small_header()) {
  const std::filesystem::path file =
      std::filesystem::path(WRIST_BINARY_DIR) / "scratch" / "report" / name;
  std::filesystem::create_directories(file.parent_path());
  ShardWriter writer(file, header, 1);
  for (const Recording& recording : recordings) writer.append(recording);
  writer.commit();
  return file;
}

}  // namespace wrist::testing
