// SPDX-License-Identifier: Apache-2.0
/// What truly happens to the arm and the watch on it, at the fidelity asked for.
///
///   ideal: kinematics, watch glued to the bone
///   worn:  kinematics + answers to blows (a table) -> strap solver
///   full:  Bullet
#pragma once

#include "generators/scenario.h"
#include "sim/body/joint_motion.h"
#include "sim/dynamics/contact_table.h"

namespace wrist {

struct World {
  JointSplines joints;
  WornWatch worn;
  Series contact_force;          // N, on worn.contact_time; of the hand on anything
  std::vector<Event> contacts;
};

/// Simulates all of `motion` at kWorldRate, at the scenario's fidelity.
World simulate(const Scenario& scenario, const ArmModel& arm, const JointMotion& motion,
               const Wearing& wearing, const ContactTable& contacts);

/// How fast the world is sampled.
inline constexpr double kWorldRate = 4000;  // Hz

}  // namespace wrist
