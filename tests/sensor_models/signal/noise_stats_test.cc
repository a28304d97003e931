// SPDX-License-Identifier: Apache-2.0
/// Each noise alone, seen through the Allan deviation it is defined by.
#include <gtest/gtest.h>

#include <cmath>

#include "sensor_models/signal/allan.h"
#include "sensor_models/signal/noise.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

TEST(NoiseStatistics, WhiteReadsNAtOneSecondAtEveryRate) {
  const double density = 5;  // N is density / sqrt 2
  for (const double rate : {25., 100., 800.}) {
    const Series x = white_sd(density, rate) * (Rng(21) / "white").normals(4'200'000);
    const AllanPoint point = allan_deviation(x, rate, {20 / rate})[0];
    EXPECT_NEAR(point.deviation * std::sqrt(point.tau_s) / (density / std::sqrt(2.)), 1, 0.01)
        << rate;
  }
  const Series x = white_sd(density, 100) * (Rng(22) / "white").normals(4'200'000);
  // The relative standard error of N from 42 000 s at 1 s is about 0.3 %.
  EXPECT_NEAR(allan_deviation(x, 100, {1})[0].deviation / (density / std::sqrt(2.)), 1, 0.01);
}

TEST(NoiseStatistics, RandomWalkReadsKAtThreeSeconds) {
  const double walk = 0.25;
  const Series x = random_walk(walk, 10, 4'000'000, Rng(23));
  EXPECT_NEAR(allan_deviation(x, 10, {3})[0].deviation / walk, 1, 0.01);
}

TEST(NoiseStatistics, FlickerIsFlatFromOneToAHundredSeconds) {
  const double instability = 2;
  const Series x = flicker(instability, 10, 8'000'000, Rng(24));
  const double expected = std::sqrt(2 * std::log(2.) / kPi) * instability;
  for (const AllanPoint& point : allan_deviation(x, 10, {1, 2, 5, 10, 20, 50, 100}))
    EXPECT_NEAR(point.deviation / expected, 1, 0.03) << point.tau_s;
}

TEST(NoiseStatistics, FlickerDoesNotDependOnTheRateOfItsNodes) {
  for (const double rate : {5., 40.}) {
    const Series x = flicker(1, rate, 4'000'000, Rng(25));
    const double expected = std::sqrt(2 * std::log(2.) / kPi);
    for (const AllanPoint& point : allan_deviation(x, rate, {2, 10}))
      EXPECT_NEAR(point.deviation / expected, 1, 0.03) << rate << " " << point.tau_s;
  }
}

TEST(NoiseStatistics, SlopesTellTheTermsApart) {
  const auto slope = [](const Series& x, double from, double to) {
    const auto points = allan_deviation(x, 10, {from, to});
    return std::log(points[1].deviation / points[0].deviation) / std::log(to / from);
  };
  const Index n = 1'000'000;
  EXPECT_NEAR(slope((Rng(26) / "white").normals(n), 0.2, 20), -0.5, 0.03);
  EXPECT_NEAR(slope(flicker(1, 10, n, Rng(27)), 1, 100), 0, 0.1);
  EXPECT_NEAR(slope(random_walk(1, 10, n, Rng(28)), 1, 100), 0.5, 0.05);
}

}  // namespace
}  // namespace wrist
