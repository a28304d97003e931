// SPDX-License-Identifier: Apache-2.0
/// The converter of one channel: LED current under control, noise, ambient light, counts.
///
///   light x LED current -> + ambient residue -> + shot, amplifier, driver, 1/f noise -> clip
///   -> round; mean of 16 counts -> too high or too low? -> LED current
#pragma once

#include "sensor_models/optical/ppg.h"

namespace wrist {

/// What arrives at one photodiode. N each.
struct Exposure {
  Series light;             // A/A; over LED current
  Series ambient;           // A; unmodulated light from outside, before rejection
  Series flicker;           // 1; of the ambient light, about 0
  double worn_light = 0;    // A/A; what the channel had when the watch was put on
};

/// Counts of one channel, and why. N each.
struct Conversion {
  Eigen::Array<std::int32_t, Eigen::Dynamic, 1> counts;
  Flags flags;
  Series led_current;  // A
  Series ambient;      // A; what the rejection leaves
  Series noise;        // A
};

double count_scale(const PpgSpec& spec);  // A per count

/// Starts with the LED current that brings the first sample to a fifth of full scale.
Conversion convert(const PpgSpec& spec, const Exposure& exposure, double rate_hz, const Rng& rng);

/// Ambient light under one channel: open photodiode current x what a gap lets in.
Series ambient_current(const PpgSpec& spec, double illuminance_lux, const Series& gap_mm);

/// Flicker of lamps on the mains, sampled at the instants of `time`. N, about 0, depth up to 1.
Series mains_flicker(double mains_hz, const TimeGrid& time, const Rng& rng);

}  // namespace wrist
