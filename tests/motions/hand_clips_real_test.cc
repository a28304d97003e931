// SPDX-License-Identifier: Apache-2.0
// Real hands without arms as clips: rigs with keyed poses, WebXR poses, Leap recordings.
#include <algorithm>
#include <cstdio>

#include "motions/clip.h"
#include "motions/finger_fit.h"
#include "motions/import_hand.h"
#include "motions/import_leap.h"
#include "motions/rig_hand.h"
#include "sim/base/constants.h"
#include "sim/body/arm_motion.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::average_man;
using testing::shared_data;

#define NEED(path)                                      \
  if (!std::filesystem::exists(shared_data() / (path))) \
  GTEST_SKIP() << "SKIPPED: real data not found at " << shared_data() / (path)

// All three joints of a finger at a time, deg.
double bend(const JointMotion& motion, double time, int digit) {
  const auto i = static_cast<Index>(std::lround(time * motion.time.rate_hz));
  return motion.angles.row(i).segment<3>(hinge(digit_body(digit, 1))).sum() / kDegree;
}

double mean_bend(const JointMotion& motion, double time) {
  double sum = 0;
  for (int digit = 1; digit < kDigits; ++digit) sum += bend(motion, time, digit) / 4;
  return sum;
}

// The middle of the first hold, of poses and of what is played there and back.
double first_hold(double stroke_s) {
  const PoseTiming t;
  return t.rest_s + stroke_s + t.hold_s / 2;
}

// What a watch glued to the forearm would feel stays what a hand at work makes.
void expect_quiet(const ArmModel& arm, const JointMotion& motion) {
  const TimeGrid grid{0.1, 400, static_cast<Index>((motion.time.end() - 0.2) * 400)};
  const RigidSeries wrist = body_motion(arm, fit_splines(motion), Body::forearm, grid,
                                        {Eigen::Quaterniond::Identity(), {0.22, 0, 0.03}});
  const Series felt = wrist.specific_force_B.square().rowwise().sum().sqrt();
  EXPECT_LT((felt - kGravity).abs().maxCoeff(), 0.5);
}

TEST(RealHandClips, EveryAFrameAnimationMovesEitherArm) {
  NEED("aframe_hands");
  int performed = 0;
  for (const auto& file : find_clips(shared_data() / "aframe_hands")) {
    const Side side = file.stem().string().starts_with("left") ? Side::left : Side::right;
    for (const MotionClip& clip : import_clips(file)) {
      SCOPED_TRACE(clip.name);
      const HandRecording hand = record_lone_hand(clip);
      EXPECT_EQ(hand.side, side) << "by how the fingers bend, not by the name";
      EXPECT_NE(std::find_if(hand.notes.begin(), hand.notes.end(),
                             [](const std::string& note) {
                               return note.ends_with("hand by how its fingers bend");
                             }),
                hand.notes.end());
      double bends[2][2];
      std::size_t touches = 0;
      for (const Side worn : {Side::left, Side::right}) {
        const ArmModel arm = build_arm(average_man(), worn);
        const JointMotion motion = hand_motion(hand, arm, {});
        EXPECT_GT(motion.time.end(), 8.3);
        expect_quiet(arm, motion);
        touches = motion.contacts.size();
        for (const int held : {0, 1})
          bends[static_cast<int>(worn)][held] =
              mean_bend(motion, held == 0 ? 0.3 : first_hold(0.25));
        ++performed;
      }
      std::printf("%-28s %-5s bend %4.0f to %4.0f deg, %zu pinches\n", hand.name.c_str(),
                  to_string(hand.side).c_str(), bends[0][0], bends[0][1], touches);
      for (const int held : {0, 1}) EXPECT_NEAR(bends[0][held], bends[1][held], 0.1);
    }
  }
  EXPECT_EQ(performed, 6 * 7 * 2);
}

TEST(RealHandClips, AFrameFistsCloseAndOpenHandsDoNot) {
  NEED("aframe_hands");
  const ArmModel arm = build_arm(average_man(), Side::right);
  for (const char* name :
       {"leftHand", "leftHandLow", "leftHandHigh", "rightHand", "rightHandLow", "rightHandHigh"}) {
    SCOPED_TRACE(name);
    const auto of = [&](const char* animation) {
      const auto file = shared_data() / "aframe_hands" / (std::string(name) + ".glb");
      return hand_motion(record_lone_hand(import_clip(file, animation)), arm, {});
    };
    const JointMotion fist = of("Fist"), open = of("Open"), point = of("Point");
    const double held = first_hold(0.25);
    EXPECT_GT(mean_bend(fist, held), 150);
    EXPECT_LT(mean_bend(open, held), 60);
    for (int digit = 1; digit < kDigits; ++digit)
      EXPECT_GT(bend(fist, held, digit), bend(open, held, digit) + 90) << digit;
    EXPECT_LT(bend(point, held, 1), 60);
    for (int digit = 2; digit < kDigits; ++digit) EXPECT_GT(bend(point, held, digit), 120) << digit;
  }
}

std::vector<fs::path> poses() {
  std::vector<fs::path> files = find_clips(shared_data() / "iwer_hand_poses");
  for (const auto& file : find_clips(shared_data() / "handy_work_poses")) files.push_back(file);
  return files;
}

TEST(RealHandClips, EveryWebXrPoseIsPerformedOnEitherArm) {
  NEED("iwer_hand_poses");
  NEED("handy_work_poses");
  EXPECT_EQ(poses().size(), 10u);
  for (const auto& file : poses()) {
    SCOPED_TRACE(file);
    const HandRecording pose = import_hand(file);
    EXPECT_EQ(pose.count(), 1);
    for (const Side side : {Side::left, Side::right}) {
      const ArmModel arm = build_arm(average_man(), side);
      const JointMotion motion = hand_motion(pose, arm, {});
      EXPECT_GT(motion.time.end(), 8.3);
      expect_quiet(arm, motion);
      const double before = mean_bend(motion, 0.3), held = mean_bend(motion, first_hold(0.35));
      std::printf("%-10s %-5s on the %-5s bend %4.0f to %4.0f deg, %zu pinches\n",
                  pose.name.c_str(), to_string(pose.side).c_str(), to_string(side).c_str(), before,
                  held, motion.contacts.size());
      if (pose.name == "fist") {
        EXPECT_GT(held, before + 60);
      }
      EXPECT_EQ(motion.contacts.empty(), pose.name != "pinch");
      if (pose.name == "flat") {
        EXPECT_LT(held, before);
      }
    }
  }
}

// The tips are as far apart as in the file, 1 mm, for a hand of its size; and the pads touch every
// time, but in no pose of open hands.
TEST(RealHandClips, APinchPoseBringsThumbAndIndexTogether) {
  NEED("iwer_hand_poses");
  NEED("handy_work_poses");
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(average_man(), side);
    const HandRecording pose = import_hand(shared_data() / "iwer_hand_poses" / "pinch.json");
    const JointMotion motion = hand_motion(pose, arm, {});
    const auto apart = [&](double time) {
      const auto i = static_cast<Index>(std::lround(time * motion.time.rate_hz));
      return tip_distance(arm, motion.angles.row(i).transpose(), TipPoint::finger_end);
    };
    const double size = reach_scale(pose, arm), measured = tip_distance(pose)[0];
    std::printf(
        "pinch on the %s: tips %.1f mm apart in the file, %.1f at rest, %.1f held (x %.2f)\n",
        to_string(side).c_str(), 1e3 * measured, 1e3 * apart(0.3), 1e3 * apart(first_hold(0.35)),
        size);
    EXPECT_NEAR(size * apart(first_hold(0.35)), measured, 1e-3);
    EXPECT_LT(apart(first_hold(0.35)), 0.015);
    EXPECT_GT(apart(0.3), 0.03);
    EXPECT_EQ(motion.contacts.size(), 4u);
    for (const char* open : {"flat", "vulcan"}) {
      const auto file =
          shared_data() / "handy_work_poses" / "poses" / (std::string(open) + ".handpose");
      EXPECT_TRUE(hand_motion(import_hand(file), arm, {}).contacts.empty()) << open;
    }
  }
}

// A hand in its rest pose, straight fingers: a pose of the side its name says.
TEST(RealHandClips, AHandWithoutAnimationIsAPose) {
  NEED("webxr_generic_hand");
  for (const Side side : {Side::left, Side::right}) {
    const auto file = shared_data() / "webxr_generic_hand" / "profiles" / "generic-hand" /
                      (to_string(side) + ".glb");
    const HandRecording hand = record_lone_hand(import_clip(file));
    EXPECT_EQ(hand.count(), 1);
    EXPECT_EQ(hand.side, side);
    EXPECT_NO_THROW(hand_motion(hand, build_arm(average_man(), side), {}));
  }
}

TEST(RealHandClips, LeapRecordingsAreToldByTheirContent) {
  NEED("leap_hand_recordings");
  const auto files = find_clips(shared_data() / "leap_hand_recordings");
  EXPECT_EQ(files.size(), 6u);  // package.json is none
  const auto file = shared_data() / "leap_hand_recordings" / "pinch-57fps.json.gz";
  const HandRecording hand = import_hand(file), leap = import_leap(file);
  EXPECT_EQ(hand.name, "pinch-57fps");
  EXPECT_TRUE((hand.joints == leap.joints).all());
  EXPECT_EQ(hand.notes, leap.notes);
}

}  // namespace
}  // namespace wrist
