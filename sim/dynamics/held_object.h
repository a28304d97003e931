// SPDX-License-Identifier: Apache-2.0
/// Something the hand carries, as one rigid body with it.
///
///   "cup", "phone", "hammer", "jug" -> mass, place, inertia -> a fixed link in Bullet, a load to
///   RNEA, for as long as the motion holds it
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/event.h"
#include "sim/dynamics/rnea.h"

namespace wrist {

/// O: its centre of mass and principal axes. X_HO is its pose in the hand.
struct HeldObject {
  double mass = 0;  // kg
  Pose X_HO;
  Eigen::Vector3d inertia = Eigen::Vector3d::Zero();  // kg m2; principal, about the centre of mass
  std::optional<Eigen::Vector3d> p_HT;                // m; what it strikes with, if it strikes
};

/// The names known.
const std::vector<std::string>& held_names();

/// One of those in the grip of this hand. Throws Error(usage) for another name.
HeldObject held_object(const ArmModel& arm, const std::string& name);

/// Source of events that say what the hand holds; their class is "holds:" and the object's name.
inline constexpr const char* kHolding = "holding";
Event holding(const std::string& object, double start_s, double end_s);

/// An object and when the hand has it.
struct Carried {
  struct Span {
    double start_s = -std::numeric_limits<double>::infinity();
    double end_s = std::numeric_limits<double>::infinity();
  };
  HeldObject object;
  std::string name;
  std::vector<Span> spans;

  /// How much of its weight the hand has: 0 to 1, over kTake from one to the other inside the span.
  double share(double time_s) const;
};
inline constexpr double kTake = 0.2;  // s; a cup is lifted off a table in this [assumed]

/// What `events` say is held, each object once. Throws Error(usage) for an unknown name.
std::vector<Carried> carried_objects(const ArmModel& arm, const std::vector<Event>& events);

/// The one the hand has most of at a time, or none.
const Carried* carried_at(const std::vector<Carried>& carried, double time_s);

/// Throws Error(usage) unless mass is above and inertia not below 0.
void check(const HeldObject& held);

/// What it does to a hand that is to move like `hand`, and carries `share` of it.
ExternalWrench held_load(const HeldObject& held, const BodyState& hand, double share = 1);

}  // namespace wrist
