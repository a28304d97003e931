// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/allan_fit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sensor_models/signal/allan_covariance.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"

namespace wrist {
namespace {

constexpr double kRate = 100;  // Hz

struct Terms {
  double q = 0, n = 0, b = 0, k = 0, r = 0;
};

// Points without chance in them: the definition of the terms.
std::vector<AllanPoint> exact_points(const Terms& t, Index count) {
  std::vector<AllanPoint> points;
  for (const double tau : allan_fit_times(count, kRate)) {
    const double flat = 2 * std::log(2.) / kPi * t.b * t.b;
    points.push_back({tau, std::sqrt(3 * t.q * t.q / (tau * tau) + t.n * t.n / tau + flat +
                                     t.k * t.k * tau / 3 + t.r * t.r * tau * tau / 2)});
  }
  return points;
}

constexpr Index kTenHours = 3'600'000;

TEST(AllanFit, ReadsExactPointsExactly) {
  const AllanFit fit = fit_allan(exact_points({0, 113, 40, 8, 0}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(fit.white.value, 113, 1e-6);
  EXPECT_NEAR(fit.flicker.value, 40, 1e-6);
  EXPECT_NEAR(fit.walk.value, 8, 1e-6);
  EXPECT_EQ(fit.quantisation.value, 0);
  EXPECT_EQ(fit.ramp.value, 0);
  EXPECT_TRUE(fit.white.determined && fit.flicker.determined && fit.walk.determined);
  EXPECT_NEAR(allan_model(fit, 1), std::sqrt(113. * 113 + 0.4412712 * 1600 + 64 / 3.), 1e-3);
}

TEST(AllanFit, NIsReadAtOneSecondAndKAtThree) {
  const AllanFit white = fit_allan(exact_points({0, 5, 0, 0, 0}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(allan_model(white, 1), 5, 1e-9);
  EXPECT_NEAR(white.slope, -0.5, 1e-9);
  EXPECT_FALSE(white.turns) << "falls to its end";
  const AllanFit walk = fit_allan(exact_points({0, 1e-6, 0, 5, 0}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(allan_model(walk, 3), 5, 1e-6);
}

// The trap of other tools: the lowest point is not B, nor is it 0.664 B where N and K crowd it.
TEST(AllanFit, TheMinimumIsNotB) {
  const AllanFit alone = fit_allan(exact_points({0, 1, 40, 0.01, 0}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(alone.flicker.value, 40, 1e-3);
  EXPECT_NEAR(alone.minimum.deviation, 0.664 * 40, 0.05);
  EXPECT_TRUE(alone.turns);
  const AllanFit crowded = fit_allan(exact_points({0, 113, 40, 8, 0}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(crowded.flicker.value, 40, 1e-3);
  EXPECT_GT(crowded.minimum.deviation / flat_over_flicker(), 60);
  EXPECT_NEAR(crowded.minimum.tau_s, std::sqrt(3.) * 113 / 8, 5);  // where the two cross
}

TEST(AllanFit, RampAndQuantisationAreTakenWhereThePointsAskForThem) {
  const AllanFit ramp = fit_allan(exact_points({0, 10, 1, 0, 1}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(ramp.ramp.value, 1, 0.01);
  EXPECT_TRUE(ramp.ramp.determined);
  const AllanFit steps = fit_allan(exact_points({20, 1, 0.1, 0, 0}, kTenHours), kTenHours, kRate);
  EXPECT_NEAR(steps.quantisation.value, 20, 0.1);
}

// NIST SP 1065 (Riley), table 5: degrees of freedom of overlapped estimates of white noise, of
// n = 3600 s of samples.
TEST(AllanFit, ErrorsOfWhiteNoiseAreThoseOfTheHandbook) {
  const Index count = 360'000;
  const double points = static_cast<double>(count) + 1;  // of phase
  for (const double m : {10., 100., 1000., 6000.}) {
    const double edf =
        (3 * (points - 1) / (2 * m) - 2 * (points - 2) / points) * 4 * m * m / (4 * m * m + 5);
    const double variance = 4 / m;  // AVAR of N^2 = 4 at tau = m samples of 1 s
    const double ours =
        allan_covariance(Eigen::VectorXd::Constant(1, m), {4, 0, 0}, count, 1)(0, 0);
    EXPECT_NEAR(std::sqrt(ours) / (variance * std::sqrt(2 / edf)), 1, 0.03) << m;
  }
}

TEST(AllanFit, TimesAreThreePerDoublingUpToANinth) {
  const std::vector<double> taus = allan_fit_times(900, kRate);
  EXPECT_DOUBLE_EQ(taus.front(), 0.01);
  EXPECT_LE(taus.back(), 1);
  EXPECT_GT(taus.back(), 0.7);
  for (std::size_t i = 1; i < taus.size(); ++i) EXPECT_GT(taus[i], taus[i - 1] + 0.0099);
}

TEST(AllanFit, RefusesWhatHasNothingToFit) {
  const Index few = kShortestFitted - 1;
  EXPECT_THROW(fit_allan(exact_points({0, 1, 0, 0, 0}, few), few, kRate), Error);
  const Index count = kShortestFitted;
  EXPECT_NO_THROW(fit_allan(exact_points({0, 1, 0, 0, 0}, count), count, kRate));
  EXPECT_THROW(fit_allan(exact_points({}, count), count, kRate), Error) << "no noise";
}

}  // namespace
}  // namespace wrist
