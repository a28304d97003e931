// SPDX-License-Identifier: Apache-2.0
/// Layer 3: the arm, hand and worn watch in Bullet, tracking a motion by computed torque.
///
///   JointMotion -> own RNEA + PD torques -> Bullet multibody + soft contacts + strap -> WornWatch
///
/// Double precision, one world per call, no globals written after the first. Traps and fixes:
/// sim/dynamics/README.md.
#pragma once

#include "sim/dynamics/contact_log.h"
#include "sim/dynamics/tissue_modes.h"
#include "sim/strap/worn_watch.h"

namespace wrist {

/// Wrenches that act during one step: a blow of known impulse.
struct ArmPush {
  Index step = -1;                   // of the integration; -1: never
  std::vector<ExternalWrench> wrenches;
};

/// A point fixed in a body.
struct ArmPoint {
  Body body = Body::hand;
  Eigen::Vector3d p_B;               // m
};

struct FullOptions {
  double rate_hz = 4000;             // of the integration
  double tracking_frequency_hz = 8;  // of the closed-loop error dynamics, critically damped
  double contact_stiffness = 4000;   // N/m; between pads of the hand (set for the pair)
  double contact_damping = 2;        // N s/m; for the pair
  double contact_friction = 0.6;
  double impedance = 1;            // of the joints themselves; 0: limp but for the tracking
  bool contacts = true;            // false: nothing touches, neither the hand nor the world
  std::optional<Surface> surface;  // what every contact with the world runs into, whatever its name
  std::optional<HeldObject> held;  // carried all the time, in place of what the motion's events say
  std::optional<TissueModes> modes;  // through which blows on the bones reach the strap; none: the
                                     // strap sits on the bone
  ArmPush push;                    // besides all that touches
  std::vector<ArmPoint> follow;    // points whose velocity is written down (play_arm)
};

/// The arm without a watch: what a contact does to the forearm.
struct PlayedArm {
  RigidSeries forearm;            // of F in W, on the integration's clock
  Series contact_force;           // N; summed normal force, per step
  std::vector<Touch> touches;     // that really happened
  std::vector<Series3> velocities;  // m/s in W, of each point followed; row n belongs to half a step
                                    // before sample n: what step n begins with
  double tracking_error_rad = 0;  // rms over joints and time
};

/// Plays `motion` on `arm` from its first to its last sample, nothing on the wrist. The same with
/// options.contacts false is what the forearm would have felt without any touch.
PlayedArm play_arm(const ArmModel& arm, const JointMotion& motion, const FullOptions& options);

struct FullMotion {
  RigidSeries forearm;  // of F in W, on the integration's clock
  RigidSeries station;  // of S in W
  WornWatch worn;
  Series contact_force;           // N; summed normal force, on worn.contact_time
  std::vector<Touch> touches;     // that really happened, with their force
  std::vector<Event> contacts;    // the same as events, source "contact"
  double tracking_error_rad = 0;  // rms over joints and time
};

/// The same with a watch on the wrist, which loads the arm and which another hand may press.
FullMotion simulate_full(const ArmModel& arm, const JointMotion& motion, const Wearing& wearing,
                         const FullOptions& options);

}  // namespace wrist
