// SPDX-License-Identifier: Apache-2.0
// The transport and the magnetometer of a watch, read strictly.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "generators/assets_internal.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using namespace testing;

std::string shipped(const std::string& watch) {
  std::ifstream file(asset_folder() / "watches" / (watch + ".toml"));
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

WatchSpec read(const std::string& text) {
  const toml::table parsed = toml::parse(text);
  const TomlTable table(parsed, "watch.toml");
  WatchSpec watch = read_watch(table, asset_folder());
  table.finish();
  return watch;
}

std::string error_of(std::string text, const std::string& from, const std::string& to) {
  try {
    read(text.replace(text.find(from), from.size(), to));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

void expect_part(const std::string& error, const std::string& part) {
  EXPECT_NE(error.find(part), std::string::npos) << error;
}

TEST(AssetsTransport, TheShippedWatchIsReadInSi) {
  const WatchSpec watch = read(shipped("generic_bursts_50hz"));
  EXPECT_DOUBLE_EQ(watch.transport.clock.rate_error_sd, 20e-6);
  EXPECT_DOUBLE_EQ(watch.transport.clock.parabola, -0.035e-6);
  const LinkSpec& imu = watch.transport.links.at("imu");
  const auto& bursts = std::get<BurstStamps>(imu.stamps);
  EXPECT_DOUBLE_EQ(bursts.interval, 0.095);
  EXPECT_DOUBLE_EQ(bursts.spacing[1], 0.002);
  EXPECT_DOUBLE_EQ(imu.skew[1], 0.0025);
  EXPECT_EQ(imu.loss.packet, (std::array<int, 2>{4, 20}));
  EXPECT_EQ(imu.loss.shares, (std::array<double, 3>{0.6, 0.2, 0.2}));
  EXPECT_DOUBLE_EQ(watch.transport.links.at("optical").skew[1], 0.020);
}

TEST(AssetsTransport, AWatchThatSaysNothingIsIdeal) {
  const WatchSpec watch = read(shipped("generic_100hz"));
  EXPECT_TRUE(std::holds_alternative<IdealStamps>(watch.transport.links.at("imu").stamps));
  EXPECT_EQ(watch.transport.links.at("imu").loss.onset, 0);
  EXPECT_FALSE(watch.magnetometer.has_value());
}

TEST(AssetsTransport, EveryModeCanBeAskedFor) {
  const auto mode = [](const std::string& lines) {
    return read(shipped("generic_100hz") + "[transport.imu]\n" + lines)
        .transport.links.at("imu")
        .stamps;
  };
  EXPECT_EQ(
      std::get<JitteredStamps>(mode("stamps = \"jittered\"\nsd = [\"0.1 ms\", \"1 ms\"]")).sd[1],
      0.001);
  EXPECT_TRUE(std::holds_alternative<RegularStamps>(mode("stamps = \"regular\"")));
  EXPECT_EQ(std::get<BatchStamps>(mode("stamps = \"batches\"\nperiod = \"1 s\"")).period, 1);
}

TEST(AssetsTransport, MistakesAreNamed) {
  const std::string watch = shipped("generic_bursts_50hz");
  expect_part(error_of(watch, "stamps = \"bursts\"", "stamps = \"burst\""),
              "transport.imu.stamps: expected ideal, jittered, bursts, regular or batches");
  expect_part(error_of(watch, "stamps = \"bursts\"", "stamps = \"regular\""),
              "unknown key transport.imu.gap");
  expect_part(error_of(watch, "interval_sd", "intervall_sd"),
              "did you mean transport.imu.interval_sd?");
  expect_part(error_of(watch, "packet_samples = [4, 20]", "packet_samples = [4, 20.5]"),
              "transport.imu.loss.packet_samples: expected whole numbers");
  expect_part(error_of(watch, "dropped = 0.6", "dropped = 0.7"), "shares that add up to 1");
  expect_part(error_of(watch, "[transport.imu]", "[transport.imus]"),
              "did you mean transport.imu?");
}

TEST(AssetsMagnetometer, TheShippedWatchIsReadInSi) {
  const WatchSpec watch = read(shipped("generic_compass_100hz"));
  ASSERT_TRUE(watch.magnetometer.has_value());
  EXPECT_DOUBLE_EQ(watch.magnetometer->range, 4912e-6);
  EXPECT_NEAR(watch.magnetometer->range / watch.magnetometer->most_counts, 0.15e-6, 1e-10);
  EXPECT_DOUBLE_EQ(watch.magnetometer->noise_density, 70e-9);
  EXPECT_DOUBLE_EQ(watch.magnetometer->hard_iron_sd, 20e-6);
  EXPECT_DOUBLE_EQ(watch.magnetometer->soft_iron_sd, 0.03);
}

TEST(AssetsMagnetometer, MistakesAreNamed) {
  const std::string watch = shipped("generic_compass_100hz");
  expect_part(error_of(watch, "hard_iron_sd = \"20 uT\"", "hard_iron_sd = \"20 uV\""), "T, uT, nT");
  expect_part(error_of(watch, "hard_iron_sd", "hard_irn_sd"),
              "did you mean magnetometer.hard_iron_sd?");
  expect_part(error_of(watch, "soft_iron_sd = \"3 %\"", "soft_iron_sd = \"30 %\""),
              "soft_iron_sd below 1/6");
}

}  // namespace
}  // namespace wrist
