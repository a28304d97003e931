// SPDX-License-Identifier: Apache-2.0
/// Changes to a finished motion, from a clip or from parameters alike: another pace, size, posture.
///
///   JointMotion -> warp_time | scale_size | lean -> JointMotion
///
/// Joints stay within their ranges (soft limit), poses C4; labels, events and contacts go along.
#pragma once

#include "sim/base/rng.h"
#include "sim/body/joint_motion.h"

namespace wrist {

inline constexpr double kMostWarp = 0.5;

/// The same movement at a pace that wanders: exp(spread x g(t)), g Gaussian of unit variance below
/// 0.15 Hz [assumed]; it starts and ends when it did. Contacts close as much faster as the pace is
/// there. `spread` 0 changes nothing; Error(usage) unless it is 0 to kMostWarp.
JointMotion warp_time(const JointMotion& motion, double spread, const Rng& rng);

/// Every swing of arm and hand `factor` times as large, about the joint's mean over the motion; the
/// fingers, which may have to touch, and the trunk stay. Contacts close `factor` times as fast.
/// Error(usage) unless it is 0 to 4.
JointMotion scale_size(JointMotion motion, const ArmModel& arm, double factor);

/// Another way to hold oneself, added to all of a motion; rad.
struct Posture {
  double lean = 0;   // of the trunk, forward
  double elbow = 0;  // more bent
};
JointMotion with_posture(JointMotion motion, const ArmModel& arm, const Posture& posture);

}  // namespace wrist
