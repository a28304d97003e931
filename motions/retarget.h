// SPDX-License-Identifier: Apache-2.0
/// Lays a clip's arm onto one of ours, by joint name and geometry, either side.
///
///   clip joints -> shoulder, elbow, wrist positions and hand frame in the thorax -> ball rotation,
///   elbow flexion, pronation, wrist angles; the unit of length from the clip's own limb lengths
#pragma once

#include "motions/clean.h"
#include "motions/rig_names.h"
#include "sim/body/joint_motion.h"

namespace wrist {

/// Metres per clip unit, so that upper arm plus forearm equal those of `arm`.
double clip_scale(const MotionClip& clip, const ArmJoints& joints, const ArmModel& arm);

/// The whole clip on `arm`. Fingers stay in their rest cascade unless the clip's move. `motion.cutoffs_hz` is set by
/// `spec`. Directions of thorax, upper arm, forearm and hand in the world are the clip's; limb
/// lengths are the arm's. Angles beyond the anatomical range are drawn softly to its limit. What
/// was assumed and repaired is added to `notes`, a sentence each.
JointMotion retarget(const MotionClip& clip, const ArmModel& arm, const CleanSpec& spec,
                     std::vector<std::string>* notes = nullptr);

}  // namespace wrist
