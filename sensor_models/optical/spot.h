// SPDX-License-Identifier: Apache-2.0
/// The spot of the back under which a channel's light dips into the skin.
///
///   slope x lever -> pressure more than the mean's -> perfusion over the mean's
///   gap + tilt x lever -> gap here
#pragma once

#include "sensor_models/optical/coupling.h"

namespace wrist {

/// Samples that are worked on at once: few enough to stay in the nearest cache. Lanes have room for
/// the one after the last and, beyond it, for whole vectors.
inline constexpr Index kLightBlock = 256, kLaneVector = 8;
struct alignas(64) LightLanes : std::array<double, kLightBlock + kLaneVector> {};

/// `count` samples from `first`.
struct Stretch {
  Index first = 0, count = 0;
};

/// A place on the back, mm from its middle, x y in C.
struct Lever {
  double x, y;
};

/// What a spot has that the mean of the back has not.
struct SpotPressure {
  LightLanes more;       // mmHg
  LightLanes perfusion;  // 1; of the mean's
};

/// Where the pressure is even: nothing more, perfused as the mean.
const SpotPressure& even_pressure();

/// Where `states.pressure_slope` is not empty. `stretch.count` <= kLightBlock + 1.
void press_spot(Lever at, const BloodStates& states, Stretch stretch, SpotPressure& out);

}  // namespace wrist
