// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/held_object.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "tests/sim/dynamics/contact_examples.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::average_arm;

// Arm straight ahead, palm down: the wrist's flexion axis is level.
JointState straight_ahead(const ArmModel& arm) {
  JointState s = testing::rest_state(arm);
  s.R_TU.setIdentity();
  s.q.setZero();
  return s;
}

TEST(HeldObject, WeighsOnTheWristByItsLever) {
  const ArmModel arm = average_arm(Side::right);
  const JointState s = straight_ahead(arm);
  const auto states = body_states(arm, s);
  const JointVector bare = inverse_dynamics(arm, states);
  for (const char* name : {"cup", "phone", "hammer"}) {
    const HeldObject held = held_object(arm, name);
    const ExternalWrench load = held_load(held, states[static_cast<std::size_t>(Body::hand)]);
    const JointVector loaded = inverse_dynamics(arm, states, {&load, 1});
    // Flexion is about y; a weight at x turns the hand to flexion with x m g, the muscle holds it.
    EXPECT_NEAR(loaded.hinges[hinge(Body::hand)] - bare.hinges[hinge(Body::hand)],
                -held.mass * kGravity * held.X_HO.p.x(), 1e-12)
        << name;
    // And turns the forearm about its axis with y m g; pronation is about -x on a right arm.
    EXPECT_NEAR(loaded.hinges[hinge(Body::forearm)] - bare.hinges[hinge(Body::forearm)],
                -held.mass * kGravity * held.X_HO.p.y(), 1e-12)
        << name;
  }
  EXPECT_GT(held_object(arm, "hammer").X_HO.p.y(), 0.1);  // its head is out on the thumb's side
}

// Torques of the closed form in, the engine's accelerations out: the fixed link is that body.
TEST(HeldObject, IsTheSameBodyToTheEngine) {
  for (std::uint64_t seed = 0; seed < 6; ++seed) {
    const ArmModel arm = average_arm(seed % 2 == 0 ? Side::left : Side::right);
    const JointState before = testing::random_state(Rng(seed));
    HeldObject held = held_object(arm, "hammer");
    held.X_HO.R = testing::random_rotation(Rng(seed) / "held");
    const auto states = body_states(arm, before);
    const ExternalWrench load = held_load(held, states[static_cast<std::size_t>(Body::hand)]);
    const JointVector torques = inverse_dynamics(arm, states, {&load, 1});
    const double h = 1e-3;
    ArmWorld world(arm, {0, 0, 0}, h, held);
    world.set_joints(before);
    world.step(before, torques, {});
    JointState after = before;
    world.get_joints(after);
    EXPECT_LT(((after.w_TU_U - before.w_TU_U) / h - before.alpha_TU_U).norm(), 1e-7) << seed;
    EXPECT_LT(((after.qd - before.qd) / h - before.qdd).abs().maxCoeff(), 1e-6) << seed;
  }
}

TEST(HeldObject, IsCarriedThroughAMotion) {
  const ArmModel arm = average_arm();
  const JointMotion motion = testing::waving_motion(arm, 0.5, Rng(8));
  FullOptions options;
  options.held = held_object(arm, "cup");
  const PlayedArm with = play_arm(arm, motion, options), without = play_arm(arm, motion, {});
  EXPECT_LT(with.tracking_error_rad, 1e-6);  // the muscles know it
  EXPECT_LT((with.forearm.specific_force_B - without.forearm.specific_force_B).abs().maxCoeff(),
            5e-3);
}

TEST(HeldObject, StrikesWithItsHeadAndHitsHarder) {
  const ArmModel arm = average_arm();
  FullOptions options;
  const PlayedArm bare = testing::play_blow(arm, testing::blow_of(Body::hand, "nail", 1), options);
  options.held = held_object(arm, "hammer");
  const PlayedArm armed = testing::play_blow(arm, testing::blow_of(Body::hand, "nail", 1), options);
  ASSERT_FALSE(armed.touches.empty());
  EXPECT_NE(armed.touches[0].peak_force, bare.touches.at(0).peak_force);
  EXPECT_GT(armed.touches[0].peak_force, 20);  // N
  EXPECT_LT(armed.touches[0].peak_force, 2000);
}

TEST(HeldObject, RejectsWhatItDoesNotKnow) {
  const ArmModel arm = average_arm();
  try {
    held_object(arm, "piano");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("found \"piano\""), std::string::npos);
  }
  FullOptions options;
  options.held = HeldObject{};
  EXPECT_THROW(play_arm(arm, rest_motion(arm, make_grid(0.1, 100)), options), Error);
}

}  // namespace
}  // namespace wrist
