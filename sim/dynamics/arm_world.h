// SPDX-License-Identifier: Apache-2.0
/// The arm as one Bullet multibody on a thorax that is moved, with fingertips that can touch.
///
///   thorax motion + joint torques + wrench on a body -> ABA -> soft contacts -> rates, angles
///
/// Leapfrog: before a step the angles belong to t and the rates to t - h/2; after it the angles
/// belong to t + h and the rates to t + h/2. Bullet stays behind this header; its traps and the
/// fixes for them are listed in sim/dynamics/README.md.
#pragma once

#include <memory>
#include <vector>

#include "sim/dynamics/rnea.h"

namespace wrist {

/// What happens between two fingertips; of the pair, not of each. Stiffness 0: nothing touches.
struct ContactSurface {
  double stiffness = 4000;  // N/m
  double damping = 2;       // N s/m
  double friction = 0.6;
};

/// The thumb's tip touching another: during the last step.
struct TipContact {
  Body finger = Body::index_distal;
  double force = 0;  // N; normal
  double depth = 0;  // m; at the beginning of the step
};

class ArmWorld {
 public:
  /// Throws Error(internal) if an inertia is not diagonal in its body's axes.
  ArmWorld(const ArmModel& arm, const ContactSurface& surface, double step_s);
  ~ArmWorld();

  /// Angles and rates from `joints`.
  void set_joints(const JointState& joints);
  /// Angles and rates into `joints`; leaves the thorax and the accelerations alone.
  void get_joints(JointState& joints) const;

  /// One step. `thorax`: the fields X_WT .. alpha_WT_T at t.
  void step(const JointState& thorax, const JointVector& torques, const ExternalWrench& on_body);

  /// Touching tips during the last step.
  const std::vector<TipContact>& contacts() const;

 private:
  struct Engine;
  std::unique_ptr<Engine> engine_;
};

}  // namespace wrist
