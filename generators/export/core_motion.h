// SPDX-License-Identifier: Apache-2.0
/// The one place where our signs become CoreMotion's.
///
///   specific force f = a - g, m/s2  ->  acceleration = -f / g0, G: a watch lying face up reads -1
///   on z
///
/// acceleration = gravity + userAcceleration, gravity being the direction of fall in the axes of
/// the chip. Sources: developer.apple.com, "Getting raw accelerometer events" (G), CMDeviceMotion
/// (the sum, rad/s); the sign, and the order of roll, pitch and yaw, from memory.
#pragma once

#include <Eigen/Geometry>

namespace wrist::exports {

/// G; of a specific force in m/s2, in the same axes.
Eigen::Vector3d core_motion_acceleration(const Eigen::Vector3d& specific_force_I);

/// G; one long, from the attitude R_WI, z of W being up.
Eigen::Vector3d core_motion_gravity(const Eigen::Quaterniond& R_WI);

/// rad; the attitude is turned about z by yaw, then about its x by pitch, then about its y by roll.
/// Yaw counts from the x axis of W.
struct Attitude {
  double roll = 0, pitch = 0, yaw = 0;
};
Attitude core_motion_attitude(const Eigen::Quaterniond& R_WI);

}  // namespace wrist::exports
