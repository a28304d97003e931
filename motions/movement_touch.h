// SPDX-License-Identifier: Apache-2.0
/// When and how fast a planned touch happens, from the finished movement.
#pragma once

#include "motions/movement.h"

namespace wrist {

/// A fingertip on the thumb: where their pads meet within the time the plan names; nothing if they do
/// not. Anything else: at the planned time, with the speed of the striking point against the world.
std::optional<Contact> find_contact(const JointMotion& motion, const ArmModel& arm,
                                    const PlannedTouch& touch);

/// Adds those that happen, all in order of time.
void add_contacts(JointMotion& motion, const ArmModel& arm,
                  const std::vector<PlannedTouch>& touches);

}  // namespace wrist
