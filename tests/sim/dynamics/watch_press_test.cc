// SPDX-License-Identifier: Apache-2.0
// The other hand on the watch.
#include "sim/dynamics/watch_press.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/sim/dynamics/contact_examples.h"

namespace wrist {
namespace {

using testing::average_arm;

Wearing worn_on(const ArmModel& arm) {
  Wearing wearing;
  wearing.wrist = wrist_shape(arm, wearing.wear);
  return wearing;
}

FullMotion tapped(const ArmModel& arm, const std::string& other, double speed, double hold_s) {
  JointMotion motion = testing::level_motion(arm, 0.5);
  Contact tap = testing::blow_of(Body::forearm, other, speed, 0.2);
  tap.release_s = 0.2 + hold_s;
  motion.contacts = {tap};
  return simulate_full(arm, motion, worn_on(arm), {});
}

TEST(WatchPress, TapsTheCaseThroughItsScreen) {
  const ArmModel arm = average_arm();
  const FullMotion full = tapped(arm, "other_finger", 0.4, 0.05);
  ASSERT_EQ(full.touches.size(), 1u);
  EXPECT_EQ(full.touches[0].event.class_name, "contact:forearm-other_finger");
  EXPECT_NEAR(full.touches[0].event.start_s, 0.2, 0.003);
  EXPECT_NEAR(full.touches[0].event.speed, 0.4, 0.05);
  EXPECT_GT(full.touches[0].peak_force, 0.5);  // N
  EXPECT_LT(full.touches[0].peak_force, 20);
  const RigidSeries& watch = full.worn.motion;
  const auto along = (watch.specific_force_B.col(2) - watch.specific_force_B(400, 2)).eval();
  // Down at first, and far more than the forearm feels.
  EXPECT_LT(along.segment(800, 80).minCoeff(), -3);
  const auto arm_feels = full.station.specific_force_B.col(2);
  EXPECT_GT(along.abs().maxCoeff(), 5 * (arm_feels - arm_feels[400]).abs().maxCoeff());
  EXPECT_EQ(full.contact_force.maxCoeff(), full.touches[0].peak_force);
}

TEST(WatchPress, PressesTheWatchIntoTheSkinWhileAPalmLiesOnIt) {
  const ArmModel arm = average_arm();
  const FullMotion full = tapped(arm, "other_palm", 0.2, 0.15);
  const auto& p = full.worn.pressure;
  EXPECT_GT(p.segment(150, 10).mean(), 1.1 * p[80]);  // 0.30 s against 0.16 s
  EXPECT_LT(full.worn.p_SC(150, 2), full.worn.p_SC(80, 2));
}

// Newton: a watch that lies still under a steady press feels nothing of it but what holds it.
TEST(WatchPress, IsBalancedByTheSkinAtRest) {
  const ArmModel arm = average_arm();
  const Wearing wearing = worn_on(arm);
  RigidSeries station = make_rigid_series(make_grid(1.5, 4000));
  station.R_WB.col(0) = 1;
  station.specific_force_B.col(2) = kGravity;
  Series force = Series::Zero(station.time.count);
  for (Index i = 0; i < force.size(); ++i)
    force[i] = 2 * testing::smooth_step((station.time.time(i) - 0.2) / 0.3);
  const WornWatch worn = wear_pressed(station, arm.side, wearing, force);
  const Series3 end = worn.motion.specific_force_B.bottomRows(100);
  EXPECT_NEAR(std::sqrt(end.square().rowwise().sum().mean()), kGravity, 0.02);
  const Index last = worn.contact_time.count - 1;
  EXPECT_NEAR((worn.pressure[last] - worn.pressure[0]) * wearing.case_spec.back_area, 2, 1.5);
}

}  // namespace
}  // namespace wrist
