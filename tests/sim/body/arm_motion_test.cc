// SPDX-License-Identifier: Apache-2.0
// Layer 1 against motions worked out by hand: still, spin, pendulum, circle.
#include "sim/body/arm_motion.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

constexpr double kRate =
    1000;  // Hz; of the joint samples: splines of sinusoids hold to nine digits

TimeGrid seconds(double duration) { return make_grid(duration, kRate); }

RigidSeries forearm(const ArmModel& arm, const JointMotion& motion, double rate = 4000) {
  const TimeGrid grid{1, rate, 400};
  return body_motion(arm, fit_splines(motion), Body::forearm, grid);
}

TEST(ArmMotion, HangingArmFeelsGravityAlongTheForearm) {
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(testing::average_man(), side);
    const RigidSeries f = forearm(arm, rest_motion(arm, seconds(3)));
    for (Index i = 0; i < f.time.count; ++i) {
      EXPECT_NEAR(f.specific_force_B(i, 0), -kGravity, 1e-9 * kGravity);
      EXPECT_NEAR(f.specific_force_B(i, 1), 0, 1e-9 * kGravity);
      EXPECT_NEAR(f.specific_force_B(i, 2), 0, 1e-9 * kGravity);
      EXPECT_LT(f.w_WB_B.row(i).matrix().norm(), 1e-9);
    }
  }
}

TEST(ArmMotion, ElbowAtTheEndOfTheUpperArm) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  const JointMotion motion = rest_motion(arm, seconds(3));
  const RigidSeries f = forearm(arm, motion);
  const double shoulder = motion.p_WT(0, 2);
  EXPECT_NEAR(f.p_WB(0, 2), shoulder - arm.body(Body::upper_arm).length, 1e-9);
  EXPECT_NEAR(f.p_WB(0, 1), arm.p_TU.y(), 1e-9);
}

// The thorax turns about the vertical at a constant rate; the forearm hangs at a lever arm.
TEST(ArmMotion, ConstantSpinWithLeverArm) {
  const ArmModel arm = build_arm(testing::average_man(), Side::left);
  JointMotion motion = rest_motion(arm, seconds(3));
  const double w = 500 * kDegree;  // rad/s
  for (Index i = 0; i < motion.time.count; ++i) {
    const double half = 0.5 * w * motion.time.time(i);
    motion.R_WT.row(i) << std::cos(half), 0, 0, std::sin(half);
  }
  const RigidSeries f = forearm(arm, motion);
  const double r = std::abs(arm.p_TU.y());
  for (Index i = 0; i < f.time.count; i += 37) {
    // x of the forearm points down, z away from the axis.
    EXPECT_NEAR(f.w_WB_B(i, 0), -w, 1e-9 * w);
    EXPECT_NEAR(f.specific_force_B(i, 0), -kGravity, 1e-9 * kGravity);
    EXPECT_NEAR(f.specific_force_B(i, 1), 0, 1e-9 * w * w * r);
    EXPECT_NEAR(f.specific_force_B(i, 2), -w * w * r, 1e-9 * w * w * r);
  }
}

// The elbow spins at a constant rate about a horizontal axis: centripetal plus a turning gravity.
TEST(ArmMotion, ConstantSpinOfAHinge) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  JointMotion motion = rest_motion(arm, seconds(3));
  const double w = 1000 * kDegree, lever = 0.2;  // rad/s, m
  for (Index i = 0; i < motion.time.count; ++i)
    motion.angles(i, hinge(Body::elbow)) = w * motion.time.time(i);
  const RigidSeries p = body_motion(arm, fit_splines(motion), Body::forearm, TimeGrid{1, 4000, 400},
                                    {Eigen::Quaterniond::Identity(), {lever, 0, 0}});
  const double scale = w * w * lever;
  for (Index i = 0; i < p.time.count; i += 11) {
    const double q = w * p.time.time(i);
    EXPECT_NEAR(p.specific_force_B(i, 0), -scale - kGravity * std::cos(q), 1e-9 * scale);
    EXPECT_NEAR(p.specific_force_B(i, 1), kGravity * std::sin(q), 1e-9 * scale);
    EXPECT_NEAR(p.w_WB_B(i, 2), w, 1e-9 * w);
  }
}

// A pendulum of small swing: q = A sin(w t) with w^2 = g / l would feel no tangential force.
TEST(ArmMotion, Pendulum) {
  const ArmModel arm = build_arm(testing::average_woman(), Side::right);
  JointMotion motion = rest_motion(arm, seconds(3));
  const double amplitude = 0.4, w = 2 * kPi * 0.8, lever = 0.23;
  for (Index i = 0; i < motion.time.count; ++i)
    motion.angles(i, hinge(Body::elbow)) = 0.5 + amplitude * std::sin(w * motion.time.time(i));
  const RigidSeries p =
      body_motion(arm, fit_splines(motion), Body::forearm, TimeGrid{1, 4000, 3000},
                  {Eigen::Quaterniond::Identity(), {lever, 0, 0}});
  for (Index i = 0; i < p.time.count; i += 111) {
    const double t = p.time.time(i), q = 0.5 + amplitude * std::sin(w * t);
    const double qd = amplitude * w * std::cos(w * t), qdd = -amplitude * w * w * std::sin(w * t);
    EXPECT_NEAR(p.specific_force_B(i, 0), -qd * qd * lever - kGravity * std::cos(q),
                1e-9 * kGravity);
    EXPECT_NEAR(p.specific_force_B(i, 1), qdd * lever + kGravity * std::sin(q), 1e-9 * kGravity);
    EXPECT_NEAR(p.w_WB_B(i, 2), qd, 1e-9);
  }
}

// Elbow flexion q(t) is a cubic: the spline holds it exactly, so hand-derived values hold to 1e-9.
TEST(ArmMotion, ElbowSwingAtTheWristToNineDigits) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  JointMotion motion = rest_motion(arm, seconds(3));
  const auto q = [](double t) { return 0.2 + 0.5 * t + 0.3 * t * t - 0.1 * t * t * t; };
  const auto qd = [](double t) { return 0.5 + 0.6 * t - 0.3 * t * t; };
  const auto qdd = [](double t) { return 0.6 - 0.6 * t; };
  for (Index i = 0; i < motion.time.count; ++i)
    motion.angles(i, hinge(Body::elbow)) = q(motion.time.time(i));
  const double lever = arm.body(Body::forearm).length;
  const RigidSeries wrist =
      shift(forearm(arm, motion), {Eigen::Quaterniond::Identity(), {lever, 0, 0}});
  for (Index i = 0; i < wrist.time.count; i += 13) {
    const double t = wrist.time.time(i);
    // In the plane: x along the forearm, y towards flexion. Gravity pulls the specific force up.
    const double fx = -qd(t) * qd(t) * lever - kGravity * std::cos(q(t));
    const double fy = qdd(t) * lever + kGravity * std::sin(q(t));
    EXPECT_NEAR(wrist.specific_force_B(i, 0), fx, 1e-9 * kGravity);
    EXPECT_NEAR(wrist.specific_force_B(i, 1), fy, 1e-9 * kGravity);
    EXPECT_NEAR(wrist.specific_force_B(i, 2), 0, 1e-9 * kGravity);
    EXPECT_NEAR(wrist.w_WB_B(i, 2), qd(t), 1e-9);
    EXPECT_NEAR(wrist.alpha_WB_B(i, 2), qdd(t), 1e-8);
  }
}

// The thorax moves on a circle without turning: the same centripetal force everywhere.
TEST(ArmMotion, CircleOfTheThorax) {
  const ArmModel arm = build_arm(testing::average_woman(), Side::left);
  JointMotion motion = rest_motion(arm, seconds(3));
  const double w = 2 * kPi * 1.0, r = 0.2;
  for (Index i = 0; i < motion.time.count; ++i) {
    motion.p_WT(i, 0) += r * std::cos(w * motion.time.time(i));
    motion.p_WT(i, 1) += r * std::sin(w * motion.time.time(i));
  }
  const RigidSeries f = forearm(arm, motion);
  for (Index i = 0; i < f.time.count; i += 37)
    EXPECT_NEAR(f.specific_force_B.row(i).matrix().tail<2>().norm(), r * w * w, 1e-9 * r * w * w);
}

// A sinusoid keeps the stated gain of the smoothing, no delay.
TEST(ArmMotion, SmoothingKeepsItsStatedGain) {
  const ArmModel arm = build_arm(testing::average_man(), Side::left);
  for (const double frequency : {2.0, 5.0, 10.0}) {
    JointMotion motion = rest_motion(arm, make_grid(6, 120));
    motion.cutoff_hz = 14;
    const double w = 2 * kPi * frequency, amplitude = 0.05;
    for (Index i = 0; i < motion.time.count; ++i)
      motion.angles(i, hinge(Body::elbow)) = amplitude * std::sin(w * motion.time.time(i));
    const TimeGrid grid{2, 4000, 8000};
    const RigidSeries f = body_motion(arm, fit_splines(motion), Body::forearm, grid);
    double in_phase = 0;
    for (Index i = 0; i < grid.count; ++i)
      in_phase +=
          f.alpha_WB_B(i, 2) * std::sin(w * grid.time(i)) * 2 / static_cast<double>(grid.count);
    const double gain = arm.mirror() * in_phase / (-amplitude * w * w);
    EXPECT_NEAR(gain, smoothing_gain(frequency, 14), 0.01) << frequency << " Hz";
  }
}

TEST(ArmMotion, BodyStatesAgreeWithBodyMotion) {
  const ArmModel arm = build_arm(testing::average_woman(), Side::right);
  const JointMotion motion = testing::lively_motion(arm, 3);
  const JointSplines splines = fit_splines(motion);
  const TimeGrid grid{1, 1000, 50};
  const RigidSeries tip = body_motion(arm, splines, Body::index_distal, grid);
  const std::vector<JointState> joints = joint_states(splines, grid);
  for (Index i = 0; i < grid.count; ++i) {
    const BodyState state = body_states(
        arm, joints[static_cast<std::size_t>(i)])[static_cast<std::size_t>(Body::index_distal)];
    EXPECT_LT((state.force_B.transpose().array() - tip.specific_force_B.row(i)).abs().maxCoeff(),
              1e-9);
    EXPECT_LT((state.X_WB.p.transpose().array() - tip.p_WB.row(i)).abs().maxCoeff(), 1e-12);
  }
}

TEST(ArmMotion, AnglesMeanTheSameOnBothSides) {
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(testing::average_man(), side);
    JointMotion motion = rest_motion(arm, seconds(3));
    motion.angles.col(hinge(Body::elbow)) = 90 * kDegree;
    motion.angles.col(hinge(Body::forearm)) = 90 * kDegree;  // pronated: palm down
    const RigidSeries f = forearm(arm, motion);
    EXPECT_NEAR(f.specific_force_B(0, 2), kGravity, 1e-6) << to_string(side);  // dorsal side up
    // Forearm points forward.
    const Eigen::Vector3d x = quaternion(f.R_WB, 0) * Eigen::Vector3d::UnitX();
    EXPECT_NEAR(x.x(), 1, 1e-9) << to_string(side);
  }
}

TEST(ArmMotion, FlexedFingersReachThePalmOnBothSides) {
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(testing::average_man(), side);
    Eigen::Array<double, kHinges, 1> q = Eigen::Array<double, kHinges, 1>::Zero();
    for (int digit = 1; digit < kDigits; ++digit)
      for (int joint = 1; joint <= 3; ++joint) q[hinge(digit_body(digit, joint))] = 80 * kDegree;
    const auto poses = body_poses(arm, Pose{}, hanging_shoulder(side), q);
    const Pose hand = poses[static_cast<std::size_t>(Body::hand)];
    for (int digit = 1; digit < kDigits; ++digit) {
      const Pose& tip = poses[static_cast<std::size_t>(digit_body(digit, 3))];
      EXPECT_LT((inverse(hand) * tip).p.z(), 0) << "digit " << digit << " curls to the palmar side";
    }
  }
}

}  // namespace
}  // namespace wrist
