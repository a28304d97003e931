// SPDX-License-Identifier: Apache-2.0
// An independent engine on the same arm: MuJoCo's inverse dynamics and its inertial sensors.
#include <gtest/gtest.h>

#include "sim/body/arm_motion.h"
#include "tests/sim/dynamics/arm_examples.h"

#ifndef WRIST_MUJOCO
TEST(Mujoco, IsInstalled) { GTEST_SKIP() << "SKIPPED: built without MuJoCo (libmujoco-dev)"; }
#else
#include "tests/sim/dynamics/mujoco_arm.h"

namespace wrist {
namespace {

using testing::MujocoArm;

// A chip near the wrist, turned against the forearm.
const Pose kChip{Eigen::Quaterniond(0.5, -0.1, 0.7, 0.4).normalized(), {0.22, 0.004, 0.03}};

class Mujoco : public ::testing::TestWithParam<Side> {};

// The accelerometer and the gyroscope of layer 1 along a motion, through the splines, to 1e-6.
TEST_P(Mujoco, FeelsWhatOurWatchFeels) {
  const ArmModel arm = testing::average_arm(GetParam());
  const JointSplines splines = fit_splines(testing::waving_motion(arm, 2, Rng(8)));
  const TimeGrid grid{0.1, 100, 180};
  const RigidSeries watch = shift(body_motion(arm, splines, Body::forearm, grid), kChip);
  const std::vector<JointState> states = joint_states(splines, grid);
  MujocoArm mujoco(arm, kChip);
  double force_fault = 0, rate_fault = 0;
  for (Index i = 0; i < grid.count; ++i) {
    const MujocoArm::Answer a = mujoco.inverse(states[static_cast<std::size_t>(i)]);
    const Eigen::Vector3d force = watch.specific_force_B.row(i).matrix();
    const Eigen::Vector3d w = watch.w_WB_B.row(i).matrix();
    force_fault = std::max(force_fault, (a.specific_force_I - force).cwiseAbs().maxCoeff());
    rate_fault = std::max(rate_fault, (a.w_I - w).cwiseAbs().maxCoeff());
  }
  EXPECT_LT(force_fault, 1e-6);  // m/s2
  EXPECT_LT(rate_fault, 1e-6);   // rad/s
  EXPECT_GT(watch.specific_force_B.abs().maxCoeff(), 12);
}

TEST_P(Mujoco, AsksForTheSameTorques) {
  const ArmModel arm = testing::average_arm(GetParam());
  MujocoArm mujoco(arm, kChip);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const JointState state = testing::random_state(Rng(seed));
    const JointVector ours = inverse_dynamics(arm, state);
    const MujocoArm::Answer theirs = mujoco.inverse(state);
    EXPECT_LT((ours.shoulder - theirs.torques.shoulder).norm(), 1e-9) << seed;
    EXPECT_LT((ours.hinges - theirs.torques.hinges).abs().maxCoeff(), 1e-9) << seed;
    EXPECT_GT(ours.shoulder.norm(), 1) << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(BothArms, Mujoco, ::testing::Values(Side::left, Side::right),
                         [](const auto& side) { return to_string(side.param); });

}  // namespace
}  // namespace wrist
#endif
