// SPDX-License-Identifier: Apache-2.0
/// Repairs a clip before it is differentiated.
///
///   clip -> drop T-pose and blend-in frames -> hemisphere-continuous quaternions -> clip
///
/// Smoothing itself is the C4 spline's (base/spline.h): gain 1 / (1 + (f / cutoff)^6), no delay.
#pragma once

#include "motions/clip.h"

namespace wrist {

struct CleanSpec {
  double start_speed_factor = 4;  // a leading frame moving faster than this times the clip's 99th
                                  // percentile is an artefact of the T-pose blend-in
  int max_dropped = 12;           // frames looked at from the start
  double cutoff_hz = 8;          // of the smoothing spline, lowered for slow captures
};

/// Notes say what was dropped. Throws Error(bad_data) if fewer than 12 frames remain.
MotionClip clean(MotionClip clip, const CleanSpec& spec);

/// The smoothing cutoff for a clip of this rate: spec.cutoff_hz, at most 0.35 of its Nyquist rate.
double smoothing_cutoff(double rate_hz, const CleanSpec& spec);

}  // namespace wrist
