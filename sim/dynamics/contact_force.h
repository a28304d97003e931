// SPDX-License-Identifier: Apache-2.0
/// The force of a single touch: two soft bodies on a plan that runs them into each other, and an arm
/// that gives way.
///
///   planned depth - what the arm and the other side have yielded -> Kelvin-Voigt -> force, N
#pragma once

#include "sim/body/joint_motion.h"
#include "sim/dynamics/contact_table.h"
#include "sim/dynamics/moving_surface.h"
#include "sim/dynamics/surfaces.h"

namespace wrist {

/// A contact with everything but the arm's answer.
struct ContactPlan {
  Contact contact;
  BlowPair pair;
  PlaceShares shares;       // of the striker's places
  PairStiffness stiffness;  // of those that touch
  Surface surface;          // its mass 0: nothing yields on the other side
  bool on_watch = false;    // another hand on the watch: its case answers, not the arm
  double case_mass = 0.05;  // kg; then [assumed; a watch with its share of the band]
  Series depth;             // m; of parts of the hand as the motion has them, at kPlanRate from
                            // contact.time_s on; empty: the world's (MovingSurface)
};
inline constexpr double kPlanRate = 4000;  // Hz

ContactPlan plan_contact(const ArmModel& arm, const JointMotion& motion, const Contact& contact);

/// N, at rate_hz, from `first_s` (at or just after the touch) until they have parted. `point`: how
/// the struck point answers an impulse (BlowKernel), at rate_hz.
Series contact_force(const ContactPlan& plan, const Series& point, double rate_hz, double first_s);

}  // namespace wrist
