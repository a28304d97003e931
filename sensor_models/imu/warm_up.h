// SPDX-License-Identifier: Apache-2.0
/// Temperature of a chip in a watch that was put on: what makes offsets, scales and clocks drift.
///
///   T(t) = ambient + (skin - ambient) coupling (1 - exp(-t / time)) + self_heating (1 - exp(-t /
///   60 s))
///
/// t since the watch was put on and switched on. The law and its ranges are priors from memory.
#pragma once

#include "sim/base/rng.h"

namespace wrist {

/// Constants of one session. The default stays at the reference temperature.
struct WarmUp {
  double ambient = 298.15;  // K
  double skin = 298.15;     // K
  double coupling = 0;      // 1; share of the way from ambient to skin
  double time_s = 600;
  double self_heating = 0;  // K
  double worn_s = 0;        // s; how long it has been worn when a run begins
};

/// What datasheets refer to.
inline constexpr double kReferenceTemperature = 298.15;  // K

/// Everything but `ambient` and `worn_s` drawn: skin 31 to 34 degC, coupling 0.6 to 0.9, time 5 to
/// 15 min, self-heating 1 to 3 K, uniform.
WarmUp draw_warm_up(double ambient, double worn_s, const Rng& rng);

/// T(t) - 25 degC in K, `t_s` after the run began, 0 or more.
double warmth(const WarmUp& warm_up, double t_s);

/// The same behind a first-order lag of 20 min, which was at rest when the watch was put on.
double late_warmth(const WarmUp& warm_up, double t_s);

/// Warmth now, K, and its integral from 0 to `t_s`, K s.
struct Warmth {
  double now, since;
};
Warmth warmth_and_sum(const WarmUp& warm_up, double t_s);

/// Throws Error(usage) unless every constant is finite and possible.
void check(const WarmUp& warm_up);

}  // namespace wrist
