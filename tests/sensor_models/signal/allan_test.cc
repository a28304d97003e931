// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/allan.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist {
namespace {

// By the definition: half the mean square difference of neighbouring averages, every start.
double by_definition(const Series& x, Index m) {
  double sum = 0;
  Index terms = 0;
  for (Index k = 0; k + 2 * m <= x.size(); ++k, ++terms) {
    const double difference = x.segment(k + m, m).mean() - x.segment(k, m).mean();
    sum += difference * difference;
  }
  return std::sqrt(sum / (2 * static_cast<double>(terms)));
}

TEST(Allan, ConstantHasNone) {
  for (const AllanPoint& point : allan_deviation(Series::Constant(500, 9.81), 100, {0.01, 0.5, 2}))
    EXPECT_NEAR(point.deviation, 0, 1e-12);
}

TEST(Allan, AlternatingSignsByHand) {
  Series x(100);
  for (Index i = 0; i < 100; ++i) x[i] = i % 2 == 0 ? 1 : -1;
  const auto points = allan_deviation(x, 1, {1, 2});
  EXPECT_NEAR(points[0].deviation, std::sqrt(2.), 1e-12);  // differences of 2
  EXPECT_NEAR(points[1].deviation, 0, 1e-12);              // pairs cancel
}

TEST(Allan, RampIsTauOverRootTwo) {
  const double ramp = 0.3, rate = 50;
  const Series x = ramp / rate * Series::LinSpaced(1000, 0, 999);
  for (const AllanPoint& point : allan_deviation(x, rate, {0.1, 1, 4}))
    EXPECT_NEAR(point.deviation, ramp * point.tau_s / std::sqrt(2.), 1e-10);
}

TEST(Allan, AgreesWithItsDefinition) {
  const Series x = Rng(3).normals(777) + 1000;
  for (const Index m : {1, 2, 7, 100, 388}) {
    const double tau = static_cast<double>(m) / 20;
    EXPECT_NEAR(allan_deviation(x, 20, {tau})[0].deviation, by_definition(x, m), 1e-9) << m;
  }
}

TEST(Allan, TimesAreDoublingsUpToANinth) {
  const std::vector<double> taus = allan_times(900, 100);
  ASSERT_EQ(taus.size(), 7u);  // 1, 2, ... 64 samples of at most 100
  EXPECT_DOUBLE_EQ(taus.front(), 0.01);
  EXPECT_DOUBLE_EQ(taus.back(), 0.64);
  EXPECT_TRUE(allan_times(8, 100).empty());
}

TEST(Allan, ReportsTheTimeItUsed) {
  EXPECT_DOUBLE_EQ(allan_deviation(Series::Zero(500), 100, {0.1234})[0].tau_s, 0.12);
}

TEST(Allan, RefusesTimesTheRecordCannotAnswer) {
  for (const double tau : {0., 0.001, 2.6}) {
    try {
      allan_deviation(Series::Zero(500), 100, {tau});
      FAIL() << "accepted " << tau;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      EXPECT_NE(std::string(error.what()).find("half the record of 5.000000 s"), std::string::npos);
    }
  }
  EXPECT_THROW(allan_deviation(Series(), 100, {1}), Error);
}

}  // namespace
}  // namespace wrist
