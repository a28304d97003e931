// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_force.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/dynamics/arm_world.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

constexpr double kRate = 16000;  // Hz; fine, so that what is measured is the model

// A free mass: an impulse of 1 N s gives it 1 / mass for ever.
std::vector<BlowKernel> free_mass(double mass) {
  return {{Series::Constant(4000, 1 / mass), {}, {}, {}}};
}

// Two free masses that touch, of which each pair of axes knows only itself.
std::vector<BlowKernel> free_pair(double mass) {
  std::vector<BlowKernel> kernels;
  for (Index d = 0; d < 3; ++d) {
    BlowKernel k{Series::Constant(4000, 1 / mass), Series3::Zero(4000, 3), {}, {}};
    k.parting.col(d) = k.point;
    kernels.push_back(k);
  }
  return kernels;
}

Series normal_force(const ContactPlan& plan, const std::vector<BlowKernel>& kernels,
                    double rate_hz) {
  return contact_force(plan, kernels, rate_hz, plan.contact.time_s).col(0);
}

// The world's surface comes at the closing speed and goes on: a short blow sees no end of it.
ContactPlan blow(double speed, double stiffness, double damping = 0) {
  ContactPlan plan;
  plan.contact.time_s = 1;
  plan.contact.release_s = 1.05;
  plan.contact.closing_speed = speed;
  plan.stiffness = {stiffness, damping};
  return plan;
}

double impulse(const Series& force) { return force.sum() / kRate; }

double length(const Series& force) { return static_cast<double>((force > 0).count()) / kRate; }

// By hand: a mass on a spring stays for half a period, its force peaks at v sqrt(k m), and it
// leaves as fast as it came: 2 m v.
TEST(ContactForce, OfAFreeMassIsHalfASine) {
  const double m = 0.1, k = 2e5, v = 0.5;
  const Series force = normal_force(blow(v, k), free_mass(m), kRate);
  EXPECT_NEAR(force.maxCoeff(), v * std::sqrt(k * m), 0.03 * v * std::sqrt(k * m));
  EXPECT_NEAR(length(force), kPi * std::sqrt(m / k), 0.05 * kPi * std::sqrt(m / k));
  EXPECT_NEAR(impulse(force), 2 * m * v, 0.05 * 2 * m * v);
}

TEST(ContactForce, GrowsWithTheSpeedAndTheRootOfStiffnessAndMass) {
  const auto peak = [](double v, double k, double m) {
    return normal_force(blow(v, k), free_mass(m), kRate).maxCoeff();
  };
  const double once = peak(0.4, 2e5, 0.05);
  EXPECT_NEAR(peak(0.8, 2e5, 0.05) / once, 2, 0.05);
  EXPECT_NEAR(peak(0.4, 8e5, 0.05) / once, 2, 0.1);
  EXPECT_NEAR(peak(0.4, 2e5, 0.2) / once, 2, 0.15);
}

TEST(ContactForce, LosesWhatDampingTakes) {
  const double m = 0.1, k = 2e5, v = 0.5;
  const double elastic = impulse(normal_force(blow(v, k), free_mass(m), kRate));
  const double damped =
      impulse(normal_force(blow(v, k, 1.0 * std::sqrt(k * m)), free_mass(m), kRate));
  EXPECT_LT(damped, 0.9 * elastic);
  EXPECT_GT(damped, m * v) << "it stops the mass at least";
}

// A second mass behind the surface: what meets is the reduced mass of both.
TEST(ContactForce, OfWhatYieldsIsThatOfTheReducedMass) {
  ContactPlan plan = blow(0.5, 2e5);
  plan.surface.mass = 0.1;
  const double both = impulse(normal_force(plan, free_mass(0.1), kRate));
  EXPECT_NEAR(both, 2 * 0.05 * 0.5, 0.05 * 0.05);
}

TEST(ContactForce, NeverPullsAndEndsAfterTheRelease) {
  const Series force = normal_force(blow(1, 5e4, 30), free_mass(0.3), kRate);
  EXPECT_GE(force.minCoeff(), 0);
  EXPECT_EQ(force.tail(200).maxCoeff(), 0);
}

TEST(ContactForce, AnotherHandOnTheWatchMeetsItsCase) {
  ContactPlan plan = blow(0.5, 2e5);
  plan.on_watch = true;
  plan.case_mass = 0.05;
  EXPECT_NEAR(impulse(normal_force(plan, free_mass(1e6), kRate)), 2 * 0.05 * 0.5, 0.05 * 0.05);
}

// What a motion plans for its pads: the pinch goes on for as long as they are in each other.
TEST(ContactPlan, OfPadsFollowsTheMotion) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  JointMotion motion = rest_motion(arm, make_grid(1, 240));
  Contact contact;
  contact.striker = Body::index_distal;
  contact.struck = Body::thumb_distal;
  contact.time_s = 0.4, contact.release_s = 0.5, contact.closing_speed = 0.2;
  const ContactPlan apart = plan_contact(arm, motion, contact, 0.04);
  EXPECT_EQ(apart.pair.struck, Body::thumb_distal);
  ASSERT_GT(apart.depth.size(), 50);
  EXPECT_LT(apart.depth.maxCoeff(), -0.01) << "a resting hand does not pinch";
  EXPECT_EQ(normal_force(apart, free_pair(0.01), 4000).maxCoeff(), 0);
}

TEST(ContactPlan, KnowsWhatIsStruck) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  const JointMotion motion = rest_motion(arm, make_grid(1, 240));
  Contact contact;
  contact.striker = Body::hand;
  contact.other = "table";
  const ContactPlan table = plan_contact(arm, motion, contact, 0.04);
  EXPECT_FALSE(table.pair.struck);
  EXPECT_TRUE(table.depth.size() == 0 && !table.on_watch);
  contact.other = "bed";
  EXPECT_LT(plan_contact(arm, motion, contact, 0.04).stiffness.stiffness,
            table.stiffness.stiffness);
  contact.striker = Body::forearm;
  contact.other = "other_finger";
  EXPECT_TRUE(plan_contact(arm, motion, contact, 0.04).on_watch);
}

// A pair that is meant to run in by `depth` at once and to slide at `sliding`.
ContactPlan pair_plan(double depth, double sliding) {
  ContactPlan plan;
  plan.contact.time_s = 1;
  plan.contact.release_s = 1.05;
  plan.contact.striker = Body::index_distal;
  plan.contact.struck = Body::thumb_distal;
  plan.pair = {Body::index_distal, Body::thumb_distal};
  plan.stiffness = {4000, 2};
  plan.depth = Series::Constant(400, depth);
  plan.sliding = Eigen::ArrayXXd::Zero(400, 2);
  plan.sliding.col(1).setConstant(sliding);
  return plan;
}

// By hand: what slides slowly is stopped within the first step, by mass times speed; what slides
// fast is held by friction times the normal force, against its motion.
TEST(ContactForce, PadsStickUntilFrictionGivesWay) {
  constexpr double kMass = 0.004, kSlow = 1e-3, kFast = 50;
  const Eigen::ArrayX3d stuck = contact_force(pair_plan(5e-4, kSlow), free_pair(kMass), kRate, 1);
  EXPECT_NEAR(stuck.col(2).sum() / kRate, -kMass * kSlow, 1e-12);
  EXPECT_NEAR(stuck(0, 2) / kRate, -kMass * kSlow, 1e-12);
  const Eigen::ArrayX3d slid = contact_force(pair_plan(5e-4, kFast), free_pair(kMass), kRate, 1);
  ASSERT_GT(slid.col(0).maxCoeff(), 0.5);
  EXPECT_LT((slid.col(2) + ContactSurface{}.friction * slid.col(0)).abs().maxCoeff(), 1e-12);
  EXPECT_EQ(slid.col(1).abs().maxCoeff(), 0);
}

// The implicit step of a pair against the mass on a spring and damper, solved by hand: the first
// force of depth d at rest is k d / (1 + h (c + h k) / m).
TEST(ContactForce, APadGivesWayWithinTheStep) {
  constexpr double kMass = 0.004, kDepth = 2e-4, h = 1 / kRate;
  ContactPlan plan = pair_plan(kDepth, 0);
  plan.contact.closing_speed = 0;
  EXPECT_NEAR(normal_force(plan, free_pair(kMass), kRate)[0],
              4000 * kDepth / (1 + h * (2 + h * 4000) / kMass), 1e-9);
}

}  // namespace
}  // namespace wrist
