// SPDX-License-Identifier: Apache-2.0
/// Something the hand carries, as one rigid body with it.
///
///   "cup", "phone", "hammer" -> mass, place, inertia -> a fixed link in Bullet, a load to RNEA
#pragma once

#include <optional>
#include <string>

#include "sim/dynamics/rnea.h"

namespace wrist {

/// O: its centre of mass and principal axes. X_HO is its pose in the hand.
struct HeldObject {
  double mass = 0;  // kg
  Pose X_HO;
  Eigen::Vector3d inertia = Eigen::Vector3d::Zero();  // kg m2; principal, about the centre of mass
  std::optional<Eigen::Vector3d> p_HT;                // m; what it strikes with, if it strikes
};

/// "cup", "phone" or "hammer" in the grip of this hand. Throws Error(usage) for another name.
HeldObject held_object(const ArmModel& arm, const std::string& name);

/// Throws Error(usage) unless mass is above and inertia not below 0.
void check(const HeldObject& held);

/// What it does to a hand that is to move like `hand`.
ExternalWrench held_load(const HeldObject& held, const BodyState& hand);

}  // namespace wrist
