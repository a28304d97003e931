// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/converter.h"

#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

constexpr double kLight = 118e-6;  // A/A; green on light skin

Exposure steady_light(Index count, double light = kLight) {
  return {Series::Constant(count, light), Series::Zero(count), Series::Zero(count), light};
}

PpgSpec silent() {
  PpgSpec spec = testing::two_channels();
  spec.amplifier_noise = spec.driver_noise = spec.pink_noise = 0;
  return spec;
}

TEST(Converter, StartsAtAFifthOfFullScale) {
  const Conversion c = convert(silent(), steady_light(100), 100, Rng(1));
  EXPECT_NEAR(c.led_current[0], 0.2 * 16e-6 / kLight, 1e-12);
  EXPECT_NEAR(c.counts[0], 0.2 * 524288, 10);
  EXPECT_EQ(c.flags.cast<int>().sum(), 0);
}

TEST(Converter, NoiseIsShotAmplifierAndDriver) {
  const PpgSpec spec = [] {
    PpgSpec s = testing::two_channels();
    s.pink_noise = 0;
    return s;
  }();
  const Index n = 200000;
  const Conversion c = convert(spec, steady_light(n), 100, Rng(2));
  const double i = 3.2e-6;
  const double expected = std::sqrt((1.602176634e-19 * i / 117.3e-6 + 1.6e-21) / 8 +
                                    std::pow(1.8e-5 * i, 2));
  EXPECT_NEAR(testing::rms_about_mean(c.noise), expected,
              4 * expected / std::sqrt(2. * static_cast<double>(n)));
  // Counts add a rounding of 1/12 of a squared count.
  const Series current = c.counts.cast<double>() * count_scale(spec);
  const double rounding = std::pow(count_scale(spec), 2) / 12;
  EXPECT_NEAR(std::pow(testing::rms_about_mean(current), 2), expected * expected + rounding,
              0.02 * expected * expected);
}

TEST(Converter, DirectCurrentToNoiseIsThatOfGoodFrontEnds) {
  const Conversion c = convert(testing::two_channels(), steady_light(60000), 100, Rng(3));
  const Series noise = c.noise.tail(59999) - c.noise.head(59999);  // takes out what is slow
  const double decibels =
      20 * std::log10(3.2e-6 / (testing::rms_about_mean(noise) / std::sqrt(2.)));
  EXPECT_GT(decibels, 90);
  EXPECT_LT(decibels, 100);
}

TEST(Converter, PinkNoiseHasTheStatedSizeAndIsSlow) {
  PpgSpec spec = silent();
  spec.pink_noise = 1e-5;
  spec.averages = 1 << 20;  // no shot noise
  double power = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const Conversion c = convert(spec, steady_light(20000), 100, Rng(seed));
    const Series relative = c.noise / 3.2e-6;
    power += relative.square().mean() / 40;
    EXPECT_LT((relative.tail(19999) - relative.head(19999)).abs().maxCoeff(), 0.3e-5);
  }
  EXPECT_NEAR(std::sqrt(power), 1e-5, 0.15e-5);
}

TEST(Converter, TooMuchLightSaturatesAndIsTurnedDown) {
  Exposure exposure = steady_light(400);
  exposure.light.tail(300).setConstant(8 * kLight);  // 1.6 of full scale
  const Conversion c = convert(silent(), exposure, 100, Rng(1));
  EXPECT_EQ(c.counts[100], 524287);
  EXPECT_EQ(c.flags[100] & kPpgSaturated, kPpgSaturated);
  EXPECT_EQ(c.flags[99] & kPpgSaturated, 0);
  EXPECT_NEAR(c.led_current[399] / c.led_current[0], 0.36, 1e-9);  // two steps of 0.6
  EXPECT_EQ(c.flags[399], 0);
  Index steps = 0;
  for (Index i = 1; i < 400; ++i) {
    if (c.led_current[i] == c.led_current[i - 1]) continue;
    ++steps;
    EXPECT_EQ(c.flags[i] & kPpgCurrentStep, kPpgCurrentStep);
    EXPECT_EQ(c.flags[i + 29] & kPpgCurrentStep, kPpgCurrentStep);  // for 0.3 s
  }
  EXPECT_EQ(steps, 2);
}

TEST(Converter, TooLittleLightTurnsTheLedUpToItsMostAndIsFlagged) {
  Exposure exposure = steady_light(1000);
  exposure.light.tail(900).setConstant(0.1 * kLight);
  const Conversion c = convert(silent(), exposure, 100, Rng(1));
  EXPECT_DOUBLE_EQ(c.led_current[999], 0.124);
  Index first = 100;
  while (first < 1000 && !(c.flags[first] & kPpgLowSignal)) ++first;
  EXPECT_LT(first, 200);  // within 1 s
  EXPECT_TRUE(c.flags[999] & kPpgLowSignal);
  EXPECT_FALSE(c.flags[50] & kPpgLowSignal);
}

TEST(Converter, SlowSwingsKeepTheCountsInRange) {
  Exposure exposure = steady_light(6000);
  for (Index i = 0; i < 6000; ++i)
    exposure.light[i] *= std::exp(2.5 * std::sin(2 * kPi * static_cast<double>(i) / 6000));
  const PpgSpec spec = silent();
  const Conversion c = convert(spec, exposure, 100, Rng(1));
  EXPECT_LT(c.counts.maxCoeff(), 524287);
  EXPECT_GT(c.counts.minCoeff(), 0.05 * 524288);
}

TEST(Converter, AmbientOfAnOfficeUnderAWornWatchIsBelowTenCounts) {
  const PpgSpec spec = testing::two_channels();
  const Series contact = ambient_current(spec, 500, Series::Zero(1));
  EXPECT_NEAR(contact[0], 4.5e-6 * 1e-3, 1e-12);
  EXPECT_LT(contact[0] * 1e-3 / count_scale(spec), 10);
  EXPECT_NEAR(ambient_current(spec, 500, Series::Constant(1, 4))[0] / contact[0], 81, 1e-6);
}

TEST(Converter, FlickerOfLampsIsFilteredToMinusSixtyDecibel) {
  const PpgSpec spec = testing::two_channels();
  const TimeGrid time = make_grid(20, 100);
  Exposure exposure = steady_light(time.count);
  const double open = 4.5e-6;
  exposure.ambient.setConstant(open);
  exposure.flicker = mains_flicker(50, time, Rng(4));
  const Conversion c = convert(spec, exposure, 100, Rng(1));
  EXPECT_GT(exposure.flicker.abs().maxCoeff(), 0.03);
  EXPECT_LE(exposure.flicker.abs().maxCoeff(), 1);
  EXPECT_LE((c.ambient - 1e-3 * open).abs().maxCoeff(), 1e-3 * open * 1.0001);
  // 100 Hz seen at 100 Hz: next to nothing from one sample to the next.
  EXPECT_LT((exposure.flicker.tail(1999) - exposure.flicker.head(1999)).abs().maxCoeff(), 0.01);
  EXPECT_EQ(mains_flicker(0, time, Rng(4)).abs().maxCoeff(), 0);
}

}  // namespace
}  // namespace wrist
