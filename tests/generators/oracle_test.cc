// SPDX-License-Identifier: Apache-2.0
// What the watch's chip truly feels, from a pose of the whole arm to the chip's own axes: both
// wrists, both crown sides, in the attitudes whose answer is known by hand.
#include <gtest/gtest.h>

#include "generators/assets.h"
#include "sensor_models/imu/imu.h"
#include "sim/base/constants.h"
#include "sim/body/arm_motion.h"
#include "tests/support/assets.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

// Specific force at the chip, in g, of an arm held still at these angles with the watch glued on.
Eigen::Vector3d chip_force(Side side, double elbow, double pronation, bool crown_left = false) {
  const Assets& assets = testing::assets();
  const WatchSpec& watch = assets.watch("generic_100hz");
  const ArmModel arm = build_arm(testing::average_woman(), side);
  JointMotion motion = rest_motion(arm, make_grid(1, 240));
  motion.angles.col(hinge(Body::elbow)) = elbow * kDegree;
  motion.angles.col(hinge(Body::forearm)) = pronation * kDegree;
  WearParams wear;
  wear.crown_left = crown_left;
  const Wearing wearing{watch.case_spec, assets.strap("sport_band"), wear, wrist_shape(arm, wear)};
  const RigidSeries station = body_motion(arm, fit_splines(motion), Body::forearm,
                                          TimeGrid{0.2, 4000, 100}, strap_station(arm, wear));
  const ImuTruth truth = imu_truth(wear_glued(station, side, wearing).motion, watch.X_CI);
  return truth.specific_force_I.row(50).matrix().transpose() / kGravity;
}

void expect_near(const Eigen::Vector3d& found, const Eigen::Vector3d& expected, const char* what) {
  EXPECT_LT((found - expected).norm(), 1e-9) << what << ": found " << found.transpose();
}

// Elbow at 90 deg: forearm horizontal, pointing forwards. Pronation 90: palm down.
TEST(Oracle, LeftWristReadsThePublishedTable) {
  expect_near(chip_force(Side::left, 90, 90), {0, 0, 1}, "face up");
  expect_near(chip_force(Side::left, 0, 0), {-1, 0, 0}, "arm hanging");
  expect_near(chip_force(Side::left, 90, 0), {0, -1, 0}, "thumb up, forearm horizontal");
  expect_near(chip_force(Side::left, 90, -90), {0, 0, -1}, "face down");
}

TEST(Oracle, RightWristHasItsScreenTurned) {
  expect_near(chip_force(Side::right, 90, 90), {0, 0, 1}, "face up");
  expect_near(chip_force(Side::right, 0, 0), {1, 0, 0}, "arm hanging: x is proximal");
  expect_near(chip_force(Side::right, 90, 0), {0, -1, 0}, "thumb up: y is ulnar on both wrists");
}

TEST(Oracle, TheCrownOnTheLeftTurnsTheScreen) {
  expect_near(chip_force(Side::left, 0, 0, true), {1, 0, 0}, "arm hanging");
  expect_near(chip_force(Side::left, 90, 0, true), {0, 1, 0}, "thumb up");
  expect_near(chip_force(Side::left, 90, 90, true), {0, 0, 1}, "face up");
}

}  // namespace
}  // namespace wrist
