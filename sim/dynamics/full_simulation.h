// SPDX-License-Identifier: Apache-2.0
/// Layer 3: the arm, hand and worn watch in Bullet, tracking a motion by computed torque.
///
///   JointMotion -> own RNEA + PD torques -> Bullet multibody + soft contacts + strap -> WornWatch
///
/// Double precision, one world per call, no globals written after the first. Traps and fixes:
/// sim/dynamics/README.md.
#pragma once

#include "sim/body/joint_motion.h"
#include "sim/strap/worn_watch.h"

namespace wrist {

struct FullOptions {
  double rate_hz = 4000;              // of the integration
  double tracking_frequency_hz = 8;   // of the closed-loop error dynamics, critically damped
  double contact_stiffness = 4000;    // N/m; between finger pads (set for the pair)
  double contact_damping = 2;         // N s/m; for the pair
  double contact_friction = 0.6;
};

struct FullMotion {
  RigidSeries forearm;                // of F in W, on the integration's clock
  RigidSeries station;                // of S in W
  WornWatch worn;
  Series contact_force;               // N; summed normal force on the hand, on worn.contact_time
  std::vector<Event> contacts;        // that really happened, source "contact"
  double tracking_error_rad = 0;      // rms over joints and time
};

/// Plays `motion` on `arm` from its first to its last sample.
FullMotion simulate_full(const ArmModel& arm, const JointMotion& motion, const Wearing& wearing,
                         const FullOptions& options);

}  // namespace wrist
