// SPDX-License-Identifier: Apache-2.0
#include "motions/gesture.h"

#include <gtest/gtest.h>

#include "motions/activity.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Angles = Eigen::Array<double, kHinges, 1>;

Angles rest_angles(const ArmModel& arm) {
  return rest_motion(arm, make_grid(0.1, 240)).angles.row(0).transpose();
}

TEST(Pinch, ClosesTheGapByMovingThumbAndIndexAlone) {
  for (const SubjectParams& person : {testing::average_man(), testing::average_woman()})
    for (const Side side : {Side::left, Side::right}) {
      const ArmModel arm = build_arm(person, side);
      const Angles rest = rest_angles(arm), closed = pinch_pose(arm, rest, 0.004);
      EXPECT_GT(pinch_gap(arm, rest), 0.015) << "open hand";
      EXPECT_NEAR(pinch_gap(arm, closed), -0.004, 1e-3);
      for (int digit = 2; digit < kDigits; ++digit)
        for (int joint = 0; joint < 4; ++joint)
          EXPECT_EQ(closed[hinge(digit_body(digit, joint))], rest[hinge(digit_body(digit, joint))]);
      for (Index h = 0; h < kHinges; ++h) {
        const ArmBody& body = arm.bodies[static_cast<std::size_t>(h + 1)];
        EXPECT_GE(closed[h], body.lower - 1e-9) << to_string(static_cast<Body>(h + 1));
        EXPECT_LE(closed[h], body.upper + 1e-9) << to_string(static_cast<Body>(h + 1));
      }
    }
}

class DoublePinch : public ::testing::Test {
 protected:
  ArmModel arm = build_arm(testing::average_woman(), Side::left);
  JointMotion motion = perform_activity("hold", arm, make_grid(4, kActivityRate), {}, Rng(1));
};

TEST_F(DoublePinch, TouchesTwiceAtPublishedSpeedsAndIntervals) {
  for (std::uint64_t k = 0; k < 20; ++k) {
    JointMotion m = motion;
    const DoublePinchStyle style = draw_double_pinch(Rng(k));
    const double over = lay_double_pinch(m, arm, 1.0, style);
    ASSERT_EQ(m.contacts.size(), 2u);
    const double interval = m.contacts[1].time_s - m.contacts[0].time_s;
    EXPECT_GT(interval, 0.18);
    EXPECT_LT(interval, 0.40);
    for (const Contact& contact : m.contacts) {
      EXPECT_GT(contact.closing_speed, 0.05) << k;
      EXPECT_LT(contact.closing_speed, 1.0) << k;
      EXPECT_GT(contact.effective_mass, 0.004);
      EXPECT_LT(contact.effective_mass, 0.015);
      EXPECT_NEAR(contact.direction_H.norm(), 1, 1e-9);
      EXPECT_GT(contact.release_s, contact.time_s);
    }
    EXPECT_NEAR(m.labels.back().start_s, 1.0, 1e-12);
    EXPECT_NEAR(m.labels.back().end_s, over, 1e-12);
    EXPECT_LT(over, 2.2);
  }
}

// The contact times say when the pads meet: measured on the laid motion itself.
TEST_F(DoublePinch, ContactTimesAreWhenThePadsMeet) {
  lay_double_pinch(motion, arm, 1.0, {});
  for (const Contact& contact : motion.contacts) {
    const Index before = static_cast<Index>((contact.time_s - 0.01) * kActivityRate);
    const Index after = static_cast<Index>((contact.time_s + 0.01) * kActivityRate);
    EXPECT_GT(pinch_gap(arm, motion.angles.row(before).transpose()), 0);
    EXPECT_LT(pinch_gap(arm, motion.angles.row(after).transpose()), 0);
  }
}

TEST_F(DoublePinch, LeavesTheRestOfTheMotionAlone) {
  JointMotion m = motion;
  const double over = lay_double_pinch(m, arm, 1.0, {});
  for (Index i = 0; i < m.time.count; ++i)
    if (m.time.time(i) < 1.0 || m.time.time(i) > over) {
      EXPECT_TRUE((m.angles.row(i) == motion.angles.row(i)).all()) << i;
    }
  EXPECT_TRUE((m.R_TU == motion.R_TU).all());
}

TEST_F(DoublePinch, MustFit) {
  EXPECT_THROW(lay_double_pinch(motion, arm, 3.9, {}), Error);
  EXPECT_THROW(lay_double_pinch(motion, arm, -1, {}), Error);
}

}  // namespace
}  // namespace wrist
