// SPDX-License-Identifier: Apache-2.0
/// How the case meets the skin, written down at kContactRate beside a solver that runs faster.
///
///   patches, every step -> fastest sliding since the last sample -> sample -> slips
///
/// Pose, pressure, gap, tilt and slip are the state at the solver's step nearest to the contact
/// time; slip_speed is the greatest since the contact sample before.
#pragma once

#include "sim/strap/strap_solver.h"

namespace wrist {

/// A worn watch with every series allocated for a solver on `steps`, contact_time filled.
WornWatch make_worn_watch(const TimeGrid& steps);

/// Where the writing stands; one per worn watch.
struct ContactRecord {
  const StrapModel& model;
  Index next = 0;       // contact sample to be written
  Index next_step = 0;  // at this step of the solver
  Lanes fastest{};      // m/s; since the sample before
};

/// Call for every step in order: the pose, and what the patches then felt.
void record_contact(ContactRecord& record, WornWatch& worn, Index step, const Pose& X_SC,
                    const PatchState& patches);

/// Fills worn.slips: the watch as a whole slides faster than 5 mm/s for 10 ms or more; pauses below
/// 20 ms do not end a slip. [prior]
void find_slips(WornWatch& worn);

}  // namespace wrist
