// SPDX-License-Identifier: Apache-2.0
// Real pinches on real hands of ours: do thumb and index follow?
#include <cstdio>

#include "motions/finger_fit.h"
#include "motions/finger_fit_chain.h"
#include "motions/import_leap.h"
#include "sim/base/constants.h"
#include "sim/base/resample.h"
#include "sim/body/arm_motion.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::average_man;
using testing::average_woman;
using testing::shared_data;

const std::vector<std::string> kPinches = {"pinch.json.gz", "pinch-57fps.json.gz"};
const std::vector<std::string> kOthers = {"grab.json.gz", "HandSplay-110fps.json.gz",
                                          "Waiting-110fps.json.gz", "wave.json.gz"};

bool have_recordings() {
  for (const auto& files : {kPinches, kOthers})
    for (const std::string& file : files)
      if (!std::filesystem::exists(shared_data() / "leap_hand_recordings" / file)) return false;
  return true;
}

HandRecording recording(const std::string& file) {
  return import_leap(shared_data() / "leap_hand_recordings" / file);
}

double rms(const Series& x) { return std::sqrt(x.square().mean()); }

// Ours at the measured size less the measured one, at the recording's own stamps; the smoothed grid
// is read linearly between its samples.
Series distance_error(const HandRecording& hand, const ArmModel& arm, const FingerFit& fit) {
  Series ours(fit.time.count);
  for (Index i = 0; i < fit.time.count; ++i)
    ours[i] = fit.scale * tip_distance(arm, fit.angles.row(i).transpose(), hand.tip);
  Series error = -tip_distance(hand);
  for (Index i = 0; i < hand.count(); ++i)
    error[i] += resample(ours, fit.time, TimeGrid{hand.time_s[i], 1, 1})(0, 0);
  return error;
}

// Angle between our phalanges and the measured ones in the hand's frame, thumb and index, rad.
Series direction_error(const HandRecording& hand, const ArmModel& arm) {
  const Eigen::ArrayXXd angles = fit_frames(hand, arm, {});
  Series error(6 * hand.count());
  for (Index i = 0; i < hand.count(); ++i)
    for (int digit = 0; digit < 2; ++digit)
      for (int l = 0; l < 3; ++l) {
        const DigitPose pose = digit_pose(
            arm, digit, angles.row(i).segment<4>(hinge(digit_body(digit, 0))).matrix().transpose(),
            hand.tip);
        const Eigen::Vector3d seen = quaternion(hand.R_LH, i).conjugate() *
                                     (hand.joint(i, digit, static_cast<HandJoint>(l + 2)) -
                                      hand.joint(i, digit, static_cast<HandJoint>(l + 1)));
        error[6 * i + 3 * digit + l] =
            std::acos(std::min(1.0, pose.link[static_cast<std::size_t>(l)].dot(seen.normalized())));
      }
  return error;
}

// The acceptance: within 5 mm rms, smoothed, at the measured size, on hands of either size.
TEST(RealPinches, DriveThumbAndIndex) {
  if (!have_recordings())
    GTEST_SKIP() << "SKIPPED: hand recordings not found below " << shared_data();
  for (const std::string& file : kPinches)
    for (const SubjectParams& who : {average_man(), average_woman()}) {
      SCOPED_TRACE(file + " " + to_string(who.sex));
      const HandRecording hand = recording(file);
      const ArmModel arm = build_arm(who, Side::right);
      const Eigen::ArrayXXd raw = fit_frames(hand, arm, {});
      const FingerFit fit = fit_fingers(hand, arm, {});
      Series raw_error = -tip_distance(hand);
      for (Index i = 0; i < hand.count(); ++i)
        raw_error[i] += fit.scale * tip_distance(arm, raw.row(i).transpose(), hand.tip);
      const Series error = distance_error(hand, arm, fit);
      const double turned = rms(direction_error(hand, arm)) / kDegree;
      std::printf(
          "%-20s %-6s scale %.3f cutoff %4.1f Hz: raw %.2f mm rms, smoothed %.2f rms, %.2f most; "
          "unscaled %.2f rms; directions %.1f deg rms\n",
          file.c_str(), to_string(who.sex).c_str(), fit.scale, fit.cutoff_hz, 1e3 * rms(raw_error),
          1e3 * rms(error), 1e3 * error.abs().maxCoeff(),
          1e3 * rms((error + tip_distance(hand)) / fit.scale - tip_distance(hand)), turned);
      EXPECT_NEAR(fit.scale, 1, 0.15);
      EXPECT_LT(rms(raw_error), 0.001);
      EXPECT_LT(rms(error), 0.005);
      EXPECT_LT(error.abs().maxCoeff(), 0.005);
      EXPECT_LT(turned, 15);
    }
}

// The tracker's own opinion of a pinch is not used by the fit: the contact must begin where it
// rises.
TEST(RealPinches, TouchWhereTheTrackerSeesAPinch) {
  if (!have_recordings())
    GTEST_SKIP() << "SKIPPED: hand recordings not found below " << shared_data();
  for (const std::string& file : kPinches) {
    SCOPED_TRACE(file);
    const HandRecording hand = recording(file);
    const JointMotion motion = hand_motion(hand, build_arm(average_man(), Side::right), {});
    ASSERT_EQ(motion.contacts.size(), 1u);
    const Contact& contact = motion.contacts[0];
    std::printf("%-20s touch from %.3f to %.3f s at %.3f m/s\n", file.c_str(), contact.time_s,
                contact.release_s, contact.closing_speed);
    for (Index i = 0; i < hand.count(); ++i)
      if (hand.time_s[i] > contact.time_s && hand.time_s[i] < contact.release_s - 0.05) {
        EXPECT_GT(hand.pinch[i], 0.9) << hand.time_s[i];
      }
    EXPECT_GT(contact.release_s - contact.time_s, 0.3);
    EXPECT_GT(contact.closing_speed, 0);
    EXPECT_LT(contact.closing_speed, 0.5);
  }
}

// Every recording makes a motion that can be recorded: inside every range, nothing wild at the
// wrist.
TEST(RealHands, MoveAnArmAtRest) {
  if (!have_recordings())
    GTEST_SKIP() << "SKIPPED: hand recordings not found below " << shared_data();
  for (const auto& files : {kPinches, kOthers})
    for (const std::string& file : files)
      for (const Side side : {Side::left, Side::right}) {
        SCOPED_TRACE(file + " " + to_string(side));
        const HandRecording hand = recording(file);
        const ArmModel arm = build_arm(average_man(), side);
        std::vector<std::string> notes;
        const JointMotion motion = hand_motion(hand, arm, {}, &notes);
        for (int b = 1; b < kBodies; ++b) {
          const ArmBody& body = arm.bodies[static_cast<std::size_t>(b)];
          const Series angle = motion.angles.col(hinge(static_cast<Body>(b)));
          EXPECT_GE(angle.minCoeff(), body.lower) << to_string(static_cast<Body>(b));
          EXPECT_LE(angle.maxCoeff(), body.upper) << to_string(static_cast<Body>(b));
        }
        // A held forearm feels gravity; its own turning adds little.
        const TimeGrid grid = make_grid(motion.time.end(), 200);
        const RigidSeries wrist = body_motion(arm, fit_splines(motion), Body::forearm, grid,
                                              {Eigen::Quaterniond::Identity(), {0.22, 0, 0.03}});
        const Series felt = wrist.specific_force_B.square().rowwise().sum().sqrt();
        EXPECT_LT((felt - kGravity).abs().maxCoeff(), 3);
        EXPECT_TRUE(notes.size() >= 2);
      }
}

}  // namespace
}  // namespace wrist
