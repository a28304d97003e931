// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/rnea.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

struct Wrench {
  Vector3d force = Vector3d::Zero(), moment = Vector3d::Zero();  // in W, about the body's origin
};

// What the body's own motion asks for, in its axes and about its origin.
Wrench inertial_wrench(const ArmBody& body, const BodyState& s) {
  const Vector3d& c = body.p_BCm;
  const Vector3d force = body.mass * (s.force_B + s.alpha_B.cross(c) + s.w_B.cross(s.w_B.cross(c)));
  const Vector3d spin = body.inertia * s.alpha_B + s.w_B.cross(body.inertia * s.w_B);
  return {force, spin + c.cross(force)};
}

}  // namespace

JointVector inverse_dynamics(const ArmModel& arm, const std::array<BodyState, kBodies>& states,
                             std::span<const ExternalWrench> external) {
  std::array<Wrench, kBodies> needed;  // in body axes
  for (std::size_t b = 0; b < kBodies; ++b)
    if (arm.bodies[b].mass > 0) needed[b] = inertial_wrench(arm.bodies[b], states[b]);
  for (const ExternalWrench& e : external) {
    needed[static_cast<std::size_t>(e.body)].force -= e.force_B;
    needed[static_cast<std::size_t>(e.body)].moment -= e.moment_B;
  }

  JointVector torques;
  std::array<Wrench, kBodies> carried;  // in W: of the body and all it carries
  for (std::size_t b = kBodies; b-- > 0;) {
    const Eigen::Matrix3d R_WB = states[b].X_WB.R.toRotationMatrix();
    carried[b].force += R_WB * needed[b].force;
    carried[b].moment += R_WB * needed[b].moment;
    const Vector3d moment_B = R_WB.transpose() * carried[b].moment;
    if (b == 0) {
      torques.shoulder = moment_B;
      break;
    }
    torques.hinges[static_cast<Index>(b) - 1] = arm.bodies[b].axis.dot(moment_B);
    const std::size_t parent = static_cast<std::size_t>(arm.bodies[b].parent);
    const Vector3d arm_W = states[b].X_WB.p - states[parent].X_WB.p;
    carried[parent].force += carried[b].force;
    carried[parent].moment += carried[b].moment + arm_W.cross(carried[b].force);
  }
  return torques;
}

JointVector inverse_dynamics(const ArmModel& arm, const JointState& joints,
                             std::span<const ExternalWrench> external) {
  return inverse_dynamics(arm, body_states(arm, joints), external);
}

}  // namespace wrist
