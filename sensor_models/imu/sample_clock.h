// SPDX-License-Identifier: Apache-2.0
/// The instants at which a sensor truly samples: off by per cent, and drifting as it warms up.
///
///   cycles(t) = rate (t + tempco integral of warmth) ;  sample k is where cycles(t) = k
#pragma once

#include "sensor_models/imu/imu.h"

namespace wrist {

struct SampleClock {
  double start_s = 0;  // sample 0
  double rate_hz = 1;  // true rate at 25 degC
  double tempco = 0;   // 1/K
  WarmUp warm_up;
};

SampleClock sample_clock(const ImuUnit& unit, double start_s);

/// Seconds from sample 0 to sample k, never summed up; `guess_s` makes it quick and changes nothing
/// that a picosecond would show.
double elapsed(const SampleClock& clock, Index k, double guess_s);

}  // namespace wrist
