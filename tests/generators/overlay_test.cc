// SPDX-License-Identifier: Apache-2.0
#include "motions/overlay.h"

#include <gtest/gtest.h>

#include <cmath>

#include "motions/pinch.h"
#include "sim/base/constants.h"
#include "tests/support/assets.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

ArmModel man(Side side) { return build_arm(testing::average_man(), side); }

// Every joint of the arm moves, the shoulder through all its angles; fingers held half closed.
JointMotion captured(const ArmModel& arm, double rate_hz = 120) {
  JointMotion motion = rest_motion(arm, make_grid(8, rate_hz));
  for (Index i = 0; i < motion.time.count; ++i) {
    const double t = motion.time.time(i), s = std::sin(2 * kPi * 0.7 * t);
    motion.angles(i, hinge(Body::elbow)) = 1 + 0.5 * s;
    motion.angles(i, hinge(Body::forearm)) = 0.2 - 0.6 * s;
    motion.angles(i, hinge(Body::hand)) = 0.3 * s;
    for (int digit = 1; digit < kDigits; ++digit)
      motion.angles(i, hinge(digit_body(digit, 1))) = 0.8;
    set_quaternion(motion.R_TU, i,
                   shoulder_rotation(arm.side, 0.6 + 1.2 * s, 0.5 + 0.4 * std::cos(t), 0.9 * s));
    set_quaternion(motion.R_WT, i,
                   Eigen::Quaterniond(Eigen::AngleAxisd(0.2 * t, Eigen::Vector3d::UnitZ())));
    motion.p_WT(i, 0) = 1.2 * t;
  }
  motion.labels = {{0, 8, "walk"}};
  return motion;
}

double turn_between(const QuatSeries& a, const QuatSeries& b, Index i) {
  return quaternion(a, i).angularDistance(quaternion(b, i));
}

class Overlay : public ::testing::TestWithParam<Side> {};
INSTANTIATE_TEST_SUITE_P(BothSides, Overlay, ::testing::Values(Side::left, Side::right));

TEST_P(Overlay, WithoutAGestureIsTheMotion) {
  const ArmModel arm = man(GetParam());
  const JointMotion under = at_movement_rate(captured(arm));
  EXPECT_EQ(under.time.rate_hz, kMovementRate);
  const JointMotion same = finish_overlay(under, begin_overlay(under, arm), arm);
  EXPECT_LT((same.angles - under.angles).abs().maxCoeff(), 1e-12);
  EXPECT_LT((same.p_WT - under.p_WT).abs().maxCoeff(), 1e-12);
  for (Index i = 0; i < under.time.count; i += 50) {
    EXPECT_LT(turn_between(same.R_TU, under.R_TU, i), 1e-7);
    EXPECT_LT(turn_between(same.R_WT, under.R_WT, i), 1e-7);
  }
}

// The axes are another way to say the same: put together again they are the captured arm.
TEST_P(Overlay, AxesAreTheShoulderThatWasCaptured) {
  const ArmModel arm = man(GetParam());
  const JointMotion under = at_movement_rate(captured(arm));
  const Performance p = begin_overlay(under, arm);
  const JointMotion again = assemble(arm, p.tracks, p.press, p.advance);
  for (Index i = 0; i < under.time.count; i += 7)
    ASSERT_LT(turn_between(again.R_TU, under.R_TU, i), 1e-6) << under.time.time(i);
  const Series flexion = p.tracks.values.col(column(Axis::shoulder_flexion));
  const Series step = (flexion.tail(flexion.size() - 1) - flexion.head(flexion.size() - 1)).abs();
  EXPECT_LT(step.maxCoeff(), 0.1) << "rad per sample: an angle jumped by a turn";
}

TEST_P(Overlay, APinchTouchesAndTheArmGoesOn) {
  const ArmModel arm = man(GetParam());
  const JointMotion under = at_movement_rate(captured(arm));
  Performance p = begin_overlay(under, arm);
  const MovementSpec& pinch = testing::assets().movement("pinch");
  const auto over = lay_event(p, pinch, 3, 7, {}, Rng(1), Rng(2));
  ASSERT_TRUE(over);
  const JointMotion motion = finish_overlay(under, p, arm);
  ASSERT_EQ(motion.contacts.size(), 1u);
  const Contact& touch = motion.contacts[0];
  EXPECT_EQ(touch.striker, Body::index_distal);
  const auto at = static_cast<Index>((touch.time_s - motion.time.start_s) * kMovementRate);
  EXPECT_LT(std::abs(pinch_gap(arm, motion.angles.row(at).transpose())), 3e-3);
  EXPECT_GT(pinch_gap(arm, under.angles.row(at).transpose()), 5e-3) << "touched without a gesture";
  // The arm itself does what was captured, and the fingers before and after too.
  constexpr Index kArm = static_cast<Index>(Body::thumb_abduction) - 1;
  EXPECT_LT((motion.angles - under.angles).leftCols(kArm).abs().maxCoeff(), 0.06);
  EXPECT_LT((motion.angles - under.angles).topRows(600).abs().maxCoeff(), 1e-12) << "before 2.5 s";
  const auto after = static_cast<Index>((*over + 0.3) * kMovementRate);
  EXPECT_LT((motion.angles - under.angles).bottomRows(motion.time.count - after).abs().maxCoeff(),
            1e-9);
  EXPECT_EQ(motion.labels.front().class_name, "walk");
  EXPECT_EQ(motion.labels.back().class_name, "pinch");
}

// An absolute pose is reached wherever the arm was.
TEST_P(Overlay, RaiseToWakeEndsWhereItEndsWhenStanding) {
  const ArmModel arm = man(GetParam());
  JointMotion calm = rest_motion(arm, make_grid(8, kMovementRate));
  Performance p = begin_overlay(calm, arm);
  const MovementSpec& raise = testing::assets().movement("raise_to_wake");
  ASSERT_TRUE(lay_event(p, raise, 1, 8, {}, Rng(1), Rng(2)));
  const JointMotion motion = finish_overlay(calm, p, arm);
  const Series elbow = motion.angles.col(hinge(Body::elbow));
  EXPECT_GT(elbow.maxCoeff(), 70 * kDegree);
  EXPECT_NEAR(elbow[elbow.size() - 1], calm.angles(0, hinge(Body::elbow)), 1e-6);
}

}  // namespace
}  // namespace wrist
