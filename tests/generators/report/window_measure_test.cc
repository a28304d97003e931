// SPDX-License-Identifier: Apache-2.0
#include "generators/report/window_measure.h"

#include <gtest/gtest.h>

#include <cmath>

#include "generators/report/class_statistics.h"
#include "sim/base/constants.h"

namespace wrist::report {
namespace {

constexpr std::size_t kAccelRms = 0, kGyroRms = 1, kAccelPeak = 2, kGyroPeak = 3, kDominant = 4;

Series3 shaking(Index count, double rate_hz, double frequency_hz, double amplitude) {
  Series3 a = Series3::Zero(count, 3);
  for (Index i = 0; i < count; ++i)
    a(i, 0) = amplitude * std::sin(2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz);
  a.col(2) = kGravity;
  return a;
}

TEST(WindowMeasure, OfASineAndASteadyTurn) {
  Series3 gyro = Series3::Zero(256, 3);
  gyro.col(0) = 3, gyro.col(1) = -4;
  gyro(17, 2) = 12;  // one sample of length 13
  const WindowMeasure m = measure_window(shaking(256, 100, 12.5, 2), gyro, 100);
  EXPECT_NEAR(m.features[kAccelRms], 2 / std::sqrt(2.), 1e-12);
  EXPECT_NEAR(m.features[kGyroRms], std::sqrt(25 + 144. / 256), 1e-12);
  EXPECT_DOUBLE_EQ(m.features[kGyroPeak], 13);
  EXPECT_NEAR(m.features[kDominant], 12.5, 1e-6);
  // A sample at the top of the sine is off by its length against the median one, by hand:
  // |a| = sqrt(g^2 + 4 sin^2), sin^2 of 0, 1/2, 1, 1/2, ... has the median 1/2.
  const double median = std::sqrt(kGravity * kGravity + 2),
               top = std::sqrt(kGravity * kGravity + 4);
  EXPECT_NEAR(m.features[kAccelPeak], std::max(top - median, median - kGravity), 1e-9);
  EXPECT_NEAR(m.accel.sum() * m.frequency_hz[1], 2, 1e-9) << "power of the sine";
}

TEST(WindowMeasure, FindsAFrequencyBetweenBins) {
  for (const double frequency : {0.9, 1.7, 2.05, 7.31, 23.4}) {
    const WindowMeasure m = measure_window(shaking(256, 100, frequency, 1), Series3(), 100);
    EXPECT_NEAR(m.features[kDominant], frequency, 0.05) << "a bin is 0.39 Hz";
  }
}

TEST(WindowMeasure, WithoutGyroscopeOrMovementThereAreNoNumbers) {
  const WindowMeasure m = measure_window(shaking(128, 50, 2, 0), Series3(), 50);
  EXPECT_TRUE(std::isnan(m.features[kGyroRms]));
  EXPECT_TRUE(std::isnan(m.features[kGyroPeak]));
  EXPECT_TRUE(std::isnan(m.features[kDominant]));
  EXPECT_NEAR(m.features[kAccelRms], 0, 1e-12);
  EXPECT_EQ(m.gyro.size(), 0);
}

TEST(ClassStatistics, AveragesSpectraAndKeepsFeatures) {
  ClassStatistics c("shake");
  for (const double amplitude : {1., 3.})
    c.add(measure_window(shaking(256, 100, 12.5, amplitude), Series3(), 100), 100);
  const SpectrumFigure figure = c.spectrum();
  EXPECT_EQ(figure.windows, 2);
  ASSERT_EQ(figure.frequency_hz.size(), 128u) << "without 0 Hz";
  EXPECT_DOUBLE_EQ(figure.frequency_hz.back(), 50);
  EXPECT_TRUE(figure.gyro.empty());
  double power = 0;
  for (const double density : figure.accel) power += density * 100 / 256;
  EXPECT_NEAR(power, (1. / 2 + 9. / 2) / 2, 1e-9);
  EXPECT_EQ(c.feature(kAccelRms).size(), 2u);
  EXPECT_TRUE(c.feature(kGyroRms).empty());
}

// A flat density stays flat over watches of different rates, up to the lowest Nyquist frequency.
TEST(ClassStatistics, RatesMeetOnOneGrid) {
  ClassStatistics c("flat");
  const auto flat = [](Index bins, double step, double level) {
    WindowMeasure m;
    m.features.fill(1);
    m.frequency_hz = Series::LinSpaced(bins, 0, static_cast<double>(bins - 1)) * step;
    m.accel = Series::Constant(bins, level);
    m.gyro = Series::Constant(bins, 2 * level);
    return m;
  };
  c.add(flat(129, 100. / 256, 1), 100);
  c.add(flat(129, 100. / 256, 1), 100);
  c.add(flat(33, 25. / 64, 4), 25);
  c.add(flat(67, 52. / 133, 2), 52);
  const SpectrumFigure figure = c.spectrum();
  EXPECT_LE(figure.frequency_hz.back(), 12.5 + 1e-9);
  EXPECT_GT(figure.frequency_hz.back(), 12);
  for (std::size_t k = 0; k < figure.accel.size(); ++k) {
    EXPECT_NEAR(figure.accel[k], (1 + 1 + 4 + 2) / 4., 1e-12);
    EXPECT_NEAR(figure.gyro[k], 2 * (1 + 1 + 4 + 2) / 4., 1e-12);
  }
}

TEST(ClassStatistics, FiguresLeaveOutClassesWithoutWindows) {
  std::vector<ClassStatistics> classes = {ClassStatistics("none"), ClassStatistics("some")};
  classes[1].add(measure_window(shaking(128, 50, 2, 1), Series3(), 50), 50);
  ASSERT_EQ(spectrum_figures(classes).size(), 1u);
  EXPECT_EQ(spectrum_figures(classes)[0].class_name, "some");
  const std::vector<FeatureFigure> features = feature_figures(classes);
  ASSERT_EQ(features.size(), kFeatures.size());
  EXPECT_EQ(features[kAccelRms].classes.size(), 1u);
  EXPECT_TRUE(features[kGyroRms].classes.empty());
}

}  // namespace
}  // namespace wrist::report
