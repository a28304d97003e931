// SPDX-License-Identifier: Apache-2.0
// A twin differs from the clean recording in what its corruption touches, and in nothing else.
#include <nlohmann/json.hpp>
#include <set>

#include "sim/base/error.h"
#include "tests/generators/evaluation/stress_twins.h"

namespace wrist {
namespace {

using namespace testing;

const std::vector<std::string> kShort = {"duration=4 s", "fidelity=ideal"};

TEST(StressTwins, ScenariosDifferInWhatIsTouchedAlone) {
  const Recipe clean = stressed("", 0);
  for (const StressSpec& spec : stress_library()) {
    if (!spec.context.empty()) continue;
    for (int severity = 1; severity <= std::ssize(spec.severities); ++severity) {
      const Recipe recipe = stressed(spec.name, severity);
      std::set<std::string> touched;
      for (std::uint64_t i = 0; i < 72; i += 5)
        for (const std::string& name : differences(to_json(draw_scenario(clean, assets(), i)),
                                                   to_json(draw_scenario(recipe, assets(), i))))
          touched.insert(name);
      EXPECT_FALSE(touched.empty()) << spec.name << "-" << severity << " changes nothing";
      for (const std::string& name : touched)
        EXPECT_NE(std::find(spec.touches.begin(), spec.touches.end(), name), spec.touches.end())
            << spec.name << "-" << severity << " also changes " << name;
    }
  }
}

// Every name in `touches` is one that some severity changes.
TEST(StressTwins, WhatIsSaidToBeTouchedIs) {
  const Recipe clean = stressed("", 0);
  for (const StressSpec& spec : stress_library()) {
    if (!spec.context.empty()) continue;
    std::set<std::string> touched;
    for (int severity = 1; severity <= std::ssize(spec.severities); ++severity)
      for (std::uint64_t i = 0; i < 72; i += 11)
        for (const std::string& name :
             differences(to_json(draw_scenario(clean, assets(), i)),
                         to_json(draw_scenario(stressed(spec.name, severity), assets(), i))))
          touched.insert(name);
    EXPECT_EQ(touched, std::set<std::string>(spec.touches.begin(), spec.touches.end()))
        << spec.name;
  }
}

TEST(StressTwins, ContextsAreOtherRecordings) {
  const Recipe rare = stressed("rare", 1);
  for (const std::string& name : rare.classes.names)
    EXPECT_TRUE(assets().movement(name).rare) << name;
  const Scenario s = draw_scenario(stressed("tails", 1), assets(), 4);
  EXPECT_GE(s.quantiles.size(), 8u);
}

bool same(const Channel& a, const Channel& b) {
  return std::visit(
      [&b](const auto& one) {
        const auto* other = std::get_if<std::decay_t<decltype(one)>>(&b.values);
        return other && one.rows() == other->rows() && one.cols() == other->cols() &&
               (one.array() == other->array()).all();
      },
      a.values);
}

class SensorTwins : public ::testing::TestWithParam<const char*> {};

TEST_P(SensorTwins, TruthIsTheSameBitForBit) {
  const std::vector<std::string> longer = {"duration=20 s", "fidelity=ideal"};
  const Recording clean = stressed_recording("", 0, longer);
  const Recording other = stressed_recording(GetParam(), 5, longer);
  int compared = 0;
  ASSERT_EQ(clean.channels.size(), other.channels.size());
  for (std::size_t i = 0; i < clean.channels.size(); ++i) {
    if (clean.channels[i].group == "imu") continue;
    ++compared;
    EXPECT_TRUE(same(clean.channels[i], other.channels[i]))
        << clean.channels[i].group << "/" << clean.channels[i].name;
  }
  EXPECT_GT(compared, 10);
  EXPECT_EQ(clean.events.size(), other.events.size());
  int differ = 0;
  for (const char* name : {"accel", "gyro", "t_host"})
    differ += !(values(clean, "imu", name) == values(other, "imu", name)).all();
  EXPECT_GT(differ, 0) << "the sensor says the same";
}
INSTANTIATE_TEST_SUITE_P(All, SensorTwins,
                         ::testing::Values("noise", "accel_bias", "gyro_bias", "gain_error",
                                           "accel_range", "gyro_range", "stamp_batch", "loss",
                                           "axis_dropout", "gyro_dropout"));

TEST(StressTwins, OnlyLostSamplesAreLost) {
  const Recording clean = stressed_recording("", 0, kShort);
  for (int severity = 1; severity <= 5; ++severity) {
    const Recording lossy = stressed_recording("loss", severity, kShort);
    const std::vector<bool> lost = flagged(lossy, "dropped");
    const auto a = values(clean, "imu", "accel"), b = values(lossy, "imu", "accel");
    for (Index i = 0; i < a.rows(); ++i)
      EXPECT_EQ((a.row(i) == b.row(i)).all(), !lost[static_cast<std::size_t>(i)]) << i;
  }
}

TEST(StressTwins, WhatStandsStillIsFlaggedAndRepeats) {
  const Recording clean = stressed_recording("", 0, {"duration=20 s", "fidelity=ideal"});
  const Recording stuck =
      stressed_recording("gyro_dropout", 5, {"duration=20 s", "fidelity=ideal"});
  const std::vector<bool> lost = flagged(stuck, "gyro_stuck");
  EXPECT_GT(share(lost), 0);
  const auto a = values(clean, "imu", "gyro"), b = values(stuck, "imu", "gyro");
  for (Index i = 1; i < a.rows(); ++i)
    EXPECT_TRUE((b.row(i) == (lost[static_cast<std::size_t>(i)] ? b.row(i - 1) : a.row(i))).all())
        << i;
  EXPECT_TRUE((values(clean, "imu", "accel") == values(stuck, "imu", "accel")).all());
}

// The offset is as long as asked for: 200 mg on a watch that lies still, whatever its direction.
TEST(StressTwins, AnOffsetHasTheLengthAskedFor) {
  const std::vector<std::string> still = {"duration=4 s", "fidelity=ideal", "motions.classes=rest"};
  const Eigen::ArrayXXd change = in_units(stressed_recording("accel_bias", 4, still), "accel") -
                                 in_units(stressed_recording("", 0, still), "accel");
  const double length = change.colwise().mean().matrix().norm();
  EXPECT_NEAR(length / 9.80665, 0.2, 0.0005);  // counts of 16 g are 0.5 mg
}

TEST(StressTwins, BadSettingsAreErrors) {
  const auto error_of = [](const std::string& set) -> std::string {
    try {
      stressed("", 0, {set});
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      return error.what();
    }
    return "";
  };
  EXPECT_NE(error_of("sensor.acel_bias=20 mg").find("accel_bias"), std::string::npos);
  EXPECT_NE(error_of("sensor.accel_bias=20 dps").find("accel_bias"), std::string::npos);
  EXPECT_NE(error_of("sensor.accel_range=[\"2 g\",\"4 g\"]").find("one value"), std::string::npos);
  EXPECT_NE(error_of("sensor.stamp_batch=2.5").find("whole"), std::string::npos);
  EXPECT_NE(error_of("sensor.loss=2").find("90 %"), std::string::npos);
}

}  // namespace
}  // namespace wrist
