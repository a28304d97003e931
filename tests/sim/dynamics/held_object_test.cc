// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/held_object.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "sim/dynamics/world_contacts.h"
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
  for (const std::string& name : held_names()) {
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
    ArmWorld world(arm, {0, 0, 0}, h, {&held, 1});
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

TEST(HeldObject, IsTakenAndLetGoOf) {
  const ArmModel arm = average_arm();
  const auto carried = carried_objects(arm, {holding("cup", 1, 3),
                                             {2, 4, "drink:sip", "motion"},
                                             holding("hammer", 5, 6),
                                             holding("cup", 7, 8)});
  ASSERT_EQ(carried.size(), 2u);
  EXPECT_EQ(carried[0].name, "cup");
  EXPECT_EQ(carried[0].spans.size(), 2u);
  EXPECT_EQ(carried[0].share(1), 0);
  EXPECT_NEAR(carried[0].share(1 + kTake / 2), 0.5, 1e-12);
  EXPECT_EQ(carried[0].share(2), 1);
  EXPECT_NEAR(carried[0].share(3 - kTake / 2), 0.5, 1e-12);
  EXPECT_EQ(carried[0].share(4), 0);
  EXPECT_EQ(carried[0].share(7.5), 1);
  EXPECT_EQ(carried_at(carried, 2)->name, "cup");
  EXPECT_EQ(carried_at(carried, 5.5)->name, "hammer");
  EXPECT_EQ(carried_at(carried, 4.5), nullptr);
}

// Two things at once, each in part: the engine and the closed form mean the same body.
TEST(HeldObject, PartOfItIsThatPartToTheEngine) {
  const ArmModel arm = average_arm();
  const JointState before = testing::random_state(Rng(3));
  const std::vector<HeldObject> held = {held_object(arm, "cup"), held_object(arm, "jug")};
  const std::vector<double> shares = {0.3, 0};
  const auto states = body_states(arm, before);
  std::vector<ExternalWrench> loads;
  for (std::size_t i = 0; i < held.size(); ++i)
    loads.push_back(held_load(held[i], states[static_cast<std::size_t>(Body::hand)], shares[i]));
  const JointVector torques = inverse_dynamics(arm, states, loads);
  const double h = 1e-3;
  ArmWorld world(arm, {0, 0, 0}, h, held);
  for (std::size_t i = 0; i < held.size(); ++i) world.carry(i, shares[i]);
  world.set_joints(before);
  world.step(before, torques, {});
  JointState after = before;
  world.get_joints(after);
  EXPECT_LT(((after.w_TU_U - before.w_TU_U) / h - before.alpha_TU_U).norm(), 1e-7);
  EXPECT_LT(((after.qd - before.qd) / h - before.qdd).abs().maxCoeff(), 1e-6);
}

// The muscles bear it from the moment it is taken: the plan is kept through both ends.
TEST(HeldObject, IsCarriedForAsLongAsTheMotionSays) {
  const ArmModel arm = average_arm();
  JointMotion motion = testing::waving_motion(arm, 1, Rng(8));
  const PlayedArm without = play_arm(arm, motion, {});
  motion.events = {holding("jug", 0.3, 0.8)};
  const PlayedArm with = play_arm(arm, motion, {});
  EXPECT_LT(with.tracking_error_rad, 1e-6);
  EXPECT_LT((with.forearm.specific_force_B - without.forearm.specific_force_B).abs().maxCoeff(),
            0.02);
}

// A blow on the hand moves a forearm less while the hand carries a jug, and as much before.
TEST(HeldObject, ABlowFindsAHeavierHandWhileItIsHeld) {
  const ArmModel arm = average_arm();
  const auto peak = [&](double time_s, const std::vector<Event>& events) {
    JointMotion motion = testing::level_motion(arm, 0.9);
    motion.events = events;
    FullOptions options;
    options.push.step = static_cast<Index>(time_s * options.rate_hz);
    options.push.wrenches = {{Body::hand, {0, 0, 400}, {0, 0, 0}}};  // 0.1 N s in a step
    const PlayedArm pushed = play_arm(arm, motion, options);
    const PlayedArm alone = play_arm(arm, motion, {});
    return testing::largest(pushed.forearm.specific_force_B - alone.forearm.specific_force_B);
  };
  const std::vector<Event> events = {holding("jug", 0.3, 0.8)};
  EXPECT_NEAR(peak(0.2, events), peak(0.2, {}), 1e-6 * peak(0.2, {}));
  EXPECT_GT(std::abs(peak(0.55, events) / peak(0.55, {}) - 1), 0.1);
}

// A thumb on the phone in its own hand: what the thumb loses the hand gains, and another's phone
// takes all of it.
TEST(HeldObject, AThumbOnTheHeldPhonePressesOnTheHand) {
  const ArmModel arm = average_arm();
  const JointSplines splines = fit_splines(testing::level_motion(arm, 0.3));
  const auto pressed = [&](const std::vector<Event>& events) {
    WorldContacts blows(arm, splines, {testing::blow_of(Body::thumb_distal, "phone", 0.3)}, {},
                        carried_objects(arm, events));
    double net = 0, moment = 0, largest = 0;
    for (int n = 0; n < 200; ++n) {
      const double h = 1. / 4000, t = 0.09 + n * h;
      const JointState still = joint_states(splines, {t, 1, 1}).front();
      const auto states = body_states(arm, still);
      std::vector<ExternalWrench> wrenches;
      std::vector<Touching> touching;
      blows.act(t, h, still, states, wrenches, touching);
      Vector3d force_W = Vector3d::Zero(), moment_W = Vector3d::Zero();
      for (const ExternalWrench& w : wrenches) {
        const Pose& X_WB = states[static_cast<std::size_t>(w.body)].X_WB;
        const Vector3d f_W = X_WB.R * w.force_B;
        force_W += f_W;
        moment_W += X_WB.R * w.moment_B + X_WB.p.cross(f_W);
        largest = std::max(largest, f_W.norm());
      }
      net = std::max(net, force_W.norm()), moment = std::max(moment, moment_W.norm());
    }
    EXPECT_GT(largest, 0.5);  // N
    return std::max(net, moment);
  };
  EXPECT_LT(pressed({holding("phone", -1, 1)}), 1e-9);
  EXPECT_GT(pressed({}), 0.5);
  EXPECT_GT(pressed({holding("cup", -1, 1)}), 0.5) << "it holds something else";
}

// What the plan gives for the tool's mass is not there twice.
TEST(HeldObject, AToolStrikesTheThingItselfWhateverMassThePlanGives) {
  const ArmModel arm = average_arm();
  FullOptions options;
  options.held = held_object(arm, "hammer");
  const auto force = [&](double mass) {
    Contact nail = testing::blow_of(Body::hand, "nail", 1);
    nail.yielding_mass = mass;
    return testing::play_blow(arm, nail, options).touches.at(0).peak_force;
  };
  EXPECT_EQ(force(0.05), force(0));
  options.held = held_object(arm, "cup");
  EXPECT_LT(force(0.05), 0.9 * force(0)) << "a cup is no tool";
}

TEST(HeldObject, RejectsWhatItDoesNotKnow) {
  const ArmModel arm = average_arm();
  try {
    held_object(arm, "piano");
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_NE(std::string(e.what()).find("found \"piano\""), std::string::npos);
  }
  EXPECT_THROW(carried_objects(arm, {holding("piano", 0, 1)}), Error);
  FullOptions options;
  options.held = HeldObject{};
  EXPECT_THROW(play_arm(arm, rest_motion(arm, make_grid(0.1, 100)), options), Error);
}

}  // namespace
}  // namespace wrist
