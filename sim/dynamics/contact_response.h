// SPDX-License-Identifier: Apache-2.0
/// What the touches of a motion do to the forearm when no engine is run: answers that an engine
/// gave beforehand, superposed.
///
///   contact -> how far the parts would run into each other -> force on springs and the arm's own
///   answer -> forearm's transient -> tissue modes -> motion of the station
///
/// A touch is elastic: the force is solved against how the struck point yields (contact_table.h)
/// and how soft both sides are (surfaces.h), so that impulse, rebound and length of a blow come
/// out.
#pragma once

#include "sim/body/joint_motion.h"
#include "sim/dynamics/contact_table.h"
#include "sim/dynamics/tissue_modes.h"

namespace wrist {

/// What a blow meets.
struct BlowModel {
  const ContactTable& table;
  const TissueModes& modes;  // of the forearm, between bone and strap
  double case_mass;          // kg; of the watch that another hand may press
};

/// What the touches of a motion come to.
struct ContactForces {
  Series total;              // N; of all on the hand and arm, one per sample of the station
  Series on_watch;           // N; of another hand on the watch, along -z of S
  std::vector<double> peak;  // N; of each contact
};

/// Adds the transient of every contact of `motion` to the motion of the strap station S at X_FS:
/// specific force, angular acceleration and rate. Poses stay: the displacement is a fraction of a
/// millimetre. Throws Error(usage) for a station that is not at kTableRate, a contact with a
/// closing speed that is negative or not finite.
ContactForces add_contact_transients(RigidSeries& station_W, const Pose& X_FS, const ArmModel& arm,
                                     const JointMotion& motion, const BlowModel& model);

}  // namespace wrist
