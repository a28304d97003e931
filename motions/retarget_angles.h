// SPDX-License-Identifier: Apache-2.0
/// What our arm's joints make of the limbs a clip shows.
///
///   upper arm, forearm, hand -> hinge axis of the elbow (roll of the upper arm) -> elbow ->
///   pronation, deviation, wrist flexion
///
/// The plane of a bent elbow fixes the upper arm's roll; of a straight one, only the rig's own
/// shoulder joint knows it. The roll against the rig's joint solves  sum w (r - r_plane)^2 + lambda
/// (r')^2 + mu r^2 -> min  with w = sin^2 of the flexion: smooth, without a switch, exact for a
/// true hinge.
#pragma once

#include "motions/retarget_frames.h"

namespace wrist {

struct ArmAngles {
  QuatSeries R_WU;                                    // N x 4
  Series elbow, pronation, deviation, wrist_flexion;  // rad, N
};

/// Angles may lie beyond the anatomical range. `notes` receives what was repaired.
ArmAngles arm_angles(const ArmFrames& frames, Side side, double rate_hz,
                     std::vector<std::string>& notes);

/// `x` inside [lower, upper]; within `margin` of a limit and beyond it, tanh draws it there (C2).
double soft_limit(double x, double lower, double upper, double margin);

}  // namespace wrist
