// SPDX-License-Identifier: Apache-2.0
/// Thumb and fingertip meeting: the closed hand of this person, and when on the way they touch.
#pragma once

#include "sim/body/joint_motion.h"

namespace wrist {

using HingeAngles = Eigen::Array<double, kHinges, 1>;  // rad

/// Hinge angles at which the pads of the thumb and of `digit` (1 index .. 4 little) touch with
/// `overlap` m to spare; only those two digits differ from `rest`. Throws Error(internal) if they
/// cannot meet within 1 mm, 3 mm for ring and little finger.
HingeAngles pinch_pose(const ArmModel& arm, const HingeAngles& rest, double overlap, int digit = 1);

/// Distance between the pads of thumb and `digit`, m; negative when they overlap.
double pinch_gap(const ArmModel& arm, const HingeAngles& angles, int digit = 1);

/// Middle of the round end of the fingertip of `digit`, in the hand, m.
Eigen::Vector3d fingertip(const ArmModel& arm, const HingeAngles& angles, int digit);

}  // namespace wrist
