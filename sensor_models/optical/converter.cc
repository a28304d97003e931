// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/converter.h"

#include <algorithm>
#include <cmath>

#include "sensor_models/signal/noise.h"
#include "sensor_models/signal/sampling.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kElementaryCharge = 1.602176634e-19;  // C; SI 2019

// LED current control, after the policy of Analog Devices' front ends (EngineerZone 30383).
constexpr double kTarget = 0.2;                    // of full scale, at the start [assumption]
constexpr double kTooHigh = 0.88, kTooLow = 0.11;  // of full scale
constexpr double kStepDown = 0.6, kStepUp = 1.5;
constexpr double kHoldTime = 0.3;                  // s; between steps
constexpr Index kControlSamples = 16;

// Light is called too low below either: share of full scale, share of what it was when put on.
constexpr double kLowCurrent = 0.02, kLowLight = 0.3;  // [assumption]

// Open photodiode of 7 mm2 in an office of 500 lx: 3 to 6 uA [prior].
constexpr double kAmbientPerLux = 4.5e-6 / 500 / 7e-6;  // A/lx/m2
constexpr double kAmbientContact = 1e-3, kAmbientPerGap = 0.02;  // 1, 1/mm [assumption]
constexpr double kFlickerLeast = 0.05;      // depth 5 to 100 % by kind of lamp [prior]
constexpr double kSecondHarmonic = 0.3162;  // -10 dB [prior]
constexpr double kMainsError = 2e-4;        // 1; grids hold 50 Hz within 10 mHz most of the time

// 1/f noise below 0.5 Hz: Gauss-Markov states half a decade apart, of equal variance.
Series pink_noise(double sd, const TimeGrid& time, const Rng& rng) {
  constexpr double kPinkRate = 4;  // Hz; linear in between
  constexpr int kPinkStates = 6;
  constexpr double kPinkFastest = 0.318, kPinkRatio = 3.1623;  // s, 1; 1 / (2 pi 0.5 Hz)
  Series pink = Series::Zero(time.count);
  if (sd == 0) return pink;
  const Index knots =
      static_cast<Index>(static_cast<double>(time.count) * kPinkRate / time.rate_hz) + 2;
  Series slow = Series::Zero(knots);
  double correlation_time = kPinkFastest;
  for (std::uint64_t k = 0; k < kPinkStates; ++k, correlation_time *= kPinkRatio)
    slow += gauss_markov({sd / std::sqrt(static_cast<double>(kPinkStates)), correlation_time},
                         kPinkRate, knots, rng / k);
  for (Index i = 0; i < time.count; ++i) {
    const double position = static_cast<double>(i) * kPinkRate / time.rate_hz;
    const Index k = static_cast<Index>(position);
    pink[i] = slow[k] + (position - static_cast<double>(k)) * (slow[k + 1] - slow[k]);
  }
  return pink;
}

// The LED current of one channel, looked at every kControlSamples.
struct LedControl {
  double current = 0;      // A
  double sum = 0;          // of the currents converted since the last look
  Index samples = 0, since_step = 0, hold = 0;
  bool low = false;

  bool stepping() const { return since_step < hold; }

  void look(const PpgSpec& spec, double worn_light) {
    const double mean = sum / static_cast<double>(samples);
    sum = 0;
    samples = 0;
    low = mean < kLowCurrent * spec.full_scale || mean < kLowLight * worn_light * current;
    if (stepping()) return;
    const double factor = mean > kTooHigh * spec.full_scale  ? kStepDown
                          : mean < kTooLow * spec.full_scale ? kStepUp
                                                             : 1;
    const double wanted =
        std::clamp(factor * current, spec.led_current_min, spec.led_current_max);
    if (wanted != current) since_step = 0;
    current = wanted;
  }
};

LedControl start_control(const PpgSpec& spec, double first_light, double rate_hz) {
  LedControl control;
  control.current = std::clamp(kTarget * spec.full_scale / first_light, spec.led_current_min,
                               spec.led_current_max);
  control.hold = static_cast<Index>(kHoldTime * rate_hz + 0.5);
  control.since_step = control.hold;
  return control;
}

// Standard deviation of one sample, without 1/f noise. A.
double noise_sd(const PpgSpec& spec, double current, double ambient) {
  const double shot = kElementaryCharge * (current + ambient) / spec.integration;
  const double amplifier = spec.amplifier_noise * spec.amplifier_noise;
  const double driver = spec.driver_noise * current;
  return std::sqrt((shot + amplifier) / spec.averages + driver * driver);
}

}  // namespace

double count_scale(const PpgSpec& spec) { return spec.full_scale / (1 << spec.bits); }

Conversion convert(const PpgSpec& spec, const Exposure& exposure, double rate_hz, const Rng& rng) {
  const Index count = exposure.light.size();
  const double scale = count_scale(spec);
  const std::int32_t top = (1 << spec.bits) - 1;
  const Series white = (rng / "white").normals(count);
  const Series pink = pink_noise(spec.pink_noise, {0, rate_hz, count}, rng / "pink");

  Conversion out{{}, Flags::Zero(count), Series(count), {}, Series(count)};
  out.counts.resize(count);
  const double rejection = portable::exp(-spec.ambient_rejection_db / 20 * 2.302585092994046);
  const Series outside = exposure.ambient * (1 + exposure.flicker);
  out.ambient = rejection * outside + (1 - rejection) * (outside - spec.ambient_range).max(0.);

  LedControl control = start_control(spec, exposure.light[0], rate_hz);
  for (Index i = 0; i < count; ++i) {
    const double current = control.current * exposure.light[i];
    out.noise[i] = noise_sd(spec, current, exposure.ambient[i]) * white[i] + pink[i] * current;
    out.counts[i] = to_count(current + out.ambient[i] + out.noise[i], scale, 0, top);
    out.led_current[i] = control.current;
    if (out.counts[i] == 0 || out.counts[i] == top) out.flags[i] |= kPpgSaturated;
    if (control.stepping()) out.flags[i] |= kPpgCurrentStep;
    if (control.low) out.flags[i] |= kPpgLowSignal;
    ++control.since_step;
    control.sum += out.counts[i] * scale;
    if (++control.samples == kControlSamples) control.look(spec, exposure.worn_light);
  }
  return out;
}

Series ambient_current(const PpgSpec& spec, double illuminance_lux, const Series& gap_mm) {
  const double open = kAmbientPerLux * spec.detector_area * illuminance_lux;
  return open * (kAmbientContact + kAmbientPerGap * gap_mm).min(1.);
}

Series mains_flicker(double mains_hz, const TimeGrid& time, const Rng& rng) {
  if (mains_hz == 0) return Series::Zero(time.count);
  const double depth = kFlickerLeast + (1 - kFlickerLeast) * (rng / "depth").uniform();
  const double phase = (rng / "phase").uniform();
  // Light follows power: twice the mains.
  const double frequency = 2 * mains_hz * (1 + kMainsError * (2 * (rng / "mains").uniform() - 1));
  Series flicker(time.count);
  for (Index i = 0; i < time.count; ++i) {
    const double cycles = phase + frequency * time.time(i);
    const portable::SinCos turn = portable::sincos(2 * kPi * (cycles - std::floor(cycles)));
    flicker[i] = depth / (1 + kSecondHarmonic) * turn.sin * (1 + 2 * kSecondHarmonic * turn.cos);
  }
  return flicker;
}

}  // namespace wrist
