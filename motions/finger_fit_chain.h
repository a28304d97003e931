// SPDX-License-Identifier: Apache-2.0
/// One digit of our hand: where its joints, links and tip are in H, and how they move.
///
///   four hinge angles -> carrier, three links -> axes and origins -> directions, tip
#pragma once

#include "motions/hand_pose.h"
#include "sim/body/arm_model.h"

namespace wrist {

struct DigitPose {
  std::array<Eigen::Vector3d, 4> joint;  // m, in H; of abduction and the three flexions
  std::array<Eigen::Vector3d, 4> axis;   // unit, in H
  std::array<Eigen::Vector3d, 3> link;   // unit, in H; direction from knuckle to tip
  Eigen::Vector3d tip;                   // m, in H
};

/// `angles`: abduction and the three flexions, rad.
DigitPose digit_pose(const ArmModel& arm, int digit, const Eigen::Vector4d& angles, TipPoint tip);

/// Slopes by the four angles, rad. Shapes: 3 x 4; m/rad, and 1/rad for link 0..2.
Eigen::Matrix<double, 3, 4> tip_slope(const DigitPose& pose);
Eigen::Matrix<double, 3, 4> link_slope(const DigitPose& pose, int link);

/// Base of the first link, and its links' lengths to the tip, m.
Eigen::Vector3d digit_base(const ArmModel& arm, int digit);
double digit_length(const ArmModel& arm, int digit, TipPoint tip);

}  // namespace wrist
