// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/held_object.h"

#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kCupMass = 0.35, kCupRadius = 0.04, kCupHeight = 0.10;  // kg, m; full [prior]
constexpr double kPhoneMass = 0.19;                                      // kg [prior]
const Vector3d kPhoneSize{0.15, 0.072, 0.008};                           // m
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

}  // namespace

HeldObject held_object(const ArmModel& arm, const std::string& name) {
  if (name == "cup") return cup(arm);
  if (name == "phone") return phone(arm);
  if (name == "hammer") return hammer(arm);
  throw Error(ErrorKind::usage,
              "held object: expected cup, phone or hammer, found \"" + name + "\"");
}

void check(const HeldObject& held) {
  require(held.mass > 0 && held.inertia.minCoeff() >= 0 && held.X_HO.p.allFinite(),
          ErrorKind::usage,
          "held object: expected a mass above 0 and an inertia of 0 or above, found a mass of " +
              std::to_string(held.mass) + " kg");
}

ExternalWrench held_load(const HeldObject& held, const BodyState& hand) {
  const Vector3d &r = held.X_HO.p, &w = hand.w_B, &alpha = hand.alpha_B;
  const Vector3d force = -held.mass * (hand.force_B + alpha.cross(r) + w.cross(w.cross(r)));
  const Eigen::Matrix3d R_HO = held.X_HO.R.toRotationMatrix();
  const Eigen::Matrix3d inertia = R_HO * held.inertia.asDiagonal() * R_HO.transpose();
  const Vector3d moment = -(inertia * alpha + w.cross(inertia * w));
  return {Body::hand, force, r.cross(force) + moment};
}

}  // namespace wrist
