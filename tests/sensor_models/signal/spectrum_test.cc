// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/spectrum.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist {
namespace {

Series sine(Index count, double rate_hz, double frequency_hz, double amplitude) {
  Series x(count);
  for (Index i = 0; i < count; ++i)
    x[i] = amplitude * std::sin(2 * kPi * frequency_hz * static_cast<double>(i) / rate_hz + 0.4);
  return x;
}

double power(const Spectrum& s, Index column = 0) {
  return s.density.col(column).sum() * (s.frequency_hz[1] - s.frequency_hz[0]);
}

TEST(Spectrum, SineKeepsItsPower) {
  for (const Index segment : {100, 256, 255, 64}) {
    const Spectrum s = welch(sine(2000, 100, 12.5, 3), 100, segment);
    EXPECT_NEAR(power(s), 3. * 3 / 2, 0.01) << segment;
    Index peak = 0;
    s.density.col(0).maxCoeff(&peak);
    EXPECT_NEAR(s.frequency_hz[peak], 12.5, 0.5 * 100 / static_cast<double>(segment)) << segment;
  }
}

// A sine on a bin of a periodic Hann window fills three bins, 1 : 4 : 1 in power.
TEST(Spectrum, HannSpreadsASineOverThreeBins) {
  const Spectrum s = welch(sine(512, 128, 10, 2), 128, 128);
  ASSERT_EQ(s.frequency_hz.size(), 65);
  EXPECT_DOUBLE_EQ(s.frequency_hz[10], 10);
  EXPECT_DOUBLE_EQ(s.frequency_hz[64], 64);
  EXPECT_NEAR(s.density(10, 0), 2 * 4. / 6, 1e-9);
  EXPECT_NEAR(s.density(9, 0), 2 * 1. / 6, 1e-9);
  EXPECT_NEAR(s.density(11, 0), 2 * 1. / 6, 1e-9);
  EXPECT_NEAR(s.density(13, 0), 0, 1e-12);
}

// Parseval, for one segment of any kind: the power of the windowed values over that of the window.
TEST(Spectrum, SumsToTheVarianceOfTheWindowedValues) {
  for (const Index count : {2, 3, 50, 77, 256}) {
    const Series x = Rng(5).normals(count) + 9.81;
    Series window(count);
    for (Index i = 0; i < count; ++i)
      window[i] = std::pow(std::sin(kPi * static_cast<double>(i) / static_cast<double>(count)), 2);
    const double expected = ((x - x.mean()) * window).square().sum() / window.square().sum();
    EXPECT_NEAR(power(welch(x, 50, count)), expected, 1e-12 * std::max(1., expected)) << count;
  }
}

// White noise of sd per sample has the density 2 sd^2 / rate. Segments of half overlap under Hann
// correlate by 1/6, so the variance of a bin is (1 + 2/36) / K; bins by 2/3 and 1/6, so that of
// the mean over B bins is 1 + 2 (4/9 + 1/36) times 1/B of it (Welch 1967).
TEST(Spectrum, WhiteNoiseHasItsLevel) {
  const double rate = 100, sd = 0.7;
  const Index segment = 256, count = 256 * 200;
  const Spectrum s = welch(sd * Rng(11).normals(count), rate, segment);
  const double expected = 2 * sd * sd / rate;
  const double segments = 2. * 200 - 1;
  const Series inside = s.density.col(0).segment(2, 124);
  const double bin = expected * std::sqrt((1 + 2. / 36) / segments);
  const double mean = bin * std::sqrt((1 + 2 * (4. / 9 + 1. / 36)) / 124);
  EXPECT_NEAR(inside.mean(), expected, 4 * mean);
  const double spread = std::sqrt((inside - expected).square().mean());
  EXPECT_NEAR(spread / bin, 1, 4 * std::sqrt(1.944 / (2 * 124)));
}

TEST(Spectrum, ColumnsAreSeparateAndMeansAreLeftOut) {
  Eigen::ArrayXXd x(600, 3);
  x.col(0) = sine(600, 100, 5, 1) + 100;
  x.col(1) = sine(600, 100, 20, 2) - 9.81;
  x.col(2).setConstant(4);
  const Spectrum s = welch(x, 100, 200);
  ASSERT_EQ(s.density.cols(), 3);
  EXPECT_NEAR(power(s, 0), 0.5, 1e-9);
  EXPECT_NEAR(power(s, 1), 2, 1e-9);
  EXPECT_NEAR(power(s, 2), 0, 1e-18);
}

std::string refusal(Index count, double rate_hz, Index segment) {
  try {
    welch(Series::Zero(count), rate_hz, segment);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "accepted";
}

TEST(Spectrum, RefusesWhatItCannotAnswer) {
  EXPECT_NE(refusal(100, 50, 101).find("2 to 100 samples"), std::string::npos);
  EXPECT_NE(refusal(100, 50, 1).find("found 1"), std::string::npos);
  EXPECT_NE(refusal(0, 50, 2).find("2 to 0 samples"), std::string::npos);
  EXPECT_NE(refusal(100, 0, 10).find("rate above 0"), std::string::npos);
}

}  // namespace
}  // namespace wrist
