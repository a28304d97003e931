// SPDX-License-Identifier: Apache-2.0
/// The arm as one Bullet multibody on a thorax that is moved, whose fingers can touch
/// thumb and palm.
///
///   thorax motion + joint torques + wrenches on bodies -> ABA -> soft contacts -> rates, angles
///
/// Leapfrog: before a step the angles belong to t and the rates to t - h/2; after it the angles
/// belong to t + h and the rates to t + h/2. Bullet stays behind this header; its traps and the
/// fixes for them are listed in sim/dynamics/README.md.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "sim/dynamics/held_object.h"

namespace wrist {

/// What happens between two pads of the hand; of the pair, not of each. Stiffness 0: nothing
/// touches.
struct ContactSurface {
  double stiffness = 4000;  // N/m
  double damping = 2;       // N s/m
  double friction = 0.6;
};

/// A finger's link on the thumb or on the palm: during the last step.
struct HandContact {
  Body finger = Body::index_distal;
  Body on = Body::thumb_distal;   // or hand
  double force = 0;               // N; normal
  double depth = 0;               // m; at the beginning of the step
  Eigen::Vector3d p_W, normal_W;  // m; of the deepest point; unit, towards the finger
};

class ArmWorld {
 public:
  /// Throws Error(internal) if an inertia is not diagonal in its body's axes.
  ArmWorld(const ArmModel& arm, const ContactSurface& surface, double step_s,
           std::span<const HeldObject> held = {});
  ~ArmWorld();

  /// How much of the i-th held object the hand carries from now on: 0 to 1; 1 to begin with.
  void carry(std::size_t i, double share);

  /// Angles and rates from `joints`.
  void set_joints(const JointState& joints);
  /// Parts of the hand that lie in each other now do not touch until they have been apart: a posture
  /// of a plan is no blow.
  void forgive_overlap();
  /// Angles and rates into `joints`; leaves the thorax and the accelerations alone.
  void get_joints(JointState& joints) const;

  /// One step. `thorax`: the fields X_WT .. alpha_WT_T at t.
  void step(const JointState& thorax, const JointVector& torques,
            std::span<const ExternalWrench> on_bodies);

  /// Parts of the hand that touched each other during the last step.
  const std::vector<HandContact>& contacts() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace wrist
