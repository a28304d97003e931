// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/coupling.h"

#include "sensor_models/optical/skin_field.h"
#include "sensor_models/optical/wander.h"
#include "sim/base/error.h"
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using testing::rest_truth;

// A heart that does not beat: what remains is the contact.
HeartMotion no_heart(const TimeGrid& time) {
  HeartMotion heart;
  heart.time = time;
  heart.heart_rate_bpm = heart.pulse_superficial = heart.pulse_deep = heart.respiration =
      Series::Zero(time.count);
  return heart;
}

BloodStates states_of(const PpgTruth& truth, double rate_hz = 100) {
  const TimeGrid time = make_grid(truth.time.end(), rate_hz);
  return couple(read_contact(truth, time), no_heart(time), Physiology{}, Rng(5));
}

std::string refusal(const PpgTruth& truth, const TimeGrid& time) {
  try {
    read_contact(truth, time);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::internal);
    return error.what();
  }
  return "";
}

TEST(Coupling, PerfusionIsAnInvertedU) {
  EXPECT_DOUBLE_EQ(perfusion_gain(kRestingPressure, 0), 1);
  const double most = perfusion_gain(45, 0);
  const double pressures[] = {5, 15, 30, 45, 60, 80};
  const double relative[] = {0.45, 0.61, 0.86, 1, 0.85, 0.53};
  for (int i = 0; i < 6; ++i)
    EXPECT_NEAR(perfusion_gain(pressures[i], 0) / most, relative[i], 0.03) << pressures[i];
  EXPECT_DOUBLE_EQ(perfusion_gain(45 - 38.9, 0.5), most);  // 77.8 mmHg/m
  EXPECT_LT(perfusion_gain(1e7, 0), 1e-6);                 // crushed, not overflowed
}

TEST(Coupling, StillWristMovesNothing) {
  const BloodStates s = states_of(rest_truth(5));
  for (const Series* state :
       {&s.venous_superficial, &s.venous_deep, &s.slosh_superficial, &s.slosh_deep,
        &s.expelled_deep, &s.pressure, &s.bulge_pressure, &s.bulge, &s.slip})
    EXPECT_LT(state->abs().maxCoeff(), 1e-12);
}

// Fits were made at 18 mmHg; at 8 mmHg motion counts 1.5 times that, at 35 mmHg 0.72 times.
TEST(Coupling, ALooseWatchMovesTheBloodMore) {
  PpgTruth truth = rest_truth(5);
  for (Index i = 0; i < truth.time.count; ++i)
    truth.accel_along[i] = 5 * std::sin(2 * kPi * 2 * truth.time.time(i));
  const auto slosh_at = [&](double mmhg) {
    truth.pressure.setConstant(mmhg * kMillimetreHg);
    return states_of(truth).slosh_deep;
  };
  const Series fitted = slosh_at(18), loose = slosh_at(8), tight = slosh_at(35);
  EXPECT_LT((loose - 1.5 * fitted).abs().maxCoeff(), 1e-9 * loose.abs().maxCoeff());
  EXPECT_LT((tight - std::sqrt(18. / 35) * fitted).abs().maxCoeff(), 1e-9);
  EXPECT_LT((slosh_at(0.1) - 2 * fitted).abs().maxCoeff(), 1e-9 * loose.abs().maxCoeff());
  EXPECT_LT((slosh_at(300) - 0.5 * fitted).abs().maxCoeff(), 1e-9 * loose.abs().maxCoeff());
}

TEST(Coupling, TruthIsReadInFitUnits) {
  PpgTruth truth = rest_truth(2);
  truth.accel_along.setConstant(kGravity);
  truth.accel_normal.setConstant(-kGravity);
  truth.gap.setConstant(0.5e-3);
  truth.bulge = 1e-3 * Series::LinSpaced(truth.time.count, 0, 1);
  const Contact c = read_contact(truth, make_grid(2, 80));
  EXPECT_NEAR(c.along_g[10], 1, 1e-12);
  EXPECT_NEAR(c.gap[10], 0.5, 1e-12);
  EXPECT_NEAR(c.pressure[10], 18, 1e-9);
  EXPECT_NEAR(c.inertial[10], -50 * kGravity / kMillimetreHg, 1e-9);  // 3.7 mmHg per g
  EXPECT_NEAR(c.bulge[41], 0.5125 / 2 * 1000 / 999, 1e-9);  // between two samples
}

TEST(Coupling, SolvedPressureHoldsTheInertiaOfTheWatch) {
  PpgTruth truth = rest_truth(2);
  truth.accel_normal.setConstant(2 * kGravity);
  truth.pressure_is_static = false;
  truth.pressure.setConstant(3000);
  const Contact c = read_contact(truth, make_grid(2, 100));
  EXPECT_NEAR((c.pressure[5] + c.inertial[5]) * kMillimetreHg, 3000, 1e-9);
  EXPECT_NEAR(c.inertial[5] * kMillimetreHg, 50 * 2 * kGravity, 1e-9);
}

TEST(Coupling, AGluedWatchLiftsOffWhenItsInertiaWins) {
  PpgTruth truth = rest_truth(2);
  truth.pressure.setConstant(2 * kMillimetreHg);
  truth.accel_normal.setConstant(-2 * kGravity);
  const Contact c = read_contact(truth, make_grid(2, 100));
  // 2 - 2 x 3.68 mmHg: 1.41 g too much, at 0.15 mm each.
  EXPECT_NEAR(c.gap[5], 0.15 * (2 * 50 * kGravity / kMillimetreHg - 2) / 3.8, 1e-9);
}

TEST(Coupling, SloshIsADampedOscillatorOfThreeHertz) {
  const auto amplitude = [](double frequency_hz, double rate_hz) {
    PpgTruth truth = rest_truth(12);
    for (Index i = 0; i < truth.time.count; ++i)
      truth.accel_along[i] =
          0.01 * kGravity * std::sin(2 * kPi * frequency_hz * truth.time.time(i));
    // Small motion: the square and the incoherent term fade, the drifting gain averages out.
    double power = 0;
    for (std::uint64_t seed = 0; seed < 30; ++seed) {
      const TimeGrid time = make_grid(truth.time.end(), rate_hz);
      const Series s =
          couple(read_contact(truth, time), no_heart(time), Physiology{}, Rng(seed)).slosh_deep;
      power += testing::power_at(s, rate_hz, frequency_hz) / 30;
    }
    return std::sqrt(2 * power) / 0.01 / (0.018 * 1.7 * 0.7);
  };
  EXPECT_NEAR(amplitude(0.5, 100), 1, 0.2);
  EXPECT_NEAR(amplitude(3, 100), 1 / (2 * 0.7), 0.2);
  EXPECT_NEAR(amplitude(3, 25), 1 / (2 * 0.7), 0.2);  // stable at a slow rate
  EXPECT_LT(amplitude(12, 200), 0.1);
}

TEST(Coupling, VeinsFillSlowlyAndEmptyFast) {
  PpgTruth truth = rest_truth(80);
  truth.height.segment(10 * 500, 40 * 500).setConstant(-0.5);
  const Series v = states_of(truth).venous_superficial / 0.5;
  EXPECT_NEAR(v[1800], 0.5 * (1 - std::exp(-1)), 0.005);  // 8 s after lowering
  EXPECT_NEAR(v[4990], 0.5, 0.005);
  EXPECT_NEAR(v[5250], 0.5 * std::exp(-1), 0.005);        // 2.5 s after raising
}

TEST(Coupling, ABulgePressesAndEmptiesVeinsThatRefill) {
  PpgTruth truth = rest_truth(10);
  truth.bulge.segment(1000, 500).setConstant(1e-3);
  const BloodStates s = states_of(truth);
  EXPECT_NEAR(s.bulge[250], 1, 1e-9);
  EXPECT_NEAR(s.bulge_pressure[280], 6, 1e-3);
  EXPECT_NEAR(s.expelled_deep[290], 0.10, 1e-9);
  EXPECT_NEAR(s.expelled_deep[400], 0.10 * std::exp(-1.01), 0.002);  // refills in 1 s
}

TEST(Coupling, TheStrapOwnsTheBulgesPressureWhereItSolvesIt) {
  PpgTruth truth = rest_truth(10);
  truth.pressure_is_static = false;
  truth.bulge.segment(1000, 500).setConstant(1e-3);
  truth.pressure.segment(1000, 500) += 2.5 * kMillimetreHg;
  const BloodStates s = states_of(truth);
  EXPECT_EQ(s.bulge_pressure.abs().maxCoeff(), 0);
  EXPECT_NEAR(s.pressure[280], 2.5, 1e-3);
}

TEST(Coupling, SlipShowsOtherSkin) {
  Series2 slip = Series2::Zero(100, 2);
  EXPECT_EQ(skin_field(slip, Rng(1)).abs().maxCoeff(), 0);
  slip.col(0) = Series::LinSpaced(100, 0, 0.1);
  const Series near = skin_field(slip, Rng(1));
  EXPECT_EQ(near[0], 0);
  EXPECT_LT(near.abs().maxCoeff(), 0.2);  // smooth over 0.1 mm
  // Far away: the difference of two independent unit values, mean square 2.
  slip.col(0).setConstant(100);
  double sum = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed)
    sum += std::pow(skin_field(slip.topRows(1), Rng(seed))[0], 2) / 400;
  EXPECT_NEAR(sum, 2, 4 * 2 * std::sqrt(2. / 400));
}

TEST(Coupling, WanderIsAUnitProcessWithoutSteps) {
  const Wander w = wander(1.5, make_grid(4000, 100), Rng(9));
  const double effective = 4000 / (2 * 1.5);
  EXPECT_NEAR(w.twice.mean(), 0, 4 / std::sqrt(effective));
  EXPECT_NEAR(w.twice.square().mean(), 0.91, 4 * std::sqrt(2 / effective) + 0.05);
  EXPECT_LT((w.twice.tail(399999) - w.twice.head(399999)).abs().maxCoeff(), 0.15);
}

TEST(Coupling, RefusesTruthThatIsNotWhole) {
  const TimeGrid time = make_grid(2, 100);
  PpgTruth truth = rest_truth(2);
  truth.gap[7] = std::nan("");
  EXPECT_EQ(refusal(truth, time), "ppg truth: gap is not finite");
  truth = rest_truth(2);
  truth.slip.conservativeResize(3, 2);
  EXPECT_NE(refusal(truth, time).find("slip has 3 samples, expected 1000"), std::string::npos);
  EXPECT_NE(refusal(rest_truth(1), time).find("does not cover"), std::string::npos);
}

}  // namespace
}  // namespace wrist
