// SPDX-License-Identifier: Apache-2.0
#include "motions/activity.h"

#include <gtest/gtest.h>

#include <cmath>

#include "motions/stroke.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

constexpr double kRate = 200;  // Hz; of the wrist signals looked at

struct Wrist {
  Series3 force;  // m/s2
  Series3 w;      // rad/s
};

Wrist wrist_of(const std::string& name, std::uint64_t seed, Side side = Side::left) {
  const ArmModel arm = build_arm(testing::average_man(), side);
  const JointMotion motion =
      perform_activity(name, arm, make_grid(12, kActivityRate), {}, Rng(seed));
  const RigidSeries forearm =
      body_motion(arm, fit_splines(motion), Body::forearm, TimeGrid{1, kRate, 2000});
  const RigidSeries watch = shift(forearm, {Eigen::Quaterniond::Identity(), {0.23, 0, 0.03}});
  return {watch.specific_force_B, watch.w_WB_B};
}

// Root of the summed variances of the axes.
double rms(const Series3& x) {
  return std::sqrt((x.rowwise() - x.colwise().mean()).square().rowwise().sum().mean());
}

// Frequency of the largest Fourier coefficient of the summed axes in [low, high].
double dominant(const Series3& x, double low, double high) {
  double best = 0, at = 0;
  for (double f = low; f <= high; f += 0.02) {
    double power = 0;
    for (Index axis = 0; axis < 3; ++axis) {
      const double mean = x.col(axis).mean();
      double c = 0, s = 0;
      for (Index i = 0; i < x.rows(); ++i) {
        const double phase = 2 * kPi * f * static_cast<double>(i) / kRate;
        c += (x(i, axis) - mean) * std::cos(phase), s += (x(i, axis) - mean) * std::sin(phase);
      }
      power += c * c + s * s;
    }
    if (power > best) best = power, at = f;
  }
  return at;
}

// Published wrist figures of walking: stride 0.85-1.0 Hz, 0.25-0.41 g rms, 48-129 deg/s rms.
TEST(Activity, WalkLooksLikeWalking) {
  double accel = 0, gyro = 0;
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const Wrist wrist = wrist_of("walk", seed);
    const double stride = dominant(wrist.w, 0.6, 3);
    EXPECT_GT(stride, 0.80) << seed;
    EXPECT_LT(stride, 1.06) << seed;
    accel += rms(wrist.force) / kGravity / 8;
    gyro += rms(wrist.w) / kDegree / 8;
  }
  EXPECT_GT(accel, 0.20);
  EXPECT_LT(accel, 0.41);
  EXPECT_GT(gyro, 48);
  EXPECT_LT(gyro, 129);
}

TEST(Activity, RestIsGravityPlusTremor) {
  for (const Side side : {Side::left, Side::right}) {
    const Wrist wrist = wrist_of("rest", 3, side);
    const Series size = wrist.force.square().rowwise().sum().sqrt();
    EXPECT_NEAR(size.mean(), kGravity, 0.05);
    EXPECT_GT(wrist.force.col(2).mean(), 0.9 * kGravity) << "palm down, watch face up";
    EXPECT_LT(rms(wrist.w) / kDegree, 5);
    EXPECT_GT(rms(wrist.w) / kDegree, 0.1) << "a living arm is never still";
  }
}

TEST(Activity, WaveSwingsAtItsOwnRate) {
  const Wrist wrist = wrist_of("wave", 5);
  const double f = dominant(wrist.w, 0.5, 4);
  EXPECT_GT(f, 0.75);
  EXPECT_LT(f, 1.25);
  EXPECT_GT(rms(wrist.w) / kDegree, 60);
}

TEST(Activity, RaisingTurnsTheFaceUpAndIsLabelled) {
  const ArmModel arm = build_arm(testing::average_woman(), Side::right);
  const JointMotion motion =
      perform_activity("raise_to_wake", arm, make_grid(12, kActivityRate), {}, Rng(4));
  ASSERT_GE(motion.events.size(), 2u);
  const RigidSeries f =
      body_motion(arm, fit_splines(motion), Body::forearm, TimeGrid{0, 240, 2800});
  for (const Event& event : motion.events) {
    const Index start = static_cast<Index>(event.start_s * 240),
                end = static_cast<Index>(event.end_s * 240);
    if (end >= f.time.count) continue;
    EXPECT_GT(-f.specific_force_B(start, 0), 0.9 * kGravity)
        << "hanging: gravity along the forearm";
    EXPECT_GT(f.specific_force_B(end - 5, 2), 0.55 * kGravity) << "watch face towards the eyes";
  }
}

TEST(Activity, StylesScalePaceAndSizeAndSeedsDecideAll) {
  const ArmModel arm = build_arm(testing::average_man(), Side::left);
  const TimeGrid time = make_grid(6, kActivityRate);
  const JointMotion a = perform_activity("walk", arm, time, {}, Rng(2));
  const JointMotion b = perform_activity("walk", arm, time, {}, Rng(2));
  const JointMotion c = perform_activity("walk", arm, time, {1, 1.2}, Rng(2));
  EXPECT_TRUE((a.R_TU == b.R_TU).all());
  EXPECT_FALSE((a.R_TU == c.R_TU).all());
  EXPECT_THROW(perform_activity("moonwalk", arm, time, {}, Rng(2)), Error);
}

TEST(Stroke, MinimumJerkHasItsPublishedPeakSpeed) {
  const double h = 1e-5;
  EXPECT_NEAR((minimum_jerk(0.5 + h) - minimum_jerk(0.5 - h)) / (2 * h), 1.875, 1e-6);
  EXPECT_EQ(minimum_jerk(-1), 0);
  EXPECT_EQ(minimum_jerk(2), 1);
}

TEST(Stroke, SmoothNoiseHasUnitVarianceAndStaysInItsBand) {
  const TimeGrid grid = make_grid(400, 50);
  const Series x = smooth_noise(grid, 1.0, Rng(8));
  EXPECT_NEAR(x.square().mean(), 0.85, 0.25);  // interpolated knots: a little below one
  const Series step = x.tail(grid.count - 1) - x.head(grid.count - 1);
  EXPECT_LT(step.abs().maxCoeff(), 2 * kPi * 1.0 * 4 / 50);
}

}  // namespace
}  // namespace wrist
