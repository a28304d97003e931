// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/rnea.h"

#include <gtest/gtest.h>

#include "tests/sim/dynamics/arm_examples.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::average_arm;

// Turns an arm into a pendulum of chosen bodies: every other mass is taken away.
ArmModel keep_only(ArmModel arm, const std::vector<Body>& kept) {
  for (int b = 0; b < kBodies; ++b)
    if (std::find(kept.begin(), kept.end(), static_cast<Body>(b)) == kept.end())
      arm.bodies[static_cast<std::size_t>(b)].mass = 0;
  return arm;
}

// Arm straight out to the front: x of every body forwards, z up.
JointState straight_ahead(const ArmModel& arm) {
  JointState s = testing::rest_state(arm);
  s.R_TU.setIdentity();
  s.q.setZero();
  return s;
}

Vector3d centre(const Pose& X_WB, const ArmBody& body) { return X_WB.p + X_WB.R * body.p_BCm; }

double moment_about_shoulder(const ArmModel& arm, const JointState& s, double lift_from) {
  const auto poses = body_poses(arm, s.X_WT, s.R_TU, s.q);
  double sum = 0;
  for (std::size_t b = 0; b < kBodies; ++b)
    sum += arm.bodies[b].mass * kGravity * (centre(poses[b], arm.bodies[b]).x() - lift_from);
  return sum;
}

TEST(Rnea, HoldsAHorizontalArmAgainstItsWeight) {
  const ArmModel arm = average_arm(Side::right);
  const JointState s = straight_ahead(arm);
  const JointVector torques = inverse_dynamics(arm, s);
  // Weight at x turns about y by x m g downwards; the shoulder holds with the opposite sign.
  const double weight = moment_about_shoulder(arm, s, arm.p_TU.x());
  EXPECT_GT(weight, 8);  // 4 kg at about 0.3 m
  EXPECT_LT(weight, 16);
  EXPECT_NEAR(torques.shoulder.y(), -weight, 1e-9);
}

TEST(Rnea, CarriesWhatHangsOnTheForearm) {
  const ArmModel arm = average_arm();
  const JointState s = straight_ahead(arm);
  const JointVector bare = inverse_dynamics(arm, s);
  const ExternalWrench watch{
      Body::forearm, {0, 0, -0.04 * kGravity}, {0, 0.2 * 0.04 * kGravity, 0}};
  const JointVector loaded = inverse_dynamics(arm, s, {&watch, 1});
  const double reach = arm.body(Body::elbow).p_PJ.x() + 0.2;
  EXPECT_NEAR((loaded.shoulder - bare.shoulder).y(), -0.04 * kGravity * reach, 1e-12);
  EXPECT_NEAR(loaded.hinges[hinge(Body::hand)], bare.hinges[hinge(Body::hand)], 1e-15);
}

TEST(Rnea, SpinsABodyWithItsGyroscopicTerm) {
  ArmModel arm = keep_only(average_arm(), {Body::upper_arm});
  arm.bodies[0].p_BCm.setZero();
  JointState s = straight_ahead(arm);
  s.w_TU_U = {3, -2, 5};
  s.alpha_TU_U = {1, 7, -4};
  const Vector3d I = arm.bodies[0].inertia.diagonal();
  const Vector3d L = I.cwiseProduct(s.w_TU_U);
  const Vector3d expected = I.cwiseProduct(s.alpha_TU_U) + s.w_TU_U.cross(L);
  EXPECT_LT((inverse_dynamics(arm, s).shoulder - expected).norm(), 1e-12);
}

// Upper arm (angle a from the horizontal) and elbow (angle b): the textbook planar double pendulum
// (Craig, Introduction to Robotics, ch. 6), with link inertia about the centre of mass.
TEST(Rnea, AgreesWithTheClosedFormOfTwoLinks) {
  const ArmModel arm = keep_only(average_arm(Side::right), {Body::upper_arm, Body::elbow});
  const ArmBody &upper = arm.body(Body::upper_arm), &fore = arm.body(Body::elbow);
  JointState s = straight_ahead(arm);
  // z of the upper arm horizontal, so that shoulder z and elbow turn in the vertical plane.
  const double a = 0.4, da = 1.3, dda = -2.1, b = 0.9, db = -2.2, ddb = 6.5;
  const Eigen::AngleAxisd onto_side(kPi / 2, Vector3d::UnitX());
  s.R_TU = Eigen::Quaterniond(onto_side) * Eigen::AngleAxisd(a, Vector3d::UnitZ());
  s.w_TU_U = {0, 0, da};
  s.alpha_TU_U = {0, 0, dda};
  s.q[hinge(Body::elbow)] = b, s.qd[hinge(Body::elbow)] = db, s.qdd[hinge(Body::elbow)] = ddb;
  ASSERT_EQ(fore.axis.z(), 1);

  const double l1 = fore.p_PJ.x(), c1 = upper.p_BCm.x(), c2 = fore.p_BCm.x();
  const double m1 = upper.mass, m2 = fore.mass, I1 = upper.inertia(2, 2), I2 = fore.inertia(2, 2);
  const double cross = m2 * l1 * c2, g2 = m2 * c2 * kGravity * std::cos(a + b);
  const double elbow = (I2 + m2 * c2 * c2) * (dda + ddb) + cross * std::cos(b) * dda +
                       cross * std::sin(b) * da * da + g2;
  const double shoulder =
      elbow + (I1 + m1 * c1 * c1 + m2 * l1 * l1) * dda + cross * std::cos(b) * (dda + ddb) -
      cross * std::sin(b) * (da + db) * (da + db) + (m1 * c1 + m2 * l1) * kGravity * std::cos(a);
  const JointVector torques = inverse_dynamics(arm, s);
  EXPECT_NEAR(torques.hinges[hinge(Body::elbow)], elbow, 1e-10);
  EXPECT_NEAR(torques.shoulder.z(), shoulder, 1e-10);
}

// Kinetic and potential energy of the arm on a thorax at rest.
double energy(const ArmModel& arm, const JointState& s) {
  const auto states = body_states(arm, s);
  double sum = 0;
  for (std::size_t b = 0; b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[b];
    if (body.mass == 0) continue;
    const Vector3d v = states[b].v_B + states[b].w_B.cross(body.p_BCm);
    sum += 0.5 * body.mass * v.squaredNorm() +
           0.5 * states[b].w_B.dot(body.inertia * states[b].w_B) +
           body.mass * kGravity * centre(states[b].X_WB, body).z();
  }
  return sum;
}

TEST(Rnea, PowerOfTheTorquesIsTheRateOfEnergy) {
  const ArmModel arm = average_arm();
  JointMotion motion = testing::waving_motion(arm, 1, Rng(4));
  motion.p_WT = Series3::Zero(motion.time.count, 3);
  motion.R_WT.rowwise() = Eigen::Array4d(1, 0, 0, 0).transpose();
  const double h = 1e-5;
  const auto states = joint_states(fit_splines(motion), {0.5 - h, 1 / h, 3});
  const JointVector torques = inverse_dynamics(arm, states[1]);
  const double power =
      torques.shoulder.dot(states[1].w_TU_U) + (torques.hinges * states[1].qd).sum();
  const double rate = (energy(arm, states[2]) - energy(arm, states[0])) / (2 * h);
  EXPECT_GT(std::abs(power), 0.1);
  EXPECT_NEAR(power, rate, 1e-6 * std::abs(power) + 1e-7);
}

}  // namespace
}  // namespace wrist
