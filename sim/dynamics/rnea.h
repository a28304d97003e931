// SPDX-License-Identifier: Apache-2.0
/// Inverse dynamics: the joint torques that make the arm move as it is told.
///
///   JointState -> outward: rates and specific forces -> inward: wrenches -> torques along the axes
///
/// Gravity is an upward acceleration of the world. Source: recursive Newton-Euler algorithm,
/// Featherstone 2008, ch. 5.
#pragma once

#include <span>

#include "sim/body/arm_motion.h"

namespace wrist {

/// A force per degree of freedom, or a rate or an acceleration of each.
struct JointVector {
  Eigen::Vector3d shoulder = Eigen::Vector3d::Zero();                                  // N m; in U
  Eigen::Array<double, kHinges, 1> hinges = Eigen::Array<double, kHinges, 1>::Zero();  // N m
};

/// What something outside the model does to a body, in the body's axes and about its origin.
struct ExternalWrench {
  Body body = Body::forearm;
  Eigen::Vector3d force_B = Eigen::Vector3d::Zero();   // N
  Eigen::Vector3d moment_B = Eigen::Vector3d::Zero();  // N m
};

/// Torques of the muscles for the accelerations in `joints`, with `external` wrenches acting.
JointVector inverse_dynamics(const ArmModel& arm, const JointState& joints,
                             std::span<const ExternalWrench> external = {});

/// The same where the outward pass has been made.
JointVector inverse_dynamics(const ArmModel& arm, const std::array<BodyState, kBodies>& states,
                             std::span<const ExternalWrench> external = {});

}  // namespace wrist
