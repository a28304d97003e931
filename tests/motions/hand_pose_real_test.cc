// SPDX-License-Identifier: Apache-2.0
// Real WebXR hand poses, of two programs.
#include <cstdio>

#include "motions/finger_fit.h"
#include "sim/base/constants.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::average_man;
using testing::shared_data;

const std::vector<std::string> kPoses = {
    "iwer_hand_poses/pinch.json",
    "iwer_hand_poses/point.json",
    "iwer_hand_poses/relaxed.json",
    "handy_work_poses/poses/fist.handpose",
    "handy_work_poses/poses/flat.handpose",
    "handy_work_poses/poses/horns.handpose",
    "handy_work_poses/poses/point.handpose",
    "handy_work_poses/poses/relax.handpose",
    "handy_work_poses/poses/shaka.handpose",
    "handy_work_poses/poses/vulcan.handpose",
};

// Flexion of a digit's three joints together, rad.
double bend(const Eigen::ArrayXXd& angles, int digit) {
  return angles.row(0).segment<3>(hinge(digit_body(digit, 1))).sum();
}

Eigen::ArrayXXd fitted(const std::string& path, Side side) {
  const HandRecording hand = import_hand_pose(shared_data() / path, side);
  return fit_frames(hand, build_arm(average_man(), side), {});
}

bool have_poses() {
  for (const std::string& path : kPoses)
    if (!std::filesystem::exists(shared_data() / path)) return false;
  return true;
}

TEST(RealHandPoses, AreHandsOfEitherSideAndFit) {
  if (!have_poses()) GTEST_SKIP() << "SKIPPED: hand poses not found below " << shared_data();
  for (const std::string& path : kPoses)
    for (const Side side : {Side::left, Side::right}) {
      SCOPED_TRACE(path + " " + to_string(side));
      const HandRecording hand = import_hand_pose(shared_data() / path, side);
      EXPECT_EQ(hand.side, side);
      const ArmModel arm = build_arm(average_man(), side);
      const Eigen::ArrayXXd angles = fit_frames(hand, arm, {});
      const double scale = reach_scale(hand, arm);
      EXPECT_NEAR(scale, 0.9, 0.1);
      const double ours = scale * tip_distance(arm, angles.row(0).transpose(), hand.tip);
      std::printf("%-38s %-5s measured %5.1f mm, ours %5.1f mm\n", path.c_str(),
                  to_string(side).c_str(), 1e3 * tip_distance(hand)[0], 1e3 * ours);
      EXPECT_NEAR(ours, tip_distance(hand)[0], 1e-3);
    }
}

// What the names of the poses say of the fingers.
TEST(RealHandPoses, BendTheFingersTheirNamesSay) {
  if (!have_poses()) GTEST_SKIP() << "SKIPPED: hand poses not found below " << shared_data();
  constexpr double kStraight = 60 * kDegree, kBent = 120 * kDegree;  // three joints together
  for (const Side side : {Side::left, Side::right}) {
    const Eigen::ArrayXXd fist = fitted("handy_work_poses/poses/fist.handpose", side),
                          flat = fitted("handy_work_poses/poses/flat.handpose", side),
                          point = fitted("iwer_hand_poses/point.json", side),
                          horns = fitted("handy_work_poses/poses/horns.handpose", side);
    for (int digit = 1; digit < kDigits; ++digit) {
      EXPECT_GT(bend(fist, digit), kBent) << digit;
      EXPECT_LT(bend(flat, digit), kStraight) << digit;
      EXPECT_EQ(bend(point, digit) > kBent, digit != 1) << digit;
      EXPECT_EQ(bend(point, digit) < kStraight, digit == 1) << digit;
      const bool horn = digit == 1 || digit == 4;
      EXPECT_EQ(bend(horns, digit) > kBent, !horn) << digit;
      EXPECT_EQ(bend(horns, digit) < kStraight, horn) << digit;
    }
  }
}

}  // namespace
}  // namespace wrist
