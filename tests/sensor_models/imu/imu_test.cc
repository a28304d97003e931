// SPDX-License-Identifier: Apache-2.0
/// What the sensor reads, against motions worked out by hand.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sensor_models/signal/low_pass.h"
#include "sim/base/error.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

ImuRecord read(const ImuSpec& spec, const ImuTruth& truth, std::uint64_t seed = 1) {
  return measure(build_imu(spec, Rng(seed) / "unit"), truth, Rng(seed) / "run");
}

TEST(Imu, AStillWatchReadsOneGUp) {
  const ImuRecord record = read(ideal_spec(), still(2));
  ASSERT_EQ(record.accel.rows(), 200);
  EXPECT_TRUE((record.accel.col(2) == 4096).all());  // 1 g of 8 g in 32768 counts
  EXPECT_TRUE((record.accel.leftCols<2>() == 0).all());
  EXPECT_TRUE((record.gyro == 0).all());
  EXPECT_TRUE((record.flags == 0).all());
  EXPECT_DOUBLE_EQ(record.accel_scale, 8 * kGravity / 32768);
}

TEST(Imu, FastSpinAboutADiagonalIsExact) {
  for (const double dps : {500., 1000.}) {
    const double each = dps * kDegree / std::sqrt(3.);
    const ImuRecord record = read(ideal_spec(), constant_truth(1, {0, 0, 0}, {each, each, each}));
    EXPECT_LT((gyro_si(record) - each).abs().maxCoeff(), 0.5001 * record.gyro_scale);
  }
}

TEST(Imu, CentripetalForceOfALeverArm) {
  // w = (0, 0, 10), r = (0.1, 0, 0.1): w x (w x r) is (-10, 0, 0), nothing along the axis.
  RigidSeries motion = make_rigid_series(make_grid(1, 4000));
  motion.w_WB_B.col(2) = 10;
  const ImuTruth truth = imu_truth(motion, {Eigen::Quaterniond::Identity(), {0.1, 0, 0.1}});
  const ImuRecord record = read(ideal_spec(), truth);
  EXPECT_LT((record.clean_accel.col(0) + 10).abs().maxCoeff(), 1e-9);
  EXPECT_LT(record.clean_accel.rightCols<2>().abs().maxCoeff(), 1e-9);
  EXPECT_LT((record.clean_gyro.col(2) - 10).abs().maxCoeff(), 1e-9);
}

TEST(Imu, TurningTheChipTurnsTheSignal) {
  RigidSeries motion = make_rigid_series(make_grid(1, 4000));
  motion.specific_force_B.col(2) = kGravity;
  motion.w_WB_B.col(0) = 3;
  // The chip turned by 90 degrees about x sees the case's z along its own y.
  const Eigen::Quaterniond quarter(Eigen::AngleAxisd(kPi / 2, Eigen::Vector3d::UnitX()));
  const ImuRecord record = read(ideal_spec(), imu_truth(motion, {quarter, {0, 0, 0}}));
  EXPECT_TRUE((record.accel.col(1) == 4096).all());
  EXPECT_TRUE((record.accel.col(2) == 0).all());
  EXPECT_NEAR(gyro_si(record)(50, 0), 3, record.gyro_scale);
}

TEST(Imu, WithoutErrorsAMotionIsItsLowPassToHalfACount) {
  const ImuRecord record = read(ideal_spec(), swing(3));
  EXPECT_LT((accel_si(record) - record.clean_accel).abs().maxCoeff(), 0.5001 * record.accel_scale);
  EXPECT_LT((gyro_si(record) - record.clean_gyro).abs().maxCoeff(), 0.5001 * record.gyro_scale);
}

TEST(Imu, CleanSignalKnowsNoErrorAndNoNoise) {
  ImuSpec spec = watch_spec();
  spec.rate_error_sd = spec.rate_error_max = 0;
  const ImuRecord clean = read(ideal_spec(), swing(3)), real = read(spec, swing(3));
  EXPECT_TRUE((clean.clean_accel == real.clean_accel).all());
  EXPECT_TRUE((clean.clean_gyro == real.clean_gyro).all());
  EXPECT_FALSE(same_counts(clean.accel, real.accel));
}

TEST(Imu, ResponseIsTheStatedLowPassUpToTheBand) {
  const ImuSpec spec = ideal_spec();
  const LowPass design = design_low_pass(2, spec.accel.bandwidth_hz, 4000);
  for (const double f : {5., 20., 40., 75., 160.}) {  // aliases keep their amplitude
    ImuTruth truth = still(4);
    for (Index i = 0; i < truth.time.count; ++i)
      truth.specific_force_I(i, 0) = 30 * std::sin(2 * kPi * (f + 0.25) * truth.time.time(i));
    const Series x = accel_si(read(spec, truth)).col(0);  // 4 s: whole periods
    EXPECT_NEAR(std::sqrt(2 * x.square().mean()) / 30, gain(design, f + 0.25), 5e-3) << f;
  }
}

TEST(Imu, SlowMotionArrivesLateByTheGroupDelay) {
  ImuTruth truth = still(2);
  for (Index i = 0; i < truth.time.count; ++i)
    truth.specific_force_I(i, 0) = 5 * truth.time.time(i);
  const ImuSpec spec = ideal_spec();
  const ImuRecord record = read(spec, truth);
  const double seen = record.clean_accel(150, 0) / 5;
  const double stamp = static_cast<double>(record.time_ns[150]) * 1e-9;
  EXPECT_NEAR(stamp - seen, group_delay_s(spec.accel, 4000), 1e-9);
  EXPECT_NEAR(group_delay_s(spec.accel, 4000), std::sqrt(2.) / (2 * kPi * 40.5), 1e-5);
}

TEST(Imu, EndOfTheRangeIsCountedAndFlagged) {
  ImuTruth truth = constant_truth(1, {0, 9 * kGravity, -20 * kGravity}, {0, 0, 0});
  const ImuRecord record = read(ideal_spec(), truth);
  EXPECT_TRUE((record.accel.col(0) == 0).all());
  EXPECT_TRUE((record.accel.col(1) == 32767).all());
  EXPECT_TRUE((record.accel.col(2) == -32767).all());  // -32768 stands for a missing sample
  EXPECT_TRUE((record.flags == kFlagSaturated).all());
  EXPECT_NEAR(record.clean_accel(5, 2), -20 * kGravity, 1e-6);
}

TEST(Imu, JustInsideTheRangeIsNotFlagged) {
  const double almost = 2000 * kDegree * 32766 / 32768;
  const ImuRecord record = read(ideal_spec(), constant_truth(1, {0, 0, 0}, {almost, 0, -almost}));
  EXPECT_TRUE((record.gyro.col(0) == 32766).all());
  EXPECT_TRUE((record.gyro.col(2) == -32766).all());
  EXPECT_TRUE((record.flags == 0).all());
}

TEST(Imu, AShortBlowIsClippedBeforeTheLowPass) {
  // 1 ms at 100 g: the analog side passes 1.05 of 8 g, and that is all the low-pass ever sees.
  ImuTruth blow = constant_truth(1, {0, 0, 0}, {0, 0, 0}), limit = blow;
  blow.specific_force_I.col(0).segment(2000, 4) = 100 * kGravity;
  limit.specific_force_I.col(0).segment(2000, 4) = 1.05 * 8 * kGravity;
  EXPECT_TRUE(same_counts(read(ideal_spec(), blow).accel, read(ideal_spec(), limit).accel));
  EXPECT_GT(read(ideal_spec(), blow).clean_accel.maxCoeff(),
            10 * read(ideal_spec(), limit).clean_accel.maxCoeff());
}

TEST(Imu, FewerBitsMeanCoarserCounts) {
  ImuSpec spec = ideal_spec();
  spec.accel.bits = 12;
  const ImuRecord record = read(spec, still(1));
  EXPECT_TRUE((record.accel.col(2) == 256).all());
  EXPECT_DOUBLE_EQ(record.accel_scale, 8 * kGravity / 2048);
}

TEST(Imu, StampsTellTheTrueInstants) {
  ImuUnit unit = build_imu(ideal_spec(), Rng(1));
  unit.true_rate_hz = 101.3;
  ImuTruth truth = still(4);
  truth.time.start_s = 7;
  for (Index i = 0; i < truth.time.count; ++i)
    truth.specific_force_I(i, 0) = 3 * (truth.time.time(i) - 7);
  const ImuRecord record = measure(unit, truth, Rng(2));
  ASSERT_EQ(record.time_ns.size(), 406);  // 405 / 101.3 s is inside, 406 / 101.3 s is not
  const double delay = group_delay_s(unit.spec.accel, 4000);
  for (const Index k : {100, 250, 405}) {
    EXPECT_EQ(record.time_ns[k], std::llround(7e9 + static_cast<double>(k) * 1e9 / 101.3));
    const double stamp = static_cast<double>(record.time_ns[k]) * 1e-9 - 7;
    EXPECT_NEAR(record.clean_accel(k, 0), 3 * (stamp - delay), 1e-7);
  }
}

TEST(Imu, SamplesDoNotDependOnWhereTheTruthEnds) {
  // Blocks, drift nodes and stencils must not show: a longer truth begins with the shorter one.
  const ImuUnit unit = build_imu(watch_spec(), Rng(3));
  const ImuRecord whole = measure(unit, swing(3), Rng(4));
  for (const Index count : {2049, 2305, 4000, 6147}) {
    ImuTruth part = swing(3);
    part.time.count = count;
    part.specific_force_I.conservativeResize(count, 3);
    part.w_WI_I.conservativeResize(count, 3);
    const ImuRecord record = measure(unit, part, Rng(4));
    const Index inside = record.accel.rows() - 1;  // the last stencil is one-sided
    EXPECT_TRUE(same_counts(record.accel.topRows(inside), whole.accel.topRows(inside))) << count;
    EXPECT_TRUE(same_counts(record.gyro.topRows(inside), whole.gyro.topRows(inside))) << count;
  }
}

TEST(Imu, MeasuringLeavesTheTruthAlone) {
  const ImuTruth truth = swing(2), copy = truth;
  read(watch_spec(), truth);
  EXPECT_TRUE((truth.specific_force_I == copy.specific_force_I).all());
  EXPECT_TRUE((truth.w_WI_I == copy.w_WI_I).all());
}

TEST(Imu, RunsRepeatAndSeedsDiffer) {
  const ImuRecord one = read(watch_spec(), swing(2), 5), two = read(watch_spec(), swing(2), 5);
  EXPECT_TRUE(same_counts(one.accel, two.accel));
  EXPECT_TRUE(same_counts(one.gyro, two.gyro));
  EXPECT_TRUE((one.time_ns == two.time_ns).all());
  EXPECT_FALSE(same_counts(one.accel, read(watch_spec(), swing(2), 6).accel));
}

std::string refusal(const ImuUnit& unit, const ImuTruth& truth, ErrorKind kind) {
  try {
    measure(unit, truth, Rng(1));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  return "accepted";
}

TEST(Imu, TruthThatIsNotFiniteNeverReachesTheCounts) {
  const ImuUnit unit = build_imu(watch_spec(), Rng(1));
  constexpr double kBad[] = {std::numeric_limits<double>::quiet_NaN(),
                             std::numeric_limits<double>::infinity()};
  for (const double bad : kBad)
    for (const Index at : {Index{0}, Index{2600}, Index{3999}}) {
      ImuTruth truth = still(1);
      truth.w_WI_I(at, 1) = bad;
      const std::string text = refusal(unit, truth, ErrorKind::internal);
      EXPECT_NE(text.find("true gyro is not finite"), std::string::npos) << text;
    }
}

TEST(Imu, TruthMustFitItsGridAndBeFast) {
  const ImuUnit unit = build_imu(ideal_spec(), Rng(1));
  ImuTruth truth = still(1);
  truth.w_WI_I.conservativeResize(3999, 3);
  EXPECT_NE(refusal(unit, truth, ErrorKind::internal).find("3999 samples on a grid of 4000"),
            std::string::npos);
  truth = constant_truth(1, {0, 0, 0}, {0, 0, 0}, 399);
  EXPECT_NE(refusal(unit, truth, ErrorKind::usage).find("truth at 4 times the output rate"),
            std::string::npos);
  EXPECT_EQ(refusal(unit, constant_truth(1, {0, 0, 0}, {0, 0, 0}, 400), ErrorKind::usage),
            "accepted");
  EXPECT_NE(refusal(unit, constant_truth(0.0005, {0, 0, 0}, {0, 0, 0}), ErrorKind::internal)
                .find("at least 4"),
            std::string::npos);
}

}  // namespace
}  // namespace wrist
