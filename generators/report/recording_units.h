// SPDX-License-Identifier: Apache-2.0
/// The units of a recording: as it spells them, or from what gravity must look like.
#pragma once

#include <optional>

#include "generators/report/real_recording.h"

namespace wrist::report {

enum class Quantity { acceleration, angular_rate, time };

/// A unit as files spell it ("G", "m/s^2", "dps", "msec") as ours ("g", "m/s2", "deg/s", "ms");
/// nothing if it is none of the quantity's.
std::optional<std::string> canonical_unit(Quantity quantity, const std::string& spelling);

/// m/s2 per unit of the numbers, for "m/s2", "g" or "mg"; rad/s for "rad/s" or "deg/s".
double accel_scale(const std::string& unit);
double gyro_scale(const std::string& unit);

/// "m/s2", "g" or "mg", by the median length of acceleration, which is gravity's for a person at
/// most activities; empty if it is none of these within a factor of 1.6.
std::string infer_accel_unit(const std::vector<RealRecording::Stretch>& stretches);

/// "rad/s" or "deg/s"; empty if the watch turns too little to tell. Seen from the world, what a
/// watch feels is gravity and a little more: turned back by the gyroscope it must not spread over
/// all directions. Degrees read as radians do that. The other way round says little, as an arm
/// that swings like a pendulum feels gravity turn with it.
std::string infer_gyro_unit(const std::vector<RealRecording::Stretch>& stretches, double rate_hz);

}  // namespace wrist::report
