// SPDX-License-Identifier: Apache-2.0
/// Parametric activities of the whole arm, for when there is no clip: rest, hold, walk, wave, raise.
///
///   style + subject -> clinical joint angles over time -> JointMotion with labels
///
/// Kinematics and their sources: motions/README.md.
#pragma once

#include <string>
#include <vector>

#include "sim/base/rng.h"
#include "sim/body/joint_motion.h"

namespace wrist {

/// How one person does it this time.
struct ActivityStyle {
  double tempo = 1;       // multiplies the pace
  double amplitude = 1;   // multiplies the size
};

/// Samples per second of parametric motion: enough for a tap's closing stroke.
inline constexpr double kActivityRate = 240;  // Hz

/// The names perform_activity knows, sorted.
std::vector<std::string> activity_names();

/// The activity on `arm` over `time` (kActivityRate). Throws Error(usage) for an unknown name.
JointMotion perform_activity(const std::string& name, const ArmModel& arm, const TimeGrid& time,
                             const ActivityStyle& style, const Rng& rng);

}  // namespace wrist
