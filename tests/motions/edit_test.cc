// SPDX-License-Identifier: Apache-2.0
#include "motions/edit.h"

#include <gtest/gtest.h>

#include <cmath>

#include "motions/movement.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

const ArmModel& man() {
  static const ArmModel kArm = build_arm(testing::average_man(), Side::right);
  return kArm;
}

constexpr double kSwing = 0.3, kMiddle = 1.0, kHz = 1.3;  // rad, rad, Hz

// The elbow swings, the arm lifts, a touch at 4 s, a label and an event.
JointMotion swinging(double duration = 20) {
  JointMotion motion = rest_motion(man(), make_grid(duration, kMovementRate));
  for (Index i = 0; i < motion.time.count; ++i) {
    const double t = motion.time.time(i);
    motion.angles(i, hinge(Body::elbow)) = kMiddle + kSwing * std::sin(2 * kPi * kHz * t);
    set_quaternion(motion.R_TU, i,
                   shoulder_rotation(Side::right, 0.4 * std::sin(2 * kPi * 0.5 * t), 0.1, 0));
  }
  Contact contact;
  contact.time_s = 4, contact.release_s = 4.1, contact.closing_speed = 0.5;
  motion.contacts = {contact};
  motion.labels = {{3, 6, "swing"}};
  motion.events = {{4, 5, "beat", "motion", 1}};
  return motion;
}

double elbow_at(const JointMotion& motion, double t) {
  const Series time = Series::Constant(1, t);
  return sample_at(fit_splines(motion).spline, time)(0, kHingeChannel + hinge(Body::elbow));
}

double elbow_rate_at(const JointMotion& motion, double t) {
  return sample(fit_splines(motion).spline, {t, 1000, 1}, kHingeChannel + hinge(Body::elbow), 1)
      .first(0, 0);
}

TEST(WarpTime, OfNothingChangesNothing) {
  const JointMotion motion = swinging(), same = warp_time(motion, 0, Rng(1));
  EXPECT_TRUE((same.angles == motion.angles).all());
}

// What happens stays what it is; only when it happens moves. The elbow's angle at the moved time of
// the touch is its angle at 4 s, and it passes as much faster as the touch says.
TEST(WarpTime, TakesEverythingAlong) {
  const JointMotion motion = swinging(), warped = warp_time(motion, 0.2, Rng(5));
  ASSERT_EQ(warped.time.count, motion.time.count);
  const Contact& touch = warped.contacts.at(0);
  EXPECT_GT(std::abs(touch.time_s - 4), 0.01) << "nothing was warped";
  EXPECT_NEAR(elbow_at(warped, touch.time_s), elbow_at(motion, 4), 1e-5);
  const double pace = touch.closing_speed / 0.5;
  EXPECT_NEAR(elbow_rate_at(warped, touch.time_s), pace * elbow_rate_at(motion, 4),
              0.01 * std::abs(elbow_rate_at(motion, 4)));
  EXPECT_EQ(warped.events[0].start_s, touch.time_s);
  EXPECT_GT(touch.release_s, touch.time_s);
  EXPECT_NEAR(elbow_at(warped, warped.labels[0].end_s), elbow_at(motion, 6), 1e-5);
  // It begins and ends where it did.
  EXPECT_NEAR(elbow_at(warped, 0), elbow_at(motion, 0), 1e-9);
  EXPECT_NEAR(elbow_at(warped, motion.time.end()), elbow_at(motion, motion.time.end()), 1e-9);
}

// Four standard errors: of the order of 20 s x 2 x 0.15 Hz independent values in each of 200 warps.
TEST(WarpTime, SpreadIsThatOfTheLogarithmOfThePace) {
  JointMotion motion = rest_motion(man(), make_grid(20, 60));
  for (Index i = 0; i < motion.time.count; ++i)
    motion.angles(i, hinge(Body::elbow)) = motion.time.time(i) / 20;  // a clock
  double squares = 0;
  constexpr int kRuns = 200;
  for (std::uint64_t run = 0; run < kRuns; ++run) {
    const JointMotion warped = warp_time(motion, 0.1, Rng(run));
    const auto clock = warped.angles.col(hinge(Body::elbow));
    const Series pace = (clock.tail(1199) - clock.head(1199)) * 20 * 60;
    squares += (pace.log() - pace.log().mean()).square().mean();
  }
  // The mean over 20 s of noise below 0.15 Hz takes its own part away.
  EXPECT_NEAR(std::sqrt(squares / kRuns), 0.1, 0.02);
}

TEST(WarpTime, KeepsTheMotionSmooth) {
  const JointMotion warped = warp_time(swinging(), 0.3, Rng(2));
  const SplineSamples s =
      sample(fit_splines(warped).spline, {0.1, 2000, 38000}, kHingeChannel + hinge(Body::elbow), 1);
  const Series jump = (s.second.col(0).tail(37999) - s.second.col(0).head(37999)).abs();
  const double w = 2 * kPi * kHz;
  EXPECT_LT(jump.maxCoeff(), 8 * kSwing * w * w * w / 2000) << "rad/s2 between two samples";
}

TEST(WarpTime, RefusesNonsense) {
  EXPECT_THROW(warp_time(swinging(), 0.6, Rng(1)), Error);
  EXPECT_THROW(warp_time(swinging(), -0.1, Rng(1)), Error);
}

TEST(ScaleSize, ScalesSwingsAboutTheirMiddle) {
  const JointMotion motion = swinging(), large = scale_size(motion, man(), 1.5);
  const auto elbow = large.angles.col(hinge(Body::elbow));
  EXPECT_NEAR(elbow.maxCoeff() - elbow.minCoeff(), 1.5 * 2 * kSwing, 1e-3);
  EXPECT_NEAR(elbow.mean(), kMiddle, 1e-3);
  double greatest = 0;
  for (Index i = 0; i < motion.time.count; ++i) {
    const auto from = quaternion(large.R_TU, 0), to = quaternion(large.R_TU, i);
    greatest = std::max(greatest, from.angularDistance(to));
    EXPECT_NEAR(to.norm(), 1, 1e-12);
  }
  EXPECT_NEAR(greatest, 1.5 * 0.4, 5e-3);
  EXPECT_DOUBLE_EQ(large.contacts[0].closing_speed, 0.75);
  EXPECT_TRUE((large.p_WT == motion.p_WT).all());
}

TEST(ScaleSize, OneIsNoChangeAndNoJointLeavesItsRange) {
  const JointMotion motion = swinging();
  EXPECT_TRUE((scale_size(motion, man(), 1).angles == motion.angles).all());
  const auto elbow = scale_size(motion, man(), 4).angles.col(hinge(Body::elbow)).eval();
  EXPECT_GE(elbow.minCoeff(), man().body(Body::elbow).lower);
  EXPECT_LE(elbow.maxCoeff(), man().body(Body::elbow).upper);
  EXPECT_THROW(scale_size(motion, man(), 5), Error);
}

TEST(WithPosture, LeansForwardAndBendsTheElbow) {
  const JointMotion motion = swinging(), bent = with_posture(motion, man(), {0.2, 0.1});
  const Eigen::Vector3d up = quaternion(bent.R_WT, 7) * Eigen::Vector3d::UnitZ();
  EXPECT_NEAR(up.x(), std::sin(0.2), 1e-12) << "x is ahead";
  EXPECT_NEAR(bent.angles(7, hinge(Body::elbow)), motion.angles(7, hinge(Body::elbow)) + 0.1, 1e-9);
}

}  // namespace
}  // namespace wrist
