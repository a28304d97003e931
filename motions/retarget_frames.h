// SPDX-License-Identifier: Apache-2.0
/// What a clip shows of one arm: directions of the limbs and frames of thorax and hand, in the
/// world.
///
///   clip -> joint poses -> z up -> thorax from shoulders and hips, limbs, hand frame by rest
///   geometry
///
/// Frames: W world (z up), T thorax, J the clip's own shoulder joint, H hand.
#pragma once

#include "motions/retarget.h"

namespace wrist {

struct ArmFrames {
  Series3 middle_W;     // clip units, N x 3; midway between the shoulders, above the floor
  QuatSeries R_WT;      // N x 4
  QuatSeries R_WJ;      // N x 4
  QuatSeries R_WH;      // N x 4
  Series3 upper_arm_W;  // unit, N x 3; shoulder to elbow
  Series3 forearm_W;    // unit, N x 3; elbow to wrist
  double height = 0;    // clip units; of the shoulders, largest
};

/// Turns the clip's axes, of which `up` points up, to the world's. A figure that faces z, as most
/// do with y up, comes to face x.
Eigen::Quaterniond clip_to_world(const Eigen::Vector3d& up);

/// `notes` receives what was assumed. Throws Error(bad_data) where a limb has no length.
ArmFrames arm_frames(const MotionClip& clip, const ArmJoints& joints, Side side,
                     std::vector<std::string>& notes);

}  // namespace wrist
