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
  // Of the smoothing spline, lowered for slow captures. Ordinary capture wants 8-20 Hz.
  double lowest_cutoff_hz = 8, highest_cutoff_hz = 20;  // Hz; between them the clip's noise decides
  double cutoff_hz = 0;           // Hz; the same for every joint instead; 0: by its noise
};

/// Notes say what was dropped. Throws Error(bad_data) if fewer than 12 frames remain.
MotionClip clean(MotionClip clip, const CleanSpec& spec);

/// `cutoff_hz`, but at most 0.35 of the Nyquist rate of a clip of this rate.
double smoothing_limit(double rate_hz, double cutoff_hz);

}  // namespace wrist
