// SPDX-License-Identifier: Apache-2.0
// A pose performed: known angles of our own hand, seen as WebXR would.
#include "motions/finger_fit.h"
#include "motions/pinch.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/support/made_hand.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::average_man;

constexpr Index kFingers = 20;  // hinges of the digits, the last columns

Eigen::ArrayXXd digits(const Eigen::ArrayXXd& angles) { return angles.rightCols(kFingers); }

// The arm with the elbow at 90 deg, the palm down and these fingers.
HandRecording pose_of(const ArmModel& arm, const HingeAngles& angles) {
  JointMotion motion = rest_motion(arm, {0, 1, 1});
  motion.angles.row(0) = angles.transpose();
  motion.angles(0, hinge(Body::elbow)) = 90 * kDegree;
  motion.angles(0, hinge(Body::forearm)) = 80 * kDegree;
  return testing::record(arm, motion, Series::Zero(1), 1, TipPoint::finger_end);
}

HingeAngles rest_of(const ArmModel& arm) {
  return rest_motion(arm, {0, 1, 1}).angles.row(0).transpose();
}

HingeAngles fist_of(const ArmModel& arm) {
  HingeAngles fist = rest_of(arm);
  for (int digit = 1; digit < kDigits; ++digit)
    for (int j = 1; j < 4; ++j) fist[hinge(digit_body(digit, j))] = 1.1;
  return fist;
}

TEST(PerformPose, RestsTakesHoldsAndLetsGo) {
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(average_man(), side);
    FingerFitSpec exact;
    exact.rest_sd = 1e4;
    const PoseTiming t;
    const FingerFit fit = perform_pose(pose_of(arm, fist_of(arm)), arm, exact);
    EXPECT_NEAR(fit.scale, 1, 1e-9);
    EXPECT_GE(fit.time.end(), 8.3);  // 8 s of recording, 0.25 s before and 0.05 s after it
    const double cycle = t.rest_s + t.take_s + t.hold_s + t.let_go_s;
    const auto at = [&](double time) {
      return digits(fit.angles.row(static_cast<Index>(std::lround(time * fit.time.rate_hz))));
    };
    const Eigen::ArrayXXd rest = digits(rest_of(arm).transpose()),
                          fist = digits(fist_of(arm).transpose());
    for (double start = 0; start + cycle < fit.time.end(); start += cycle) {
      EXPECT_LT((at(start) - rest).abs().maxCoeff(), 1e-9);
      EXPECT_LT((at(start + t.rest_s) - rest).abs().maxCoeff(), 1e-4);
      const double taken = start + t.rest_s + t.take_s;
      EXPECT_LT((at(taken + t.hold_s / 2) - fist).abs().maxCoeff(), 0.5 * kDegree);
      // Minimum jerk: a quarter of the time makes 10 / 64 - 15 / 256 + 6 / 1024 of the way.
      const double quarter = 106. / 1024;
      const Index k = hinge(Body::index_middle) - (kHinges - kFingers);
      const double early = at(start + t.rest_s + 0.25 * t.take_s)(0, k);
      EXPECT_NEAR((early - rest(0, k)) / (fist(0, k) - rest(0, k)), quarter, 0.02);
      EXPECT_LT((at(taken + t.hold_s + t.let_go_s) - rest).abs().maxCoeff(), 1e-4);
    }
    EXPECT_LT((digits(fit.angles.bottomRows(1)) - rest).abs().maxCoeff(), 1e-9);
    EXPECT_EQ(fit.notes.size(), 1u);
    EXPECT_NE(fit.notes.at(0).find("a pose: taken 4 times"), std::string::npos) << fit.notes.at(0);
  }
}

// The pads meet on every way in and part on every way out, on the hand of either side.
TEST(PerformPose, PinchesAsOftenAsItIsTaken) {
  const ArmModel right = build_arm(average_man(), Side::right),
                 left = build_arm(average_man(), Side::left);
  const HandRecording pose = pose_of(right, pinch_pose(right, rest_of(right), 0.001));
  const PoseTiming t;
  const double cycle = t.rest_s + t.take_s + t.hold_s + t.let_go_s;
  for (const ArmModel& arm : {right, left}) {
    std::vector<std::string> notes;
    const JointMotion motion = hand_motion(pose, arm, {}, &notes);
    EXPECT_EQ(motion.clip, "hand:made");
    ASSERT_EQ(motion.contacts.size(), 4u);
    for (std::size_t k = 0; k < 4; ++k) {
      const Contact& contact = motion.contacts[k];
      const double start = static_cast<double>(k) * cycle + t.rest_s;
      EXPECT_GT(contact.time_s, start + 0.3 * t.take_s);
      EXPECT_LT(contact.time_s, start + t.take_s);
      EXPECT_GT(contact.release_s, start + t.take_s + t.hold_s);
      EXPECT_LT(contact.release_s, start + t.take_s + t.hold_s + t.let_go_s);
      EXPECT_GT(contact.closing_speed, 0.01);
      EXPECT_LT(contact.closing_speed, 1);
    }
    // The palm stays as the pose has it, all the time.
    const Series pronation = motion.angles.col(hinge(Body::forearm));
    EXPECT_LT(pronation.maxCoeff() - pronation.minCoeff(), 1e-12);
    EXPECT_NEAR(pronation[0], 80 * kDegree, 2.5 * kDegree);
    EXPECT_NO_THROW(fit_splines(motion));
  }
}

TEST(PerformPose, IsOfOneFrame) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  HandRecording two = make_hand_recording("two", Side::right, 2);
  try {
    perform_pose(two, arm, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_STREQ(error.what(), "two: expected a pose of one frame, found 2");
  }
}

}  // namespace
}  // namespace wrist
