// SPDX-License-Identifier: Apache-2.0
/// Layer 1: where every point of the arm is and what it feels, from joint splines alone.
///
///   q, qd, qdd -> outward recursion -> pose, w, alpha, specific force of a body
///
/// Source of the recursion: Featherstone 2008, ch. 5 (outward pass of the Newton-Euler algorithm).
#pragma once

#include <vector>

#include "sim/body/joint_motion.h"

namespace wrist {

/// Motion of frame P, fixed in `body` at X_BP, on `grid`; exact for the splines.
RigidSeries body_motion(const ArmModel& arm, const JointSplines& splines, Body body,
                        const TimeGrid& grid, const Pose& X_BP = {});

/// Velocities and accelerations of every body at one instant, each in its own frame; gravity is an
/// upward acceleration of the world, so accelerations are specific forces.
struct BodyState {
  Pose X_WB;
  Eigen::Vector3d v_B, w_B;          // m/s, rad/s
  Eigen::Vector3d force_B, alpha_B;  // m/s2 specific force of the origin, rad/s2
};
/// Of the bodies up to `last`; the others are not set.
std::array<BodyState, kBodies> body_states(const ArmModel& arm, const JointState& joints,
                                           Body last = Body::little_distal);

/// Poses of every body; cheaper than body_states.
std::array<Pose, kBodies> body_poses(const ArmModel& arm, const Pose& X_WT,
                                     const Eigen::Quaterniond& R_TU,
                                     const Eigen::Array<double, kHinges, 1>& q);

}  // namespace wrist
