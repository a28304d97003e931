// SPDX-License-Identifier: Apache-2.0
// The hand on itself: who meets whom, how hard, and who must not.
#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/dynamics/contact_examples.h"

namespace wrist {
namespace {

using testing::average_arm;

class EachFinger : public ::testing::TestWithParam<int> {};

TEST_P(EachFinger, TouchesTheThumbAndNothingElse) {
  const ArmModel arm = average_arm(GetParam() % 2 == 0 ? Side::left : Side::right);
  const PlayedArm played = play_arm(arm, testing::pinch_with(arm, GetParam(), 0.004), {});
  ASSERT_EQ(played.touches.size(), 1u);
  const Touch& touch = played.touches[0];
  EXPECT_EQ(touch.event.class_name,
            "contact:" + to_string(digit_body(GetParam(), 3)) + "-thumb_distal");
  EXPECT_GT(touch.event.start_s, 0.15);
  EXPECT_LT(touch.event.start_s, 0.30);
  EXPECT_GT(touch.event.end_s, 0.48);
  EXPECT_LT(touch.event.end_s, 0.75);
  EXPECT_GT(touch.peak_force, 0.1);  // N
  EXPECT_LT(touch.peak_force, 8);
  EXPECT_GT(touch.event.speed, 0.01);  // m/s
  EXPECT_LT(touch.event.speed, 1);
}

INSTANTIATE_TEST_SUITE_P(Pinch, EachFinger, ::testing::Values(1, 2, 3, 4));

TEST(Clench, BringsTheFingertipsToThePalm) {
  const ArmModel arm = average_arm();
  const PlayedArm played = play_arm(arm, testing::clench_motion(arm), {});
  std::array<bool, kDigits> reached{};
  for (const Touch& touch : played.touches)
    for (int digit = 1; digit < kDigits; ++digit)
      if (touch.event.class_name == "contact:" + to_string(digit_body(digit, 3)) + "-palm")
        reached[static_cast<std::size_t>(digit)] = true;
  for (std::size_t digit = 1; digit < kDigits; ++digit) EXPECT_TRUE(reached[digit]) << digit;
  // Held from 0.4 to 0.7 s: a light grip, no rattle.
  const Series held = played.contact_force.segment(2000, 600);
  EXPECT_GT(held.minCoeff(), 0.1);  // N
  EXPECT_LT(held.maxCoeff(), 20);
  EXPECT_LT(held.maxCoeff() - held.minCoeff(), 0.2 * held.maxCoeff());
  EXPECT_EQ(played.contact_force.tail(100).maxCoeff(), 0);
}

// Old contact points that add their stiffness would make it grow at low rates.
TEST(Clench, HoldsWithTheSameForceAtAnyStep) {
  const ArmModel arm = average_arm();
  const auto force = [&arm](double rate_hz) {
    FullOptions options;
    options.rate_hz = rate_hz;
    const PlayedArm played = play_arm(arm, testing::clench_motion(arm), options);
    return played.contact_force[static_cast<Index>(0.5 * rate_hz)];
  };
  const double fine = force(8000);
  EXPECT_GT(fine, 0.5);
  EXPECT_NEAR(force(2000), fine, 0.003 * fine);
}

TEST(Rest, TouchesNothing) {
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = average_arm(side);
    EXPECT_TRUE(play_arm(arm, rest_motion(arm, make_grid(0.1, 100)), {}).touches.empty());
  }
}

// A posture that starts with its fingers in each other is a posture, not a blow; once they have
// been apart they touch.
TEST(Overlap, IsForgivenUntilTheFingersPart) {
  const ArmModel arm = average_arm();
  JointMotion motion = testing::pinch_with(arm, 1, 0.004);
  const Index closed = 96;  // 0.4 s: held
  const Index shift = closed;
  const Eigen::ArrayXXd angles = motion.angles;
  for (Index i = 0; i < motion.time.count; ++i)  // closed, open, closed
    motion.angles.row(i) = angles.row(i < 100 ? std::min(closed + i, angles.rows() - 1)
                                              : std::max<Index>(0, i - shift));
  const PlayedArm played = play_arm(arm, motion, {});
  ASSERT_EQ(played.touches.size(), 1u);
  EXPECT_GT(played.touches[0].event.start_s, 0.45);
  EXPECT_EQ(played.contact_force.head(1600).maxCoeff(), 0);
}

// Pads a third of a millimetre apart that close by half of one within the step. Bullet would have
// them feel each other already; scaled by the shapes' size, its breaking threshold reaches 0.4 mm.
TEST(FingertipContact, DoesNotReachAcrossAGap) {
  const ArmModel arm = average_arm();
  const double h = 1. / 4000;
  const auto force = [&](double overlap) {
    JointState s = testing::rest_state(arm);
    const auto open = s.q;
    s.q = testing::pinch_with(arm, 1, overlap).angles.row(96).transpose();
    s.qd = 50 * (s.q - open);
    s.a_WT.z() = -kGravity;
    ArmWorld world(arm, {}, h);
    world.set_joints(s);
    world.step(s, {}, {});
    double sum = 0;
    for (const HandContact& c : world.contacts()) sum += c.force;
    return sum;
  };
  EXPECT_EQ(force(-0.00035), 0);
  EXPECT_GT(force(0.0002), 0.1);
}

}  // namespace
}  // namespace wrist
