// SPDX-License-Identifier: Apache-2.0
/// A rigged hand that hangs on no arm, as a recording of a hand.
///
///   MotionClip -> find_lone_hand, find_fingers -> joints in metres, palm by the knuckles, side by
///   how the fingers bend -> resampled if too short -> there and back -> HandRecording
///
/// Frames: L the clip's own axes, turned so that its up is y.
#pragma once

#include "motions/clip.h"
#include "motions/hand_pose.h"

namespace wrist {

/// The wrist of a hand without an arm; empty where an arm is found or a joint map names one.
std::string lone_hand(const MotionClip& clip);

/// Its recording: of one frame, a pose, if nothing turns; else as long as the clip, or, where that
/// is short, played there and back with holds. The side is the one the fingers bend to, else the
/// one the thumb stands on, else what names say. Where the file's unit makes no hand, it is scaled
/// to one. Notes say what was done. Throws Error(bad_data) if a digit lacks joints, the side cannot
/// be told, or there are two hands.
HandRecording record_lone_hand(const MotionClip& clip);

}  // namespace wrist
