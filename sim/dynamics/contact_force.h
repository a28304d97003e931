// SPDX-License-Identifier: Apache-2.0
/// The force of a single touch: two soft bodies on a plan that runs them into each other, and an
/// arm that gives way.
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
  double case_mass = 0;     // kg; then
  Series depth;             // m; of parts of the hand as the motion has them, at kPlanRate from
                            // contact.time_s on; empty: the world's (MovingSurface)
  Eigen::ArrayXXd sliding;  // m/s, N x 2; then: of the striker on the other, across the line
                            // between them, in the axes of the pair
};
inline constexpr double kPlanRate = 4000;  // Hz

/// `contact`: of `motion`; `case_mass`: of the watch, kg.
ContactPlan plan_contact(const ArmModel& arm, const JointMotion& motion, const Contact& contact,
                         double case_mass);

/// N, n x 3, at rate_hz, from `first_s` (at or just after the touch) until they have parted: along
/// the direction of the contact or the line between the parts, and across it (0 against the world).
/// `kernels`: how the arm answers an impulse along the contact, at rate_hz; of a pair, along each
/// of its axes. Pads stick until friction gives way.
Eigen::ArrayX3d contact_force(const ContactPlan& plan, const std::vector<BlowKernel>& kernels,
                              double rate_hz, double first_s);

}  // namespace wrist
