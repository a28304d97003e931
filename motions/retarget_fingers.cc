// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget_fingers.h"

#include <algorithm>
#include <cmath>

#include "motions/finger_fit.h"
#include "motions/rig_fingers.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kFingersMove = 3 * kDegree;  // less is the rig's rest pose being posed [assumed]
constexpr double kLastLink = 0.75;  // of the one before: the distal over the middle phalanx, about
                                    // (Greiner 1991)

using Chain = std::array<int, 4>;  // a digit's joints in the clip, and its tip or -1

// Every digit's three joints, empty if one is missing.
std::vector<Chain> chains_of(const MotionClip& clip, const FingerNames& fingers) {
  std::vector<Chain> chains;
  for (const auto& names : fingers) {
    Chain chain;
    for (std::size_t k = 0; k < 4; ++k) chain[k] = names[k].empty() ? -1 : clip.find(names[k]);
    if (chain[0] < 0 || chain[1] < 0 || chain[2] < 0) return {};
    chains.push_back(chain);
  }
  return chains;
}

const Pose& at(const std::vector<Pose>& poses, int joint) {
  return poses[static_cast<std::size_t>(joint)];
}

// The digit's tip, in the clip's axes.
Vector3d tip_of(const MotionClip& clip, const Chain& chain, const std::vector<Pose>& poses) {
  if (chain[3] >= 0) return at(poses, chain[3]).p;
  const Pose& last = at(poses, chain[2]);
  return last.p + kLastLink * (last.R * clip.joints[static_cast<std::size_t>(chain[2])].offset);
}

HandRecording recording_of(const MotionClip& clip, const std::vector<Chain>& chains,
                           const ArmFrames& frames, Side side, double scale) {
  const Index n = clip.time.count;
  HandRecording hand = make_hand_recording(clip.name, side, n);
  hand.tip = TipPoint::finger_end;
  const Eigen::Quaterniond R_0W = clip_to_world(clip.up).conjugate();
  for (Index i = 0; i < n; ++i) {
    hand.time_s[i] = clip.time.time(i);
    const std::vector<Pose> poses = joint_poses(clip, i);
    set_quaternion(hand.R_LH, i, R_0W * quaternion(frames.R_WH, i));
    for (int digit = 0; digit < kDigits; ++digit) {
      const Chain& chain = chains[static_cast<std::size_t>(digit)];
      const auto set = [&](HandJoint j, const Vector3d& p) {
        hand.set_joint(i, digit, j, scale * p);
      };
      set(HandJoint::carpal, at(poses, chain[0]).p);
      set(HandJoint::knuckle, at(poses, chain[0]).p);
      set(HandJoint::middle, at(poses, chain[1]).p);
      set(HandJoint::distal, at(poses, chain[2]).p);
      set(HandJoint::tip, tip_of(clip, chain, poses));
    }
  }
  return hand;
}

}  // namespace

void lay_fingers(JointMotion& motion, const MotionClip& clip, const ArmJoints& joints,
                 const ArmFrames& frames, const ArmModel& arm, double scale,
                 std::vector<std::string>& notes) {
  if (!(finger_motion(clip, joints.fingers) > kFingersMove)) return;
  const std::vector<Chain> chains = chains_of(clip, joints.fingers);
  if (chains.empty()) {
    notes.push_back("the fingers move, but not every digit has three joints: left at rest");
    return;
  }
  try {
    const HandRecording hand = recording_of(clip, chains, frames, arm.side, scale);
    require_sound(hand, 0, clip.name);
    const Index fingers = kHinges - hinge(digit_body(0, 0));
    motion.angles.rightCols(fingers) = fit_frames(hand, arm, {}).rightCols(fingers);
    notes.push_back("the fingers are the clip's");
  } catch (const Error& error) {
    notes.push_back(std::string("the fingers are left at rest: ") + error.what());
  }
}

}  // namespace wrist
