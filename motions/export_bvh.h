// SPDX-License-Identifier: Apache-2.0
/// Writes any motion of our arm as a BVH clip that other tools show in the same pose.
///
///   JointMotion + arm -> body poses -> joints of a rig at rest in a T-pose -> ZXY angles -> text
///
/// Axes: y up, facing z; centimetres, degrees. Hips (6 channels; they stand in for the trunk, fixed
/// in the thorax) -> Spine at the origin of T -> LeftArm -> LeftForeArm -> LeftHand ->
/// LeftHandThumb1
/// .. Pinky3, each ending at the tip; or Right. What our bodies become:
///   upper_arm                    Arm
///   elbow + forearm              ForeArm: flexion and pronation, so that a watch tied to it turns
///                                with it as ours does
///   wrist_deviation + hand       Hand
///   abduction + first flexion    HandIndex1 (thumb: HandThumb1), then 2 and 3
/// The other arm hangs, so that tools and our own retargeting find shoulders. Angles turn about the
/// moving Z, then X, then Y, and go on from frame to frame without a jump. The clip starts at 0.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <vector>

#include "sim/body/joint_motion.h"

namespace wrist {

/// A joint of the clip that stands at the origin of one of our bodies and turns with it.
struct BvhJoint {
  std::string name;
  Body body;
};

/// The joints of the moving arm, in the order they are written.
std::vector<BvhJoint> bvh_joints(Side side);

/// Throws Error(usage) for a motion without frames, of uneven sizes, or of a rate outside 1 to
/// 10000 Hz; Error(bad_data) that names the frame if a number is not finite; Error(io).
void export_bvh(const JointMotion& motion, const ArmModel& arm, std::ostream& out);
void export_bvh(const JointMotion& motion, const ArmModel& arm, const std::filesystem::path& file);

}  // namespace wrist
