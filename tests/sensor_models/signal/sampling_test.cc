// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/sampling.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

TEST(Sampling, StencilIsExactForCubicsUpToBothEnds) {
  const auto cubic = [](double u) { return 1 + u * (2 + u * (-0.3 + u * 0.05)); };
  for (double position = 0; position <= 9; position += 0.125) {
    const CubicStencil s = cubic_stencil(position, 10);
    EXPECT_GE(s.first, 0);
    EXPECT_LE(s.first, 6);
    double sum = 0, value = 0;
    for (int j = 0; j < 4; ++j) {
      sum += s.weight[static_cast<std::size_t>(j)];
      value += s.weight[static_cast<std::size_t>(j)] * cubic(static_cast<double>(s.first + j));
    }
    EXPECT_NEAR(sum, 1, 1e-13);
    EXPECT_NEAR(value, cubic(position), 1e-11) << position;
  }
}

TEST(Sampling, StencilSitsRoundItsPosition) {
  EXPECT_EQ(cubic_stencil(5.5, 100).first, 4);  // 4 5 | 6 7
  EXPECT_EQ(cubic_stencil(0, 100).first, 0);
  EXPECT_EQ(cubic_stencil(99, 100).first, 96);
}

TEST(Sampling, ASampleIsReadAsItIs) {
  const TimeGrid fast{2, 1000, 50};
  Series x(50);
  for (Index i = 0; i < 50; ++i) x[i] = std::sin(static_cast<double>(i * i));
  const Series y = interpolate(fast, x, {2.005, 100, 5});
  for (Index k = 0; k < 5; ++k) EXPECT_NEAR(y[k], x[5 + 10 * k], 1e-9);
}

TEST(Sampling, FollowsASineAtASixteenthOfTheRate) {
  const TimeGrid fast{0, 1600, 1600};
  Series x(1600);
  for (Index i = 0; i < 1600; ++i) x[i] = std::sin(2 * kPi * 100 * fast.time(i));
  const TimeGrid clock = clock_inside(fast, 97.3);
  const Series y = interpolate(fast, x, clock);
  for (Index k = 0; k < clock.count; ++k)
    EXPECT_NEAR(y[k], std::sin(2 * kPi * 100 * clock.time(k)), 3e-3);  // one-sided at the ends
}

TEST(Sampling, ClockTakesTheInstantsInside) {
  EXPECT_EQ(clock_inside({0, 4000, 40000}, 100).count, 1000);  // the last sample is at 9.99975 s
  EXPECT_EQ(clock_inside({0, 4000, 40001}, 100).count, 1001);  // 10 s is inside
  EXPECT_EQ(clock_inside({0, 4000, 40001}, 99.99).count, 1000);
  EXPECT_EQ(clock_inside({5, 4000, 1}, 100).count, 1);
  EXPECT_EQ(clock_inside({5, 4000, 0}, 100).count, 0);
  EXPECT_EQ(clock_inside({5, 4000, 9}, 100).start_s, 5);
}

TEST(Sampling, ReadingOutsideIsABug) {
  const TimeGrid fast{0, 1000, 100};
  const Series x = Series::Zero(100);
  for (const TimeGrid& clock : {TimeGrid{0, 100, 11}, TimeGrid{-0.01, 100, 2}})
    EXPECT_THROW(interpolate(fast, x, clock), Error);
  EXPECT_THROW(interpolate(fast, Series::Zero(99), {0, 100, 2}), Error);
  EXPECT_NO_THROW(interpolate(fast, x, {0, 100, 10}));
}

TEST(Sampling, CountsRoundHalfUpAndStopAtTheEnds) {
  EXPECT_EQ(to_count(0.249, 0.5, -127, 127), 0);
  EXPECT_EQ(to_count(0.25, 0.5, -127, 127), 1);
  EXPECT_EQ(to_count(-0.25, 0.5, -127, 127), 0);
  EXPECT_EQ(to_count(-0.26, 0.5, -127, 127), -1);
  EXPECT_EQ(to_count(1e30, 0.5, -127, 127), 127);
  EXPECT_EQ(to_count(-1e30, 0.5, -127, 127), -127);
  EXPECT_EQ(to_count(-3, 0.5, 0, 127), 0);
}

TEST(Sampling, StampsNeverDrift) {
  const auto stamps = stamps_ns({1.5, 100, 1'000'001});
  EXPECT_EQ(stamps[0], 1'500'000'000);
  EXPECT_EQ(stamps[1], 1'510'000'000);
  EXPECT_EQ(stamps[1'000'000], 10'001'500'000'000);
}

}  // namespace
}  // namespace wrist
