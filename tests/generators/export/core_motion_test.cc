// SPDX-License-Identifier: Apache-2.0
// Signs and attitudes against CoreMotion's conventions, worked by hand.
#include "generators/export/core_motion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "generators/export/sensorlog_row.h"
#include "sim/base/constants.h"

namespace wrist::exports {
namespace {

using Eigen::AngleAxisd;
using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kExact = 1e-12;

TEST(CoreMotion, AWatchLyingFaceUpReadsMinusOneOnZ) {
  EXPECT_TRUE(core_motion_acceleration({0, 0, 9.80665}).isApprox(Vector3d(0, 0, -1), kExact));
  EXPECT_TRUE(core_motion_gravity(Quaterniond::Identity()).isApprox(Vector3d(0, 0, -1), kExact));
}

TEST(CoreMotion, GravityOfAStillWatchIsAllItReads) {
  // On its right edge: x points down, so y is ahead and z to the left of it.
  const Quaterniond R_WI(AngleAxisd(kPi / 2, Vector3d::UnitY()));
  const Vector3d f = R_WI.conjugate() * Vector3d(0, 0, kGravity);
  EXPECT_TRUE(f.isApprox(Vector3d(-kGravity, 0, 0), kExact)) << f.transpose();
  EXPECT_TRUE(core_motion_acceleration(f).isApprox(Vector3d(1, 0, 0), kExact));
  EXPECT_TRUE(core_motion_gravity(R_WI).isApprox(core_motion_acceleration(f), kExact));
}

TEST(CoreMotion, AttitudeIsYawThenPitchThenRoll) {
  for (const double roll : {-2.5, 0.0, 1.1})
    for (const double pitch : {-1.2, 0.0, 0.7})
      for (const double yaw : {-3.0, 0.0, 2.0}) {
        const Quaterniond R = AngleAxisd(yaw, Vector3d::UnitZ()) *
                              AngleAxisd(pitch, Vector3d::UnitX()) *
                              AngleAxisd(roll, Vector3d::UnitY());
        const Attitude a = core_motion_attitude(R);
        EXPECT_NEAR(a.roll, roll, 1e-12);
        EXPECT_NEAR(a.pitch, pitch, 1e-12);
        EXPECT_NEAR(a.yaw, yaw, 1e-12);
        const Vector3d g = core_motion_gravity(R);  // from the two angles alone
        EXPECT_NEAR(g.x(), std::sin(roll) * std::cos(pitch), kExact);
        EXPECT_NEAR(g.y(), -std::sin(pitch), kExact);
        EXPECT_NEAR(g.z(), -std::cos(roll) * std::cos(pitch), kExact);
      }
}

TEST(SensorLog, ARowHasTheColumnsOfTheHeader) {
  SensorLogRow row;
  row.time_ns = 1'500'000'123;
  row.specific_force_I = {0, 4.903325, 9.80665};
  row.rate_I = {0.1, 0.2, 0.3};
  row.label = "walk";
  std::string text;
  append_row(text, row);
  EXPECT_EQ(text,
            "2001-01-01 00:00:01.500 +0000,1.500000123,1.500000123,0,-0.5,-1,0,-0.5,0,"
            "0.1,0.2,0.3,0,0,-1,0,0,0,0,0,0,1,walk\n");
  const std::string header = sensorlog_header();
  EXPECT_EQ(std::count(header.begin(), header.end(), ','),
            std::count(text.begin(), text.end(), ','));
}

TEST(SensorLog, TimesBeforeTheStartAndPastMidnight) {
  EXPECT_EQ(logging_time(-1), "2000-12-31 23:59:59.999 +0000");
  EXPECT_EQ(logging_time(86'400'000'000'000 + 61'002'000'000), "2001-01-02 00:01:01.002 +0000");
  SensorLogRow row;
  row.time_ns = -1'500'000'000;
  std::string text;
  append_row(text, row);
  EXPECT_NE(text.find(",-1.500000000,"), std::string::npos) << text;
}

TEST(SensorLog, LabelsThatCsvWouldSplitAreQuoted) {
  SensorLogRow row;
  row.label = "clap, \"loud\"";
  std::string text;
  append_row(text, row);
  EXPECT_TRUE(text.ends_with(",\"clap, \"\"loud\"\"\"\n")) << text;
}

}  // namespace
}  // namespace wrist::exports
