// SPDX-License-Identifier: Apache-2.0
// What [sensor] does to a watch, a specimen and a recording.
#include "generators/sensor_settings.h"

#include <algorithm>
#include <cmath>
#include <fstream>

#include "generators/flag_masks.h"
#include "sim/base/error.h"
#include "tests/generators/recipe_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using testing::assets;

constexpr double kRate = 100;     // Hz
constexpr Index kRows = 400'000;  // 4000 s

// A recording whose counts never repeat by themselves.
Recording counting(const SensorSettings& settings) {
  Recording r;
  r.scenario.sensor = settings;
  Rows<std::int16_t> counts(kRows, 3);
  for (Index i = 0; i < kRows; ++i) counts.row(i).setConstant(static_cast<std::int16_t>(i % 30000));
  r.channels.push_back({"imu", "accel", counts, "axis", {}});
  r.channels.push_back({"imu", "gyro", counts, "axis", {}});
  const Rows<std::uint8_t> flags = Rows<std::uint8_t>::Zero(kRows, 1);
  const Attributes masks = {{"flag_masks", std::vector<std::int64_t>{1, 2, 4}},
                            {"flag_meanings", std::string("saturated dropped slip")}};
  r.channels.push_back({"imu", "flags", flags, "", masks});
  return r;
}

std::vector<bool> standing(const Recording& r, const std::string& name, Index column) {
  const Eigen::ArrayXXd all = testing::values(r, "imu", name);
  std::vector<bool> still = {false};
  for (Index i = 1; i < all.rows(); ++i) still.push_back(all(i, column) == all(i - 1, column));
  return still;
}

double share(const std::vector<bool>& rows) {
  return static_cast<double>(std::count(rows.begin(), rows.end(), true)) /
         static_cast<double>(rows.size());
}

// Spells of length L in a time T take a share p with a standard error of about sqrt(2 p L / T).
TEST(SensorSettings, DropOutsTakeTheirShareAndGrow) {
  double before_axis = 0, before_gyro = 0;
  for (const double wanted : {0.01, 0.02, 0.05, 0.1, 0.2}) {
    SensorSettings settings;
    settings.axis_dropout = wanted;
    Recording axis = counting(settings);
    drop_axes(axis, kRate, Rng(3));
    double found = 0;
    int columns = 0;
    for (const char* name : {"accel", "gyro"})
      for (Index c = 0; c < 3; ++c) {
        const double one = share(standing(axis, name, c));
        found += one;
        columns += one > 0;
      }
    EXPECT_EQ(columns, 1) << "one axis alone";
    EXPECT_NEAR(found, wanted, 4 * std::sqrt(2 * wanted * kRate / kRows));
    EXPECT_GT(found, before_axis);
    before_axis = found;

    SensorSettings all;
    all.gyro_dropout = wanted;
    Recording gyro = counting(all);
    drop_axes(gyro, kRate, Rng(4));
    const double still = share(standing(gyro, "gyro", 1));
    EXPECT_NEAR(still, wanted, 4 * std::sqrt(2 * wanted * kRate / kRows));
    EXPECT_EQ(share(standing(gyro, "accel", 1)), 0);
    EXPECT_GT(still, before_gyro);
    before_gyro = still;
  }
}

TEST(SensorSettings, LossTakesItsShareInGapsOfFive) {
  const Stamps taken = Stamps::LinSpaced(kRows, 0, (kRows - 1) * std::int64_t{10'000'000});
  for (const double wanted : {0.005, 0.02, 0.1}) {
    SensorSettings settings;
    settings.loss = wanted;
    const WatchSpec watch = set_up(assets().watch("generic_100hz"), settings);
    const Flags flags = deliver(build_transport(watch.transport, Rng(1)), {"imu", kRate, taken}, {},
                                Rng(2) / "transport")
                            .flags;
    double lost = 0, gaps = 0;
    for (Index i = 1; i < kRows; ++i) {
      lost += flags[i] == kSampleDropped;
      gaps += flags[i] == kSampleDropped && flags[i - 1] != kSampleDropped;
    }
    EXPECT_NEAR(lost / kRows, wanted, 4 * std::sqrt(2 * wanted * 5 / kRows));
    EXPECT_NEAR(lost / gaps, 5, 4 * 5 / std::sqrt(gaps));
  }
}

TEST(SensorSettings, FlagsSayWhatStandsStill) {
  SensorSettings settings;
  settings.gyro_dropout = 0.1;
  Recording r = counting(settings);
  drop_axes(r, kRate, Rng(4));
  const Channel& channel = r.channels.back();
  const auto bit = flag_mask(channel.attributes, "gyro_stuck");
  ASSERT_EQ(bit, 8);
  const auto& flags = std::get<Rows<std::uint8_t>>(channel.values);
  const std::vector<bool> still = standing(r, "gyro", 0);
  for (Index i = 1; i < kRows; ++i)
    ASSERT_EQ((flags(i, 0) & bit) != 0, still[static_cast<std::size_t>(i)]) << i;
}

TEST(SensorSettings, NothingAskedForChangesNothing) {
  const WatchSpec& watch = assets().watch("generic_100hz");
  const WatchSpec same = set_up(watch, {});
  EXPECT_EQ(same.imu.accel.range, watch.imu.accel.range);
  EXPECT_EQ(same.imu.rate_hz, watch.imu.rate_hz);
  EXPECT_EQ(same.imu.accel.bandwidth_hz, watch.imu.accel.bandwidth_hz);
  EXPECT_EQ(same.transport.links.size(), watch.transport.links.size());
  Recording r = counting({});
  drop_axes(r, kRate, Rng(1));
  EXPECT_EQ(share(standing(r, "gyro", 2)), 0);
  EXPECT_EQ(flag_mask(r.channels.back().attributes, "gyro_stuck"), 0);
}

TEST(SensorSettings, TheLowPassMovesWithTheRateOrStays) {
  const WatchSpec& watch = assets().watch("generic_100hz");
  SensorSettings slow, decimated;
  slow.rate = decimated.decimated_rate = 25;
  EXPECT_EQ(set_up(watch, slow).imu.rate_hz, 25);
  EXPECT_DOUBLE_EQ(set_up(watch, slow).imu.accel.bandwidth_hz, watch.imu.accel.bandwidth_hz / 4);
  EXPECT_EQ(set_up(watch, decimated).imu.rate_hz, 25);
  EXPECT_EQ(set_up(watch, decimated).imu.gyro.bandwidth_hz, watch.imu.gyro.bandwidth_hz);
}

TEST(SensorSettings, RatesThatDoNotSuitTheTransportAreErrors) {
  SensorSettings fast;
  fast.rate = 800;
  EXPECT_THROW(set_up(assets().watch("generic_bursts_50hz"), fast), Error);
}

// Errors of a unit are its own: the same in every session, another in another unit.
TEST(SensorSettings, ASpecimenKeepsItsErrors) {
  const ImuSpec& spec = assets().watch("generic_100hz").imu;
  SensorSettings settings;
  settings.accel_bias = 0.5;
  settings.gyro_bias = 0.1;
  settings.gain_error = 0.05;
  settings.rate_error = 0.02;
  const auto specimen = [&](std::uint64_t device) {
    ImuUnit unit = build_imu(spec, Rng(device) / "imu");
    disturb(unit, settings, Rng(device));
    return unit;
  };
  const ImuUnit plain = build_imu(spec, Rng(1) / "imu"), one = specimen(1), again = specimen(1),
                other = specimen(2);
  EXPECT_NEAR((one.accel.bias - plain.accel.bias).norm(), 0.5, 1e-12);
  EXPECT_NEAR((one.gyro.bias - plain.gyro.bias).norm(), 0.1, 1e-12);
  EXPECT_NEAR(std::abs(one.true_rate_hz / plain.true_rate_hz - 1), 0.02, 1e-12);
  const Eigen::Matrix3d error =
      one.accel.gain * plain.accel.gain.inverse() - Eigen::Matrix3d::Identity();
  for (int i = 0; i < 3; ++i)
    for (int k = 0; k < 3; ++k) {
      EXPECT_LE(std::abs(error(i, k)), 0.05 + 1e-12);
      if (i == k) {
        EXPECT_NEAR(std::abs(error(i, k)), 0.05, 1e-12);
      }
    }
  EXPECT_EQ(one.accel.bias, again.accel.bias);
  EXPECT_NE(one.accel.bias - plain.accel.bias, other.accel.bias - plain.accel.bias);
}

// Reading the resolved recipe again is the same recipe.
TEST(SensorSettings, RecipesSayThemAgain) {
  const Recipe r = testing::shipped_recipe(
      "stress", {"sensor.accel_bias=[\"10 mg\",\"20 mg\"]", "sensor.loss=2 %", "tails.beyond=0.9"});
  const auto file = testing::scratch_folder() / "again.toml";
  std::ofstream(file) << to_toml(r);
  const Recipe again = read_recipe(file, {}, assets());
  EXPECT_EQ(to_json(again), to_json(r));
  EXPECT_NE(to_json(r).find("accel_bias_m_s2"), std::string::npos);
}

}  // namespace
}  // namespace wrist
