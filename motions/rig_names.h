// SPDX-License-Identifier: Apache-2.0
/// Which joints of a clip are the arm, the hand and the fingers, by the names rigs give them.
///
///   joint names -> prefixes and separators off -> known arms -> chains of digits below the wrist
///
/// Known: CMU and Daz, Poser, Mixamo, MotionBuilder, Rokoko, Bandai Namco, VRM and Unity, VRoid,
/// Rigify, SMPL, Unreal, Biped, Character Creator, MakeHuman, ASF, WebXR and Leap hands.
#pragma once

#include "motions/clip.h"
#include "sim/body/arm_model.h"

namespace wrist {

/// The joints of one arm in a clip, by name.
struct ArmJoints {
  std::string chest, shoulder, elbow, wrist,
      hand_end;  // hand_end: any joint or end beyond the wrist
  std::string other_shoulder, hips;
  std::string thumb, index, little;  // tip or base; empty where the rig has none
  FingerNames fingers;
};

/// Finds the arm: what clip.map says, else the naming of a known rig. Throws Error(bad_data) that
/// lists the joints of the clip if the chain is not there. Case, separators and prefixes such as
/// "mixamorig:" or "DEF-" do not matter.
ArmJoints find_arm(const MotionClip& clip, Side side);

/// The digits below a joint, from the palm outwards.
FingerNames find_fingers(const MotionClip& clip, const std::string& wrist);

/// The wrist of a hand that hangs on no arm; empty if there is none.
std::string find_lone_hand(const MotionClip& clip);

/// How many digits have at least one joint.
int count_digits(const FingerNames& fingers);

/// The furthest that a finger joint turns away from where it stands in the third frame, rad; frames
/// before may be a converter's rest pose.
double finger_motion(const MotionClip& clip, const FingerNames& fingers);

}  // namespace wrist
