// SPDX-License-Identifier: Apache-2.0
/// The digits of a rig: which joints they are, and where those are in a frame.
#pragma once

#include "motions/clip.h"
#include "motions/hand_pose.h"

namespace wrist {

/// A digit's three joints in the clip, and its tip or -1.
using DigitChain = std::array<int, 4>;

/// Every digit's, thumb to little; empty if one lacks a joint.
std::vector<DigitChain> digit_chains(const MotionClip& clip, const FingerNames& fingers);

/// Puts the digits of one frame's joint poses into a recording; `scale`: m per clip unit. A rig
/// without tips gets them: the last bone goes on as the one before it does at rest.
void set_digits(HandRecording& hand, Index frame, const MotionClip& clip,
                const std::vector<DigitChain>& chains, double scale);

}  // namespace wrist
