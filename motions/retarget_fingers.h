// SPDX-License-Identifier: Apache-2.0
/// Lays a clip's fingers onto ours, where the rig has all of them and they move.
///
///   finger joints' positions in the hand -> HandRecording -> fit_frames -> 19 finger angles
///
/// A rig without tips gets them: the last bone goes on as the one before it does at rest.
#pragma once

#include "motions/retarget_frames.h"
#include "sim/body/joint_motion.h"

namespace wrist {

/// Replaces the finger angles of `motion` if the clip has fingers that move; `scale`: m per clip
/// unit. Notes say what was done, or why the fingers stay at rest.
void lay_fingers(JointMotion& motion, const MotionClip& clip, const ArmJoints& joints,
                 const ArmFrames& frames, const ArmModel& arm, double scale,
                 std::vector<std::string>& notes);

}  // namespace wrist
