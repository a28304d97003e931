// SPDX-License-Identifier: Apache-2.0
/// Noise of known terms, generated for as long as a user would record, read again.
#include <gtest/gtest.h>

#include <cmath>

#include "sensor_models/signal/allan_fit.h"
#include "sensor_models/signal/noise.h"

namespace wrist {
namespace {

constexpr double kRate = 20;                 // Hz; what matters is the duration
constexpr double kN = 113, kB = 40, kK = 8;  // ug: a watch's accelerometer of 160 ug/rtHz

Series noise(double hours, std::uint64_t seed) {
  const auto count = static_cast<Index>(hours * 3600 * kRate);
  const Rng rng(seed);
  return white_sd(kN * std::sqrt(2.), kRate) * (rng / "white").normals(count) +
         flicker(kB, kRate, count, rng / "flicker") + random_walk(kK, kRate, count, rng / "walk");
}

AllanFit fit(const Series& values) {
  return fit_allan(allan_deviation(values, kRate, allan_fit_times(values.size(), kRate)),
                   values.size(), kRate);
}

TEST(AllanFitStatistics, TenHoursGiveAllThree) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    const AllanFit f = fit(noise(10, seed));
    EXPECT_NEAR(f.white.value / kN, 1, 0.03) << seed;
    EXPECT_NEAR(f.flicker.value / kB, 1, 0.15) << seed;
    EXPECT_NEAR(f.walk.value / kK, 1, 0.25) << seed;
    EXPECT_TRUE(f.white.determined && f.flicker.determined && f.walk.determined) << seed;
    // Were N the data sheet's density, or B the lowest point, these would be out by far.
    EXPECT_GT(std::abs(f.white.value / (kN * std::sqrt(2.)) - 1), 0.2);
    EXPECT_GT(f.minimum.deviation / flat_over_flicker(), 1.4 * kB);
  }
}

TEST(AllanFitStatistics, ThreeHoursGiveNAndB) {
  for (const std::uint64_t seed : {11, 12, 13}) {
    const AllanFit f = fit(noise(3, seed));
    EXPECT_NEAR(f.white.value / kN, 1, 0.03) << seed;
    EXPECT_NEAR(f.flicker.value / kB, 1, 4 * f.flicker.sd / f.flicker.value) << seed;
    EXPECT_LT(f.flicker.sd / f.flicker.value, 0.15 / 1.5) << seed;
  }
}

// Thirty records of five minutes: not one invents a walk, and every bound holds what is true.
TEST(AllanFitStatistics, FiveMinutesSayThatTheyCannotTell) {
  int flickers = 0;
  for (std::uint64_t seed = 100; seed < 130; ++seed) {
    const AllanFit f = fit(noise(1. / 12, seed));
    EXPECT_FALSE(f.walk.determined) << seed << ": " << f.walk.value << " +- " << f.walk.sd;
    EXPECT_GT(f.walk.at_most, kK) << seed;
    EXPECT_GT(f.flicker.at_most, 0.9 * kB) << seed;
    EXPECT_TRUE(f.white.determined);
    EXPECT_NEAR(f.white.value, kN, 4 * f.white.sd) << seed;
    EXPECT_EQ(f.ramp.value, 0) << seed;
    flickers += f.flicker.determined;
  }
  EXPECT_LE(flickers, 6);
}

// Its uncertainty is what it claims: over many records the error over its standard error has a
// standard deviation of 1. Of 60 records that is known to 9 %.
TEST(AllanFitStatistics, StandardErrorsAreTrue) {
  Eigen::Array3d sum = Eigen::Array3d::Zero(), squares = Eigen::Array3d::Zero();
  constexpr int kRecords = 60;
  for (std::uint64_t seed = 0; seed < kRecords; ++seed) {
    const AllanFit f = fit(noise(2, 1000 + seed));
    const Eigen::Array3d z{(f.white.value - kN) / f.white.sd, (f.flicker.value - kB) / f.flicker.sd,
                           (f.walk.value - kK) / f.walk.sd};
    sum += z, squares += z * z;
  }
  const double standard_error = 1 / std::sqrt(static_cast<double>(kRecords));
  for (const double mean : sum / kRecords) EXPECT_NEAR(mean, 0, 4 * standard_error);
  for (const double square : squares / kRecords) EXPECT_NEAR(std::sqrt(square), 1, 0.36);
}

TEST(AllanFitStatistics, WhiteNoiseAloneHasNeitherFlickerNorWalkNorRamp) {
  int found = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const AllanFit f = fit(3 * (Rng(seed) / "alone").normals(72'000));
    found += f.flicker.determined + f.walk.determined + f.ramp.determined;
    EXPECT_NEAR(f.white.value, 3 / std::sqrt(kRate), 4 * f.white.sd);
    EXPECT_NEAR(f.slope, -0.5, 4 * f.slope_sd);
  }
  EXPECT_LE(found, 1);  // of sixty chances at three standard errors
}

TEST(AllanFitStatistics, ARampIsSeenAndLeavesTheOthersAlone) {
  Series values = noise(3, 77);
  const double ramp = 0.05;  // ug/s: 540 ug in three hours, as a device warms up
  values += Series::LinSpaced(values.size(), 0, ramp * 3 * 3600);
  const AllanFit f = fit(values);
  EXPECT_TRUE(f.ramp.value == 0 || std::abs(f.ramp.value - ramp) < 4 * f.ramp.sd);
  Series steep = noise(3, 78);
  steep += Series::LinSpaced(steep.size(), 0, 20 * ramp * 3 * 3600);
  const AllanFit g = fit(steep);
  EXPECT_NEAR(g.ramp.value, 20 * ramp, 4 * g.ramp.sd);
  EXPECT_NEAR(g.white.value / kN, 1, 0.03);
}

}  // namespace
}  // namespace wrist
