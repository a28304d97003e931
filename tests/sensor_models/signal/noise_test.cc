// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/noise.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"

namespace wrist {
namespace {

// Allan variance of a Gauss-Markov state in continuous time, IEEE Std 952-1997 annex C.
double allan_variance(const GaussMarkov& state, double tau) {
  const double r = tau / state.time_s, sd2 = state.sd * state.sd;
  if (r < 1e-3) return sd2 * 2 * r / 3;  // a random walk, where the formula below cancels
  return 2 * sd2 / r * (1 - (3 - 4 * std::exp(-r) + std::exp(-2 * r)) / (2 * r));
}

TEST(Noise, WhiteSdFollowsTheOneSidedDensity) {
  // 2.8 mdps/rtHz in 100 Hz is 28 mdps (ICM-42688-P, DS-000347, table 1): the band of 200 Hz.
  EXPECT_DOUBLE_EQ(white_sd(2.8, 200), 28);
  EXPECT_DOUBLE_EQ(white_sd(2.8, 800), 56);
}

TEST(Noise, FlickerStatesHaveAFlatAllanDeviation) {
  const double instability = 3;
  for (double tau = 1; tau <= 100; tau *= 1.3) {
    double variance = 0;
    for (const GaussMarkov& state : flicker_states(instability))
      variance += allan_variance(state, tau);
    const double expected = std::sqrt(2 * std::log(2.) / kPi) * instability;
    EXPECT_NEAR(std::sqrt(variance) / expected, 1, 0.005) << tau;
  }
}

TEST(Noise, ZeroIsSilence) {
  EXPECT_TRUE((flicker(0, 10, 50, Rng(1)) == 0).all());
  EXPECT_TRUE((random_walk(0, 10, 50, Rng(1)) == 0).all());
  EXPECT_TRUE((gauss_markov({0, 1}, 10, 50, Rng(1)) == 0).all());
}

TEST(Noise, ShortAndEmptyDrawsWork) {
  EXPECT_EQ(gauss_markov({1, 1}, 10, 0, Rng(1)).size(), 0);
  EXPECT_EQ(flicker(1, 10, 0, Rng(1)).size(), 0);
  EXPECT_EQ(random_walk(1, 10, 0, Rng(1)).size(), 0);
  EXPECT_EQ(random_walk(1, 10, 1, Rng(1))[0], 0);
}

TEST(Noise, ALongerDrawBeginsWithTheShorterOne) {
  const Rng rng(7);
  const GaussMarkov state{1, 3};
  const auto states = [&](Index count) { return gauss_markov(state, 10, count, rng); };
  EXPECT_TRUE((states(900).head(40) == states(40)).all());
  EXPECT_TRUE((flicker(1, 10, 900, rng).head(40) == flicker(1, 10, 40, rng)).all());
  EXPECT_TRUE((random_walk(1, 10, 900, rng).head(40) == random_walk(1, 10, 40, rng)).all());
}

TEST(Noise, GaussMarkovIsStationaryFromItsFirstSample) {
  constexpr int kRuns = 4000;
  const GaussMarkov state{2, 0.5};
  const double expected = state.sd * state.sd, lagged = expected * std::exp(-4 / (0.5 * 10));
  double first = 0, fifth = 0, product = 0;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const Series x = gauss_markov(state, 10, 5, Rng(11) / run);
    first += x[0] * x[0] / kRuns;
    fifth += x[4] * x[4] / kRuns;
    product += x[0] * x[4] / kRuns;
  }
  const double se = expected * std::sqrt(2. / kRuns);
  EXPECT_NEAR(first, expected, 4 * se);
  EXPECT_NEAR(fifth, expected, 4 * se);
  EXPECT_NEAR(product, lagged, 4 * se);
}

TEST(Noise, AnExtremeRatioOfTimesIsHarmless) {
  EXPECT_TRUE(gauss_markov({1, 1e-6}, 0.01, 20, Rng(3)).isFinite().all());
  EXPECT_TRUE(gauss_markov({1, 1e9}, 1e4, 20, Rng(3)).isFinite().all());
}

TEST(Noise, RandomWalkStepsScaleWithTheRate) {
  // Same steps, twice the sd when a step takes four times as long.
  const Series fast = random_walk(1, 40, 20, Rng(5)), slow = random_walk(1, 10, 20, Rng(5));
  EXPECT_LT((slow - 2 * fast).abs().maxCoeff(), 1e-12);
}

}  // namespace
}  // namespace wrist
