// SPDX-License-Identifier: Apache-2.0
/// Gestures laid over any motion: a double pinch in a captured walk.
///
///   JointMotion -> begin_overlay -> Performance -> lay_event ... -> finish_overlay -> JointMotion
///
/// The motion is described by axes (movement_axis.h), the gesture changes the axes, and the change
/// is put on the motion: what no gesture moves stays as it was, to rounding.
#pragma once

#include "motions/movement.h"

namespace wrist {

/// The motion at kMovementRate, its labels, events and contacts.
JointMotion at_movement_rate(const JointMotion& motion);

/// The axes of a motion that stands at kMovementRate. The fingers are at rest: a gesture that moves
/// them takes the place of what the motion's own fingers do.
Performance begin_overlay(const JointMotion& under, const ArmModel& arm);

/// `laid`: what begin_overlay gave, gestures laid over it; `under` as it was given there. Labels of
/// gestures win over the motion's. Throws as finish does.
JointMotion finish_overlay(const JointMotion& under, const Performance& laid, const ArmModel& arm);

}  // namespace wrist
