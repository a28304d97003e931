// SPDX-License-Identifier: Apache-2.0
/// Each term against a sum worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sensor_models/imu/sample_clock.h"
#include "sensor_models/signal/low_pass.h"
#include "sensor_models/signal/sampling.h"
#include "sim/base/error.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// Finer than a part of 16 bits would be: what a term does shows to 0.02 mm/s2.
ImuUnit fine_unit() {
  ImuSpec spec = ideal_spec();
  spec.accel.range = 0.5;
  spec.gyro.range = 0.5;
  spec.accel.clip = spec.gyro.clip = 0;
  return build_imu(spec, Rng(1));
}

ImuUnit ideal_unit() { return build_imu(ideal_spec(), Rng(1)); }

TEST(ImuTerms, ZeroSpecIsTheLowPassOfTheTruth) {
  const ImuTruth truth = swing(3);
  const ImuRecord record = measure(ideal_unit(), truth, Rng(2));
  const LowPass design = design_low_pass(2, 40.5, 4000);
  for (Index axis = 0; axis < 3; ++axis) {
    const Series filtered = filter(design, truth.specific_force_I.col(axis));
    const Series expected = interpolate(truth.time, filtered, clock_inside(truth.time, 100));
    EXPECT_LT((record.clean_accel.col(axis) - expected).abs().maxCoeff(), 1e-12);
    EXPECT_LT((accel_si(record).col(axis) - expected).abs().maxCoeff(),
              0.5 * record.accel_scale + 1e-12);
  }
}

TEST(ImuTerms, AnAxisOffTheOriginFeelsTheCentripetalPull) {
  ImuUnit unit = fine_unit();
  unit.accel.axis_at << 1e-3, 2e-3, 0, 0, 2e-3, 0, 1e-3, 1e-3, 0;
  // Spin about z at 10 rad/s: an axis at r reads -w^2 r towards the middle, and z nothing.
  const ImuRecord record = measure(unit, constant_truth(1, {0, 0, 0}, {0, 0, 10}), Rng(2));
  EXPECT_NEAR(accel_si(record)(50, 0), -0.1, record.accel_scale);
  EXPECT_NEAR(accel_si(record)(50, 1), -0.2, record.accel_scale);
  EXPECT_NEAR(accel_si(record)(50, 2), 0, record.accel_scale);
  EXPECT_TRUE((record.clean_accel == 0).all()) << "the truth is that of the origin";
}

TEST(ImuTerms, AnAxisOffTheOriginFeelsTheTurningUp) {
  ImuUnit unit = fine_unit();
  unit.accel.axis_at << 0, 3e-3, 0, 2e-3, 0, 0, 0, 0, 0;
  // alpha along z: x at +y reads -alpha y, y at +x reads +alpha x.
  ImuTruth truth = constant_truth(1, {0, 0, 0}, {0, 0, 0});
  const double alpha = 20, slow = 1e-3;
  truth.w_WI_I.col(2) = slow * Series::LinSpaced(4000, 0, 3999) / 4000.;
  truth.alpha_WI_I = Series3::Zero(4000, 3);
  truth.alpha_WI_I.col(2) = alpha;
  const ImuRecord given = measure(unit, truth, Rng(2));
  EXPECT_NEAR(accel_si(given)(50, 0), -alpha * 3e-3, given.accel_scale);
  EXPECT_NEAR(accel_si(given)(50, 1), alpha * 2e-3, given.accel_scale);
  // Without it the differences of the rate serve, here of the slow ramp.
  truth.alpha_WI_I = Series3();
  unit.accel.axis_at *= 1e3;
  const ImuRecord differenced = measure(unit, truth, Rng(2));
  EXPECT_NEAR(accel_si(differenced)(50, 0), -slow * 3, differenced.accel_scale);
}

TEST(ImuTerms, DifferencesOfTheRateAreOfSecondOrder) {
  ImuUnit unit = fine_unit();
  unit.accel.axis_at(0, 1) = 5e-3;
  ImuTruth truth = swing(2);
  truth.specific_force_I.setZero();
  truth.alpha_WI_I = Series3::Zero(truth.time.count, 3);
  for (Index i = 0; i < truth.time.count; ++i)  // w of axis z is 4 cos(1.3 phase)
    truth.alpha_WI_I(i, 2) =
        -4 * 1.3 * 2 * kPi * 2.4 * std::sin(1.3 * 2 * kPi * 2.4 * truth.time.time(i));
  const Series given = accel_si(measure(unit, truth, Rng(1))).col(0);
  truth.alpha_WI_I = Series3();
  const ImuRecord record = measure(unit, truth, Rng(1));
  const Series differenced = accel_si(record).col(0);
  EXPECT_GT(given.abs().maxCoeff(), 0.3);
  EXPECT_LT((given - differenced).tail(190).abs().maxCoeff(), 1.01 * record.accel_scale);
}

TEST(ImuTerms, WarmthMovesOffsetAndScale) {
  ImuUnit unit = fine_unit();
  unit.warm_up.ambient = kReferenceTemperature + 8;
  unit.accel.bias_tempco << 1e-3, -2e-3, 0;
  unit.accel.scale_tempco << 0, 0, 1e-3;
  const ImuRecord record = measure(unit, constant_truth(1, {0, 0, 0.4}, {0, 0, 0}), Rng(2));
  EXPECT_NEAR(accel_si(record)(50, 0), 8e-3, record.accel_scale);
  EXPECT_NEAR(accel_si(record)(50, 1), -16e-3, record.accel_scale);
  EXPECT_NEAR(accel_si(record)(50, 2), 0.4 * 1.008, record.accel_scale);
}

TEST(ImuTerms, TheOffsetFollowsTheWarmUpLate) {
  ImuUnit unit = fine_unit();
  unit.spec.accel.temperature_lag = 0.1;
  unit.warm_up = {.ambient = 288.15, .skin = 306.15, .coupling = 0.8, .time_s = 300};
  unit.accel.bias_tempco.x() = 1e-2;
  const ImuTruth truth = constant_truth(600, {0, 0, 0}, {0, 0, 0}, 400);
  const ImuRecord record = measure(unit, truth, Rng(2));
  const auto at = [](double t, double time) { return 1 - std::exp(-t / time); };
  const double delay = group_delay_s(unit.spec.accel, 400);
  for (const Index k : {0, 6000, 30000, 59000}) {
    const double t = std::max(0., static_cast<double>(k) / 100 - delay);
    const double warm = -10 + 14.4 * at(t, 300);
    const double late =
        -10 + 14.4 * (1 - (1200 * std::exp(-t / 1200) - 300 * std::exp(-t / 300)) / 900);
    EXPECT_NEAR(accel_si(record)(k, 0), 1e-2 * (warm - 0.1 * (warm - late)),
                1.1 * record.accel_scale)
        << t;
  }
}

TEST(ImuTerms, ALineBendsAsItsWeightsSay) {
  ImuUnit unit = ideal_unit();
  const double range = unit.spec.accel.range;
  unit.accel.quadratic.setConstant(0.01 / range);
  unit.accel.cubic.setConstant(-0.02 / (range * range));
  const auto bent = [range](double share) {
    return range * (share + 0.01 * share * share - 0.02 * share * share * share);
  };
  const Eigen::Vector3d force(0.25 * range, -0.5 * range, 0.9 * range);
  const ImuRecord record = measure(unit, constant_truth(1, force, {0, 0, 0}), Rng(2));
  EXPECT_NEAR(accel_si(record)(50, 0), bent(0.25), record.accel_scale);
  EXPECT_NEAR(accel_si(record)(50, 1), bent(-0.5), record.accel_scale);
  EXPECT_NEAR(accel_si(record)(50, 2), bent(0.9), record.accel_scale);
}

TEST(ImuTerms, AGyroscopeFeelsGravityThroughItsMatrix) {
  ImuUnit unit = fine_unit();
  unit.spec.accel.range = 80;
  unit.gyro.g_sensitivity << 0, 0, 1e-3, 2e-3, 0, 0, 0, -3e-3, 0;
  const ImuRecord record = measure(unit, constant_truth(1, {5, 10, -20}, {0, 0, 0}), Rng(2));
  EXPECT_NEAR(gyro_si(record)(50, 0), -0.02, record.gyro_scale);
  EXPECT_NEAR(gyro_si(record)(50, 1), 0.01, record.gyro_scale);
  EXPECT_NEAR(gyro_si(record)(50, 2), -0.03, record.gyro_scale);
}

TEST(ImuTerms, VibrationIsRectifiedToHalfItsSquare) {
  ImuUnit unit = fine_unit();
  unit.accel.rectification.x() = 2e-3;
  ImuTruth truth = constant_truth(4, {0, 0, 0}, {0, 0, 0});
  for (Index i = 0; i < truth.time.count; ++i)  // its alias, at 13 Hz, averages out
    truth.specific_force_I(i, 0) = 10 * std::sin(2 * kPi * 487 * truth.time.time(i));
  const Series x = accel_si(measure(unit, truth, Rng(2))).col(0);
  EXPECT_NEAR(x.tail(300).mean(), 2e-3 * 100 / 2, 5e-3 * 0.1);  // and not of gravity:
  const ImuRecord still_one = measure(unit, constant_truth(1, {0.2, 0, 0}, {0, 0, 0}), Rng(2));
  EXPECT_NEAR(accel_si(still_one)(99, 0), 0.2, still_one.accel_scale);
}

TEST(ImuTerms, TheElementSwingsAsItsOrderSays) {
  const double natural = 300;
  for (const double q : {0., 0.7, 3.}) {
    ImuSpec spec = ideal_spec();
    spec.rate_hz = 800;
    spec.accel.bandwidth_hz = 1500;  // out of the way
    spec.accel.element_hz = natural;
    spec.accel.element_q = q;
    const LowPass behind = design_low_pass(2, 1500, 8000);
    for (const double f : {50., 150., 250.}) {
      ImuTruth truth = constant_truth(2, {0, 0, 0}, {0, 0, 0}, 8000);
      for (Index i = 0; i < truth.time.count; ++i)
        truth.specific_force_I(i, 0) = 10 * std::sin(2 * kPi * f * truth.time.time(i));
      const Series x = accel_si(measure(build_imu(spec, Rng(1)), truth, Rng(1))).col(0).tail(800);
      const double r = f / natural;
      const double expected = q == 0 ? 1 / std::sqrt(1 + r * r) : 1 / std::hypot(1 - r * r, r / q);
      EXPECT_NEAR(std::sqrt(2 * x.square().mean()) / 10 / gain(behind, f), expected,
                  0.01 * expected)
          << q << " " << f;
    }
  }
}

TEST(ImuTerms, TheAnalogSideClipsWhereItsPartSays) {
  // Half the time far beyond, half at rest: the mean of the low-pass tells the clip.
  for (const double clip : {1.02, 1.1, 2.}) {
    ImuSpec spec = ideal_spec();
    spec.accel.clip = clip;
    spec.accel.bandwidth_hz = 2;
    ImuTruth truth = constant_truth(4, {0, 0, 0}, {0, 0, 0});
    for (Index i = 0; i < truth.time.count; ++i)
      if (i / 20 % 2 == 0) truth.specific_force_I(i, 0) = 100 * kGravity;
    const ImuRecord record = measure(build_imu(spec, Rng(1)), truth, Rng(1));
    EXPECT_NEAR(accel_si(record).col(0).tail(100).mean(), clip * 4 * kGravity, 0.02) << clip;
  }
  const ImuSpec endless = scaled(ideal_spec(), ImuEffects{.saturation = 0});
  EXPECT_EQ(endless.accel.clip, 0);
}

TEST(ImuTerms, SessionsOfOneUnitDifferByTheirRepeatability) {
  ImuSpec spec = ideal_spec();
  spec.accel.bias_sd = 0.2;
  spec.accel.repeatability_sd = 0.05;
  const ImuUnit unit = build_imu(spec, Rng(3));
  double sum = 0;
  constexpr std::uint64_t kRuns = 400;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const ImuRecord record = measure(unit, still(0.02), Rng(4) / run);
    sum += std::pow(accel_si(record)(0, 0) - unit.accel.bias.x(), 2) / kRuns;
  }
  EXPECT_NEAR(std::sqrt(sum), 0.05, 4 * 0.05 / std::sqrt(2. * kRuns));
}

TEST(ImuClock, DriftsWithWarmthAndItsStampsAreTrue) {
  ImuUnit unit = ideal_unit();
  unit.true_rate_hz = 101;
  unit.rate_tempco = 4e-4;
  unit.warm_up = {.ambient = 288.15,
                  .skin = 306.15,
                  .coupling = 0.8,
                  .time_s = 300,
                  .self_heating = 2,
                  .worn_s = 30};
  const SampleClock clock = sample_clock(unit, 0);
  // The rate, from the instants themselves, is 101 (1 + 4e-4 (T - 25)).
  double before = 0;
  for (Index k = 1; k < 60000; ++k) {
    const double now = elapsed(clock, k, static_cast<double>(k) / 101);
    if (k % 5000 == 0) {
      const double middle = (now + before) / 2;
      EXPECT_NEAR(1 / (now - before), 101 * (1 + 4e-4 * warmth(unit.warm_up, middle)), 1e-6);
    }
    before = now;
  }
  EXPECT_GT(std::abs(warmth(unit.warm_up, 600) - warmth(unit.warm_up, 0)), 5);
  // A slow ramp says when each sample was taken.
  ImuTruth truth = constant_truth(60, {0, 0, 0}, {0, 0, 0}, 400);
  truth.specific_force_I.col(0) = Series::LinSpaced(24000, 0, 23999) / 400.;
  const ImuRecord record = measure(unit, truth, Rng(1));
  const double delay = group_delay_s(unit.spec.accel, 400);
  for (const Index k : {1000, 3000, 6000}) {
    const double stamp = static_cast<double>(record.time_ns[k]) * 1e-9;
    EXPECT_NEAR(record.clean_accel(k, 0), stamp - delay, 1e-8);
    EXPECT_NEAR(stamp, elapsed(clock, k, static_cast<double>(k) / 101), 1e-9);
  }
}

TEST(WarmUp, StartsAtAmbientAndEndsOnTheSkin) {
  const WarmUp w{.ambient = 290, .skin = 306, .coupling = 0.75, .time_s = 500, .self_heating = 2};
  EXPECT_NEAR(warmth(w, 0), 290 - 298.15, 1e-9);
  EXPECT_NEAR(late_warmth(w, 0), 290 - 298.15, 1e-9);
  EXPECT_NEAR(warmth(w, 1e5), 290 + 12 + 2 - 298.15, 1e-9);
  EXPECT_NEAR(late_warmth(w, 1e5), 290 + 12 + 2 - 298.15, 1e-9);
  EXPECT_NEAR(warmth(w, 500),
              290 + 12 * (1 - std::exp(-1.)) + 2 * (1 - std::exp(-500. / 60)) - 298.15, 1e-9);
  double sum = 0;  // trapezoids
  for (int i = 0; i < 10000; ++i) sum += (warmth(w, 0.1 * i) + warmth(w, 0.1 * i + 0.1)) / 2 * 0.1;
  EXPECT_NEAR(warmth_and_sum(w, 1000).since, sum, 1e-4);
  WarmUp later = w;
  later.worn_s = 400;
  EXPECT_NEAR(warmth(later, 100), warmth(w, 500), 1e-9);
  EXPECT_NEAR(warmth_and_sum(later, 600).since, sum - warmth_and_sum(w, 400).since, 1e-4);
}

TEST(WarmUp, LagFollowsItsEquation) {
  const WarmUp w{.ambient = 285, .skin = 306, .coupling = 0.9, .time_s = 400, .self_heating = 3};
  for (const double t : {5., 100., 1000.}) {  // 20 min d(late)/dt = warmth - late
    const double slope = (late_warmth(w, t + 0.5) - late_warmth(w, t - 0.5));
    EXPECT_NEAR(1200 * slope, warmth(w, t) - late_warmth(w, t), 2e-3) << t;
  }
}

TEST(WarmUp, IsDrawnInsideItsRanges) {
  for (std::uint64_t i = 0; i < 200; ++i) {
    const WarmUp w = draw_warm_up(290, 12, Rng(i));
    EXPECT_NO_THROW(check(w));
    EXPECT_TRUE(w.skin >= 304.15 && w.skin <= 307.15 && w.coupling >= 0.6 && w.coupling <= 0.9 &&
                w.time_s >= 300 && w.time_s <= 900 && w.self_heating >= 1 && w.self_heating <= 3);
    EXPECT_EQ(w.worn_s, 12);
  }
  EXPECT_THROW(check(WarmUp{.ambient = std::numeric_limits<double>::quiet_NaN()}), Error);
}

}  // namespace
}  // namespace wrist
