// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/held_object.h"

#include <algorithm>

#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kCupMass = 0.35, kCupRadius = 0.04, kCupHeight = 0.10;  // kg, m; full [prior]
constexpr double kPhoneMass = 0.19;                                      // kg [prior]
constexpr double kJugMass = 1.2, kJugRadius = 0.06, kJugHeight = 0.20;   // kg, m; full [assumed]
constexpr double kJugHandle = 0.04;                    // m; from the grip to its wall [assumed]
const Vector3d kPhoneSize{0.15, 0.072, 0.008};         // m
constexpr double kHammerMass = 0.5, kHeadMass = 0.33;  // kg; the rest is its handle [assumed]
constexpr double kHandleLength = 0.28;                 // m; from the grip's end to the head
constexpr double kGripToHead = 0.20;                   // m; the hand holds it near its end
constexpr double kHeadHalfLength = 0.05;               // m
constexpr double kGripDepth = 0.025;                   // m; axis of a gripped bar below the palm's

// Where a clenched hand holds: in front of the knuckles, on the palmar side.
Vector3d grip(const ArmModel& arm) { return {0.9 * arm.body(Body::hand).length, 0, -kGripDepth}; }

Vector3d box_inertia(double mass, const Vector3d& size) {
  const Vector3d s = size.cwiseAbs2();
  return mass / 12 * Vector3d(s.y() + s.z(), s.x() + s.z(), s.x() + s.y());
}

Vector3d cylinder_inertia(double mass, double radius, double length) {  // axis y
  const double across = mass * (3 * radius * radius + length * length) / 12;
  return {across, mass * radius * radius / 2, across};
}

HeldObject cup(const ArmModel& arm) {
  return {kCupMass,
          {Eigen::Quaterniond::Identity(), grip(arm) - Vector3d(0, 0, kCupRadius)},
          cylinder_inertia(kCupMass, kCupRadius, kCupHeight),
          {}};
}

// By its handle: the belly stands in front of the fingers.
HeldObject jug(const ArmModel& arm) {
  return {kJugMass,
          {Eigen::Quaterniond::Identity(), grip(arm) + Vector3d(kJugHandle + kJugRadius, 0, 0)},
          cylinder_inertia(kJugMass, kJugRadius, kJugHeight),
          {}};
}

HeldObject phone(const ArmModel& arm) {
  return {kPhoneMass,
          {Eigen::Quaterniond::Identity(), grip(arm)},
          box_inertia(kPhoneMass, kPhoneSize),
          {}};
}

// The handle lies across the palm and leaves it on the thumb's side; the head strikes palmwards.
HeldObject hammer(const ArmModel& arm) {
  const double handle = kHammerMass - kHeadMass, m = arm.mirror();
  const double handle_at = kGripToHead - kHandleLength / 2;
  const double centre = (kHeadMass * kGripToHead + handle * handle_at) / kHammerMass;
  const double apart = kHandleLength / 2;
  const double across = kHeadMass * handle / kHammerMass * apart * apart +
                        handle * kHandleLength * kHandleLength / 12;
  const double head = kHeadMass * kHeadHalfLength * kHeadHalfLength / 3;
  return {kHammerMass,
          {Eigen::Quaterniond::Identity(), grip(arm) + Vector3d(0, m * centre, 0)},
          {across + head, head, across},
          Vector3d(grip(arm) + Vector3d(0, m * kGripToHead, -kHeadHalfLength))};
}

const std::string kPrefix = "holds:";

// 0 to 1 over [0, 1] with no jump in the rate.
double smooth(double s) {
  s = std::clamp(s, 0., 1.);
  return s * s * (3 - 2 * s);
}

}  // namespace

const std::vector<std::string>& held_names() {
  static const std::vector<std::string> kNames = {"cup", "phone", "hammer", "jug"};
  return kNames;
}

HeldObject held_object(const ArmModel& arm, const std::string& name) {
  if (name == "cup") return cup(arm);
  if (name == "phone") return phone(arm);
  if (name == "hammer") return hammer(arm);
  if (name == "jug") return jug(arm);
  throw Error(ErrorKind::usage,
              "held object: expected cup, phone, hammer or jug, found \"" + name + "\"");
}

Event holding(const std::string& object, double start_s, double end_s) {
  return {start_s, end_s, kPrefix + object, kHolding, 1};
}

double Carried::share(double time_s) const {
  double most = 0;
  for (const Span& span : spans)
    most = std::max(
        most, smooth((time_s - span.start_s) / kTake) * smooth((span.end_s - time_s) / kTake));
  return most;
}

std::vector<Carried> carried_objects(const ArmModel& arm, const std::vector<Event>& events) {
  std::vector<Carried> all;
  for (const Event& event : events) {
    if (event.source != kHolding) continue;
    const std::string name = event.class_name.substr(kPrefix.size());
    auto it = std::find_if(all.begin(), all.end(), [&](auto& c) { return c.name == name; });
    if (it == all.end()) it = all.insert(all.end(), {held_object(arm, name), name, {}});
    it->spans.push_back({event.start_s, event.end_s});
  }
  return all;
}

const Carried* carried_at(const std::vector<Carried>& carried, double time_s) {
  const Carried* found = nullptr;
  double most = 0;
  for (const Carried& c : carried)
    if (const double share = c.share(time_s); share > most) most = share, found = &c;
  return found;
}

void check(const HeldObject& held) {
  require(held.mass > 0 && held.inertia.minCoeff() >= 0 && held.X_HO.p.allFinite(),
          ErrorKind::usage,
          "held object: expected a mass above 0 and an inertia of 0 or above, found a mass of " +
              std::to_string(held.mass) + " kg");
}

ExternalWrench held_load(const HeldObject& held, const BodyState& hand, double share) {
  const Vector3d &r = held.X_HO.p, &w = hand.w_B, &alpha = hand.alpha_B;
  const Vector3d force = -share * held.mass * (hand.force_B + alpha.cross(r) + w.cross(w.cross(r)));
  const Eigen::Matrix3d R_HO = held.X_HO.R.toRotationMatrix();
  const Eigen::Matrix3d inertia = share * R_HO * held.inertia.asDiagonal() * R_HO.transpose();
  const Vector3d moment = -(inertia * alpha + w.cross(inertia * w));
  return {Body::hand, force, r.cross(force) + moment};
}

}  // namespace wrist
