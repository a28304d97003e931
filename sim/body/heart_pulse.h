// SPDX-License-Identifier: Apache-2.0
/// The shape of one pulse of blood volume at the wrist, by age, and how long it takes to get there.
///
///   ejection (log-normal) + reflection (Gaussian) -> one-pole Windkessel -> peak 1
#pragma once

#include "sim/base/series.h"

namespace wrist {

inline constexpr double kPulseRate = 1000;    // Hz; of the tabulated kernel
inline constexpr Index kPulseSamples = 3001;  // 3 s, after which a pulse is below 1e-4

/// Blood volume after an ejection, from its arrival on; peak 1. Shape: kPulseSamples.
Series pulse_kernel(double age_years);

/// From the R wave to the arrival at the deep vessels of the wrist, s.
double pulse_arrival_time(double age_years);

/// What contact pressure (Pa) does to the arrival: a U about the pressure at which the arteries
/// pulse best. `foot`: s, later; `rise`: 1, by what the pulse is stretched.
struct Delay {
  double foot = 0, rise = 1;
};
Delay pressure_delay(double pressure, double age_years);

}  // namespace wrist
