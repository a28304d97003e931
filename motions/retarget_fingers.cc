// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget_fingers.h"

#include "motions/finger_fit.h"
#include "motions/rig_chain.h"
#include "motions/rig_fingers.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kFingersMove = 3 * kDegree;  // less is the rig's rest pose being posed [assumed]

HandRecording recording_of(const MotionClip& clip, const std::vector<DigitChain>& chains,
                           const ArmFrames& frames, Side side, double scale) {
  const Index n = clip.time.count;
  HandRecording hand = make_hand_recording(clip.name, side, n);
  hand.tip = TipPoint::finger_end;
  const Eigen::Quaterniond R_0W = clip_to_world(clip.up).conjugate();
  for (Index i = 0; i < n; ++i) {
    hand.time_s[i] = clip.time.time(i);
    set_quaternion(hand.R_LH, i, R_0W * quaternion(frames.R_WH, i));
    set_digits(hand, i, clip, chains, scale);
  }
  return hand;
}

}  // namespace

void lay_fingers(JointMotion& motion, const MotionClip& clip, const ArmJoints& joints,
                 const ArmFrames& frames, const ArmModel& arm, double scale,
                 std::vector<std::string>& notes) {
  if (!(finger_motion(clip, joints.fingers) > kFingersMove)) return;
  const std::vector<DigitChain> chains = digit_chains(clip, joints.fingers);
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
