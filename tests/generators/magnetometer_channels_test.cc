// SPDX-License-Identifier: Apache-2.0
// A stream that only some watches have: in the recording, in the tables, and back again.
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "generators/dataset_check.h"
#include "generators/dataset_read.h"
#include "generators/make_recording.h"
#include "generators/run.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using namespace testing;

Recipe recipe_of(const std::string& watch, const std::vector<std::string>& more = {}) {
  std::vector<std::string> overrides = {"duration=5 s", "fidelity=ideal", "devices.watch=" + watch};
  overrides.insert(overrides.end(), more.begin(), more.end());
  return shipped_recipe("quickstart", overrides);
}

Recording record(const Recipe& recipe, const Assets& from = assets()) {
  return make_recording(draw_scenario(recipe, from, 9), from, ClipLibrary({}, 1));
}

const Channel* find(const Recording& r, const std::string& group, const std::string& name) {
  for (const Channel& c : r.channels)
    if (c.group == group && c.name == name) return &c;
  return nullptr;
}

template <typename T>
Eigen::ArrayXXd values(const Recording& r, const std::string& group, const std::string& name) {
  const Channel* channel = find(r, group, name);
  if (channel == nullptr) throw std::runtime_error("no channel " + group + "/" + name);
  return std::get<Rows<T>>(channel->values).template cast<double>();
}

TEST(MagnetometerChannels, OnlyAWatchThatHasOneWritesThem) {
  const Recording without = record(recipe_of("generic_100hz"));
  for (const Channel& c : without.channels)
    EXPECT_EQ(c.group.find("magnetometer"), std::string::npos) << c.group;
  const Recording with = record(recipe_of("generic_compass_100hz"));
  EXPECT_NE(find(with, "magnetometer", "t_host"), nullptr) << "transport carries it as well";
}

TEST(MagnetometerChannels, TheFieldIsTheScenariosTurnedByTheWatch) {
  const Recording r =
      record(recipe_of("generic_compass_100hz", {"environment.magnetic_field=48 uT"}));
  const Eigen::ArrayXXd clean = values<float>(r, "truth_magnetometer", "clean_field");
  const Eigen::ArrayXXd t = values<std::int64_t>(r, "magnetometer", "t");
  EXPECT_NEAR(static_cast<double>(clean.rows()), 250, 25) << "50 Hz, off by at most 10 %";
  EXPECT_GE(t(0, 0), 0);
  EXPECT_LT(t(t.rows() - 1, 0), 5e9);
  EXPECT_LT((clean.square().rowwise().sum().sqrt() - 48e-6).abs().maxCoeff(), 1e-11);
  // The pose at the imu's samples says what the field should be there: worked anew, at the nearest.
  const Eigen::ArrayXXd pose = values<float>(r, "truth", "case_orientation");
  const Eigen::ArrayXXd imu_t = values<std::int64_t>(r, "imu", "t");
  for (Index i = 0; i < t.rows(); i += 10) {
    Index near = 0;
    (imu_t.col(0) - t(i, 0)).abs().minCoeff(&near);
    const Eigen::Quaterniond R_WC(pose(near, 0), pose(near, 1), pose(near, 2), pose(near, 3));
    const Eigen::Vector3d expected = R_WC.conjugate() * field_W(r.scenario.earth);
    const Eigen::Vector3d found = clean.row(i).matrix().transpose();
    EXPECT_LT((found - expected).norm(), 48e-6 * 0.05) << "5 ms at 10 rad/s";
  }
}

// A stream more must not change the others: they draw from streams of their own.
TEST(MagnetometerChannels, TheOtherStreamsDoNotNotice) {
  const Recipe recipe = recipe_of("generic_compass_100hz");
  Assets plain = assets();
  plain.watches.at("generic_compass_100hz").magnetometer.reset();
  const Recording with = record(recipe), without = record(recipe, plain);
  for (const Channel& c : without.channels) {
    const Channel* same = find(with, c.group, c.name);
    ASSERT_NE(same, nullptr) << c.group << "/" << c.name;
    EXPECT_TRUE(std::ranges::equal(bytes_of(c), bytes_of(*same))) << c.group << "/" << c.name;
  }
}

TEST(MagnetometerChannels, TablesKnowItsRows) {
  const auto out = scratch_folder();
  const Recipe recipe = recipe_of("generic_compass_100hz", {"recordings=3"});
  const RunReport report = run(recipe, assets(), {out, 2, false, {}, {}});
  ASSERT_TRUE(report.failures.empty());
  const Shard shard(out / report.shards[0].file);
  const ShardTables& t = shard.tables();
  ASSERT_EQ(t.sequences.size(), 3u);
  std::int64_t rows = 0;
  for (const auto& s : t.sequences) {
    EXPECT_EQ(s.magnetometer_start, rows);
    EXPECT_GT(s.magnetometer_count, 200);
    rows += s.magnetometer_count;
  }
  EXPECT_EQ(shard.shape("/magnetometer/field").rows, rows);
  EXPECT_EQ(shard.shape("/truth_magnetometer/clean_field").rows, rows);
  EXPECT_EQ(t.window_magnetometer_length, 128) << "2.56 s at 50 Hz";
  ASSERT_FALSE(t.windows.empty());
  for (const auto& w : t.windows) {
    const double imu = shard.read("/imu/t", w.imu_start, 1)(0, 0);
    const double own = shard.read("/magnetometer/t", w.magnetometer_start, 1)(0, 0);
    EXPECT_LT(std::abs(imu - own), 0.3e9) << "within what a rate error of 10 % takes from the end";
  }
  EXPECT_DOUBLE_EQ(number(shard.attributes("/magnetometer"), "rate_hz", 0), 50);
}

TEST(MagnetometerChannels, TheFieldIsDrawnIntoTheScenario) {
  const Recipe recipe = recipe_of(
      "generic_100hz",
      {"environment.inclination=60 deg", "environment.magnetic_field=[\"30 uT\", \"40 uT\"]"});
  const Scenario a = draw_scenario(recipe, assets(), 0), b = draw_scenario(recipe, assets(), 1);
  EXPECT_NEAR(a.earth.inclination, 1.0472, 1e-4);
  EXPECT_NE(a.earth.magnitude, b.earth.magnitude);
  EXPECT_GE(a.earth.magnitude, 30e-6);
  EXPECT_LE(a.earth.magnitude, 40e-6);
  const auto text = nlohmann::json::parse(to_json(a)).at("earth_field");
  EXPECT_EQ(text.at("north_rad").get<double>(), a.earth.north);
  EXPECT_THROW(recipe_of("generic_100hz", {"environment.inclination=100 deg"}), Error);
}

}  // namespace
}  // namespace wrist
