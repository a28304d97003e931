// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_response.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "sim/dynamics/measure_blows.h"
#include "sim/dynamics/strike_points.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

constexpr double kElbow = 60 * kDegree, kTouch = 0.4, kCase = 0.04;  // rad, s, kg

const ArmModel& man() {
  static const ArmModel kArm = build_arm(testing::average_man(), Side::right);
  return kArm;
}

// Blows of the world on the hand and of the index pad on the thumb's, in the one posture used here.
const ContactTable& table() {
  static const ContactTable kTable = [] {
    BlowPlan plan;
    plan.elbow = {kElbow};
    plan.pronation = {0};
    plan.shoulder_flexion = {0};
    const Eigen::Array<double, kHinges, 1> rest =
        rest_motion(man(), make_grid(0.1, 100)).angles.row(0).transpose();
    for (std::size_t place = 0; place <= strike_points(man(), Body::hand).size(); ++place)
      plan.poses.push_back({{Body::hand, {}, place}, rest});
    return measure_contact_table(man(), plan, 0.02, 2);
  }();
  return kTable;
}

// A hand held still is struck by something that comes and stays with it, straight onto the palm.
JointMotion struck(double speed, const std::string& other = "thigh") {
  JointMotion motion = rest_motion(man(), make_grid(1, 240));
  motion.angles.col(hinge(Body::elbow)) = kElbow;
  Contact c;
  c.time_s = kTouch;
  c.release_s = kTouch + 0.03;
  c.striker = Body::hand;
  c.other = other;
  c.closing_speed = speed;
  c.direction_H = Eigen::Vector3d::UnitZ();
  motion.contacts = {c};
  return motion;
}

TimeGrid clock() { return {0, kTableRate, 3900}; }

RigidSeries still(const JointMotion& motion) {
  return body_motion(man(), fit_splines(motion), Body::forearm, clock());
}

// The strap on the bone: modes far above the blow.
TissueModes bone() { return {{{1900, 0.9, 1}, {1000, 0.5, 0}, {1000, 0.5, 0}}}; }

struct Felt {
  Series3 force, alpha, rate;
  ContactForces contact;
};
Felt felt(const JointMotion& motion, const TissueModes& modes, const Pose& X_FS = {}) {
  const RigidSeries before = body_motion(man(), fit_splines(motion), Body::forearm, clock(), X_FS);
  RigidSeries after = before;
  ContactForces forces =
      add_contact_transients(after, X_FS, man(), motion, {table(), modes, kCase});
  return {after.specific_force_B - before.specific_force_B, after.alpha_WB_B - before.alpha_WB_B,
          after.w_WB_B - before.w_WB_B, std::move(forces)};
}

double norm_of(const Eigen::ArrayXXd& a) { return a.matrix().norm(); }

struct Judged {
  double force_error, alpha_error;  // share of the engine's own
  double peak, impulse;             // of the contact force, over the engine's
};

// The judge: the engine plays the same blow.
Judged judged(const Eigen::Vector3d& direction_H) {
  JointMotion motion = struck(0.5);
  motion.contacts[0].direction_H = direction_H.normalized();
  const Felt said = felt(motion, bone());
  const PlayedArm played = play_arm(man(), motion, {});
  const RigidSeries meant = still(motion);
  const Index n = clock().count;
  const Series3 force = played.forearm.specific_force_B.topRows(n) - meant.specific_force_B;
  const Series3 alpha = played.forearm.alpha_WB_B.topRows(n) - meant.alpha_WB_B;
  return {norm_of(said.force - force) / norm_of(force),
          norm_of(said.alpha - alpha) / norm_of(alpha),
          said.contact.peak.at(0) / played.contact_force.maxCoeff(),
          said.contact.total.sum() / played.contact_force.sum()};
}

TEST(ContactResponse, OfABlowOnOnePlaceIsWhatTheEngineSays) {
  const Judged corner = judged({0.35, 0.35, 1});
  EXPECT_LT(corner.force_error, 0.25);
  EXPECT_LT(corner.alpha_error, 0.25);
  EXPECT_NEAR(corner.peak, 1, 0.1);
  EXPECT_NEAR(corner.impulse, 1, 0.1);
}

// On a flat palm the load wanders between its places, which a table does not follow.
TEST(ContactResponse, OfABlowOnTheWholePalmHasItsForceAndImpulse) {
  const Judged flat = judged(Eigen::Vector3d::UnitZ());
  EXPECT_LT(flat.force_error, 0.6);
  EXPECT_NEAR(flat.peak, 1, 0.2);
  EXPECT_NEAR(flat.impulse, 1, 0.15);
}

TEST(ContactResponse, LeavesAMotionWithoutContactsAlone) {
  JointMotion motion = struck(0.5);
  motion.contacts.clear();
  const Felt nothing = felt(motion, bone());
  EXPECT_EQ(nothing.force.abs().maxCoeff(), 0);
  EXPECT_EQ(nothing.contact.total.maxCoeff(), 0);
}

TEST(ContactResponse, IsSilentBeforeTheTouchAndOverAQuarterOfASecondLater) {
  const Felt blow = felt(struck(0.5), draw_tissue_modes(Rng(1)));
  const auto touch = static_cast<Index>(kTouch * kTableRate);
  EXPECT_EQ(blow.force.topRows(touch).abs().maxCoeff(), 0);
  EXPECT_GT(blow.force.middleRows(touch, 200).abs().maxCoeff(), 0.5);
  EXPECT_LT(blow.force.bottomRows(900).abs().maxCoeff(), 0.02 * blow.force.abs().maxCoeff());
  EXPECT_LT(blow.rate.bottomRows(300).abs().maxCoeff(), 0.05 * blow.rate.abs().maxCoeff());
}

TEST(ContactResponse, GrowsWithTheClosingSpeed) {
  const double slow = norm_of(felt(struck(0.2), bone()).force);
  EXPECT_NEAR(norm_of(felt(struck(0.4), bone()).force) / slow, 2, 0.2);
  EXPECT_EQ(norm_of(felt(struck(0), bone()).force), 0);
}

TEST(ContactResponse, WhatYieldsIsStruckMoreSoftly) {
  JointMotion light = struck(0.5);
  light.contacts[0].yielding_mass = 0.02;
  EXPECT_LT(felt(light, bone()).contact.peak[0], 0.5 * felt(struck(0.5), bone()).contact.peak[0]);
}

// Rate is the integral of the angular acceleration.
TEST(ContactResponse, RateIsTheIntegralOfItsAcceleration) {
  const Felt blow = felt(struck(0.5), draw_tissue_modes(Rng(3)));
  Eigen::Array3d sum = Eigen::Array3d::Zero();
  for (Index i = 0; i < clock().count; ++i) {
    const Eigen::Array3d half = blow.alpha.row(i).transpose() / (2 * kTableRate);
    ASSERT_LT((blow.rate.row(i).transpose() - sum - half).abs().maxCoeff(), 1e-5) << i;
    sum += 2 * half;
  }
}

// Further from the elbow the same turn is a greater acceleration: a + alpha x r.
TEST(ContactResponse, IsThatOfTheStationItself) {
  const JointMotion motion = struck(0.5);
  const Pose X_FS{Eigen::Quaterniond(Eigen::AngleAxisd(0.3, Eigen::Vector3d::UnitX())),
                  {0.2, 0, 0}};
  const Felt at_F = felt(motion, bone()), at_S = felt(motion, bone(), X_FS);
  for (Index i = 1600; i < 1700; i += 9) {
    const Eigen::Vector3d alpha = at_F.alpha.row(i).matrix().transpose();
    const Eigen::Vector3d force = at_F.force.row(i).matrix().transpose();
    const Eigen::Vector3d there = X_FS.R.conjugate() * (force + alpha.cross(X_FS.p));
    EXPECT_LT((there - at_S.force.row(i).matrix().transpose()).norm(), 1e-9);
  }
}

TEST(ContactResponse, AnotherHandOnTheWatchLeavesTheForearmAlone) {
  JointMotion motion = struck(0.5, "other_finger");
  motion.contacts[0].striker = Body::forearm;
  const Felt press = felt(motion, bone());
  EXPECT_EQ(press.force.abs().maxCoeff(), 0);
  EXPECT_GT(press.contact.on_watch.maxCoeff(), 0.5);
}

TEST(ContactResponse, RefusesNonsense) {
  JointMotion motion = struck(-1);
  EXPECT_THROW(felt(motion, bone()), Error);
  motion = struck(0.5);
  RigidSeries slow = make_rigid_series({0, 1000, 900});
  EXPECT_THROW(add_contact_transients(slow, {}, man(), motion, {table(), bone(), kCase}), Error);
  RigidSeries station = still(motion);
  EXPECT_THROW(add_contact_transients(station, {}, man(), motion, {ContactTable{}, bone(), kCase}),
               Error);
}

}  // namespace
}  // namespace wrist
