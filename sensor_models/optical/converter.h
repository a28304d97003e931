// SPDX-License-Identifier: Apache-2.0
/// The converter of one channel: LED current under control, noise, ambient light, counts.
///
///   light x LED current -> + ambient residue -> + shot, amplifier, driver, 1/f noise -> clip
///   -> round; mean of 16 counts -> too high or too low? -> LED current
#pragma once

#include "sensor_models/optical/pink.h"
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

/// The LED current of one channel, looked at every 16 samples.
struct LedControl {
  double current = 0;  // A
  Index sum = 0;       // of the counts since the last look
  Index samples = 0, since_step = 0, hold = 0;
  bool low = false;  // too little light
};

/// One channel on its way through a recording: what a sample leaves to the next.
struct Converter {
  const PpgSpec* spec = nullptr;
  const PinkClock* pink_clock = nullptr;
  double worn_light = 0;  // A/A; as in Exposure
  Series white;           // 1; of all samples
  Series pink;            // of the current; knots
  LedControl control;
  Index done = 0;  // samples
};

/// For all samples of `clock`. It and `spec` must outlive the converter.
Converter start_converter(const PpgSpec& spec, double worn_light, const PinkClock& clock,
                          const Rng& rng);

/// As Exposure, some samples of it.
struct ExposureLanes {
  const double *light, *ambient, *flicker;
};

/// As Conversion, room for some samples.
struct ConversionLanes {
  std::int32_t* counts;
  std::uint8_t* flags;
  double *led_current, *ambient, *noise;
};

/// The next `count` samples. The LED current starts with what brings the very first one to a fifth
/// of full scale.
void convert_next(Converter& converter, const ExposureLanes& exposure, Index count,
                  const ConversionLanes& out);

/// All of one channel at once.
Conversion convert(const PpgSpec& spec, const Exposure& exposure, double rate_hz, const Rng& rng);

/// Ambient light under one channel: open photodiode current x what a gap lets in. A, N.
void ambient_current(const PpgSpec& spec, double illuminance_lux, const double* gap_mm, Index count,
                     double* ambient);
Series ambient_current(const PpgSpec& spec, double illuminance_lux,
                       const Eigen::Ref<const Series>& gap_mm);

/// Flicker of lamps on the mains, sampled at the instants of `time`. N, about 0, depth up to 1.
Series mains_flicker(double mains_hz, const TimeGrid& time, const Rng& rng);

}  // namespace wrist
