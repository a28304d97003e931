// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/low_pass.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kRate = 4000, kCutoff = 40.5;  // Hz

class EveryOrder : public ::testing::TestWithParam<int> {
 protected:
  const LowPass design = design_low_pass(GetParam(), kCutoff, kRate);
};
INSTANTIATE_TEST_SUITE_P(LowPass, EveryOrder, ::testing::Values(1, 2, 3, 4));

TEST_P(EveryOrder, ConstantStaysConstantFromTheFirstSample) {
  const Series y = filter(design, Series::Constant(3000, 9.80665));
  EXPECT_LT((y - 9.80665).abs().maxCoeff(), 1e-9);
}

TEST_P(EveryOrder, HasTheGainOfButterworth) {
  // With the frequency axis as the bilinear transform bends it, the formula is exact.
  const auto warped = [](double f) { return std::tan(kPi * f / kRate); };
  for (const double f : {0.5, 5., 20., 40.5, 81., 200., 1000.}) {
    const double ratio = warped(f) / warped(kCutoff);
    EXPECT_NEAR(gain(design, f), 1 / std::sqrt(1 + std::pow(ratio, 2 * GetParam())), 1e-9) << f;
  }
  EXPECT_NEAR(gain(design, kCutoff), std::sqrt(0.5), 1e-10);
  EXPECT_NEAR(gain(design, 20), 1 / std::sqrt(1 + std::pow(20 / kCutoff, 2 * GetParam())), 1e-3);
}

TEST_P(EveryOrder, SinusoidsComeOutWithThatGain) {
  for (const double f : {10., 40., 100.}) {
    Series x(8000);
    for (Index i = 0; i < x.size(); ++i)
      x[i] = std::sin(2 * kPi * f * static_cast<double>(i) / kRate);
    const Series y = filter(design, x).tail(4000);  // 1 s: whole periods
    EXPECT_NEAR(std::sqrt(2 * y.square().mean()), gain(design, f), 1e-6) << f;
  }
}

TEST_P(EveryOrder, LagsARampByItsDelay) {
  const double slope = 3;  // per second
  Series x(4000);
  for (Index i = 0; i < x.size(); ++i) x[i] = slope * static_cast<double>(i) / kRate;
  const Series y = filter(design, x);
  EXPECT_NEAR((x[3999] - y[3999]) / slope, delay_s(design), 1e-9);
  const double analog = 1 / (2 * kPi * kCutoff * std::sin(kPi / (2 * GetParam())));
  EXPECT_NEAR(delay_s(design), analog, 1e-3 * analog);
}

TEST_P(EveryOrder, HasTheNoiseBandwidthOfButterworth) {
  constexpr double kRatio[] = {1.571, 1.111, 1.047, 1.026};  // ENBW over cut-off
  const double cutoff = 2;  // far below the rate, for the sake of the slow slope of order 1
  Series impulse = Series::Zero(16000);
  impulse[10] = 1;
  const Series response = filter(design_low_pass(GetParam(), cutoff, kRate), impulse);
  EXPECT_NEAR(response.square().sum() * kRate / 2 / cutoff, kRatio[GetParam() - 1], 4e-3);
}

TEST_P(EveryOrder, BlocksJoinWithoutASeam) {
  std::vector<double> whole(300 * kLanes);
  for (std::size_t i = 0; i < whole.size(); ++i) whole[i] = std::sin(0.01 * double(i * i % 977));
  std::vector<double> parts = whole;
  LowPassState one = settled(design, whole.data()), two = one;
  filter(design, one, whole.data(), 300);
  for (const auto& [start, count] : {std::pair{0, 1}, {1, 128}, {129, 171}})
    filter(design, two, parts.data() + start * kLanes, count);
  EXPECT_EQ(whole, parts);
}

TEST(LowPass, LanesDoNotMix) {
  const LowPass design = design_low_pass(4, kCutoff, kRate);
  std::vector<double> rows(200 * kLanes, 0.);
  LowPassState state = settled(design, rows.data());
  for (std::size_t i = 0; i < 200; ++i) rows[i * kLanes + 2] = 1;
  filter(design, state, rows.data(), 200);
  for (std::size_t i = 0; i < 200; ++i)
    for (std::size_t lane = 0; lane < kLanes; ++lane)
      EXPECT_EQ(rows[i * kLanes + lane] == 0, lane != 2);
}

TEST(LowPass, DecaysToZeroAndNotThroughSubnormals) {
  const LowPass design = design_low_pass(2, kCutoff, kRate);
  std::vector<double> rows(512 * kLanes, 0.);
  LowPassState state = settled(design, rows.data());
  rows[0] = 1;
  for (int block = 0; block < 60; ++block) {
    filter(design, state, rows.data(), 512);
    std::fill(rows.begin(), rows.end(), 0.);
  }
  EXPECT_EQ(state.s1[0][0], 0);
  EXPECT_EQ(state.s2[0][0], 0);
}

TEST(LowPass, AnEmptySeriesStaysEmpty) {
  EXPECT_EQ(filter(design_low_pass(2, kCutoff, kRate), Series()).size(), 0);
}

TEST(LowPass, RefusesWhatItCannotDo) {
  const auto refusal = [](int order, double cutoff) {
    try {
      design_low_pass(order, cutoff, 1000);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      return std::string(error.what());
    }
    return std::string("accepted");
  };
  EXPECT_NE(refusal(0, 40).find("order of 1 to 4, found 0"), std::string::npos);
  EXPECT_NE(refusal(5, 40).find("found 5"), std::string::npos);
  EXPECT_NE(refusal(2, 0).find("cut-off above 0"), std::string::npos);
  EXPECT_NE(refusal(2, 500).find("found 500"), std::string::npos);
  EXPECT_EQ(refusal(2, 480), "accepted");
}

}  // namespace
}  // namespace wrist
