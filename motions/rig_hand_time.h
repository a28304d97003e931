// SPDX-License-Identifier: Apache-2.0
/// Makes something useful of the short animations that hand rigs come with.
///
///   MotionClip -> slow_enough -> MotionClip -> HandRecording -> there_and_back -> HandRecording
#pragma once

#include "motions/clip.h"
#include "motions/hand_pose.h"

namespace wrist {

/// The clip itself, or, where it is faster than a hand or has fewer frames than fit_fingers wants,
/// the same movement slowed and resampled: a note says so. Two frames at least.
MotionClip slow_enough(const MotionClip& clip);

/// The recording itself, or a short one played forwards, held, backwards and held as often as it
/// takes (PoseTiming): a note says so. Two frames at least.
HandRecording there_and_back(HandRecording once);

}  // namespace wrist
