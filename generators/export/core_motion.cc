// SPDX-License-Identifier: Apache-2.0
#include "generators/export/core_motion.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"

namespace wrist::exports {

Eigen::Vector3d core_motion_acceleration(const Eigen::Vector3d& specific_force_I) {
  return -specific_force_I / kGravity;
}

Eigen::Vector3d core_motion_gravity(const Eigen::Quaterniond& R_WI) {
  return R_WI.conjugate() * Eigen::Vector3d(0, 0, -1);
}

// R_WI = Rz(yaw) Rx(pitch) Ry(roll): its last row is (-cos p sin r, sin p, cos p cos r), its middle
// column (-sin y cos p, cos y cos p, sin p).
Attitude core_motion_attitude(const Eigen::Quaterniond& R_WI) {
  const Eigen::Matrix3d R = R_WI.toRotationMatrix();
  return {std::atan2(-R(2, 0), R(2, 2)), std::asin(std::clamp(R(2, 1), -1., 1.)),
          std::atan2(-R(0, 1), R(1, 1))};
}

}  // namespace wrist::exports
