// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/wrist_figures.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace wrist {
namespace {

constexpr double kRate = 100;  // Hz

// A swing of `hz` about x with a weaker second axis, `seconds` long.
Series3 swing(double hz, double seconds) {
  const Index count = static_cast<Index>(seconds * kRate);
  Series3 values = Series3::Zero(count, 3);
  for (Index i = 0; i < count; ++i) {
    const double phase = 2 * std::numbers::pi * hz * static_cast<double>(i) / kRate;
    values(i, 0) = 3 * std::sin(phase), values(i, 1) = std::cos(phase);
  }
  return values;
}

TEST(WristFigures, QuantilesAreThoseOfARamp) {
  const Eigen::ArrayXd ramp = Eigen::ArrayXd::LinSpaced(101, 0, 100).reverse();
  EXPECT_DOUBLE_EQ(quantile(ramp, 0.5), 50);
  EXPECT_NEAR(quantile(ramp, 0.255), 25.5, 1e-12);
  EXPECT_NEAR(middle_range(ramp), 96, 1e-12);
}

TEST(WristFigures, FindTheLineOfASwing) {
  EXPECT_EQ(strongest_line(swing(2.5, 12), kRate), 2.5);
  EXPECT_FALSE(strongest_line(swing(2.5, 3.9), kRate));
  EXPECT_NEAR(rms(swing(2, 10)), std::sqrt(9 / 2.0 + 1 / 2.0), 1e-9);
}

TEST(WristFigures, KnowToAndFroFromOneWay) {
  EXPECT_GT(to_and_fro(swing(1, 10)), 0.99);
  Series3 one_way = swing(1, 10);
  one_way.col(0) = one_way.col(0).max(0);
  one_way.col(1).setZero();
  EXPECT_NEAR(to_and_fro(one_way), 0, 1e-12);
}

TEST(WristFigures, RunningMeanIsShortAtTheEnds) {
  Series3 ramp(5, 3);
  for (Index i = 0; i < 5; ++i) ramp.row(i).setConstant(static_cast<double>(i));
  EXPECT_EQ(running_mean(ramp, 1).col(0)[2], 2);
  EXPECT_EQ(running_mean(ramp, 1).col(1)[0], 0.5);
  EXPECT_EQ(running_mean(ramp, 9).col(2)[4], 2);
}

// A turn about z to and fro by 0.4 rad; half of the quaternions with the other sign.
TEST(WristFigures, MeasureRotationWhateverTheSign) {
  QuatSeries turn(1000, 4);
  Series3 direction(1000, 3);
  for (Index i = 0; i < 1000; ++i) {
    const double angle = 0.4 * std::sin(2 * std::numbers::pi * static_cast<double>(i) / 1000);
    const double sign = i % 2 ? -1 : 1;
    turn.row(i) << sign * std::cos(angle / 2), 0, 0, sign * std::sin(angle / 2);
    direction.row(i) << std::cos(angle), std::sin(angle), 0;
  }
  // 98 % of a sine lie within sin(0.98 * 90 deg) = 0.9995 of its top.
  EXPECT_NEAR(rotation_range(turn), 2 * 0.4 * 0.9995, 1e-3);
  EXPECT_NEAR(stray(direction), 0.4 * 0.9995, 1e-3);
}

}  // namespace
}  // namespace wrist
