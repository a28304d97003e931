// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/converter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sensor_models/signal/noise.h"
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

// 1/f noise below 0.5 Hz: Gauss-Markov states half a decade apart, of equal variance. Knots.
constexpr double kPinkRate = 4;  // Hz; linear in between

Series pink_knots(double sd, const TimeGrid& time, const Rng& rng) {
  constexpr int kPinkStates = 6;
  constexpr double kPinkFastest = 0.318, kPinkRatio = 3.1623;  // s, 1; 1 / (2 pi 0.5 Hz)
  const Index knots =
      static_cast<Index>(static_cast<double>(time.count) * kPinkRate / time.rate_hz) + 2;
  Series slow = Series::Zero(knots);
  if (sd == 0) return slow;
  double correlation_time = kPinkFastest;
  for (std::uint64_t k = 0; k < kPinkStates; ++k, correlation_time *= kPinkRatio)
    slow += gauss_markov({sd / std::sqrt(static_cast<double>(kPinkStates)), correlation_time},
                         kPinkRate, knots, rng / k);
  return slow;
}

constexpr Index kBlock = 256;  // samples at a time

// The knots at `count` samples from `first`.
WRIST_SIMD void read_pink(const double* __restrict knots, double rate_hz, Index first, Index count,
                          double* __restrict pink) {
  const double origin = static_cast<double>(first);
  for (std::int32_t i = 0; i < static_cast<std::int32_t>(count); ++i) {
    const double position = (origin + static_cast<double>(i)) * kPinkRate / rate_hz;
    const std::int32_t k = static_cast<std::int32_t>(position);
    pink[i] = knots[k] + (position - static_cast<double>(k)) * (knots[k + 1] - knots[k]);
  }
}

bool stepping(const LedControl& control) { return control.since_step < control.hold; }

void look(const PpgSpec& spec, double worn_light, LedControl& c) {
  const double mean = c.sum / static_cast<double>(c.samples);
  c.sum = 0;
  c.samples = 0;
  c.low = mean < kLowCurrent * spec.full_scale || mean < kLowLight * worn_light * c.current;
  if (stepping(c)) return;
  const double factor = mean > kTooHigh * spec.full_scale  ? kStepDown
                        : mean < kTooLow * spec.full_scale ? kStepUp
                                                           : 1;
  if (factor == 1) return;
  const double wanted = std::clamp(factor * c.current, spec.led_current_min, spec.led_current_max);
  if (wanted != c.current) c.since_step = 0;
  c.current = wanted;
}

LedControl start_control(const PpgSpec& spec, double first_light, double rate_hz) {
  LedControl control;
  control.current = std::clamp(kTarget * spec.full_scale / first_light, spec.led_current_min,
                               spec.led_current_max);
  control.hold = static_cast<Index>(kHoldTime * rate_hz + 0.5);
  control.since_step = control.hold;
  return control;
}

// What one LED current makes of light.
struct Front {
  double led_current, integration, amplifier, averages, driver_noise, scale, top;
};

Front front_of(const PpgSpec& spec) {
  return {.led_current = 0,
          .integration = spec.integration,
          .amplifier = spec.amplifier_noise * spec.amplifier_noise,
          .averages = static_cast<double>(spec.averages),
          .driver_noise = spec.driver_noise,
          .scale = count_scale(spec),
          .top = static_cast<double>((1 << spec.bits) - 1)};
}

// Standard deviation of one sample, without 1/f noise. A.
[[gnu::always_inline]] inline double noise_sd(const Front& f, double current, double ambient) {
  const double shot = kElementaryCharge * (current + ambient) / f.integration;
  const double driver = f.driver_noise * current;
  return std::sqrt((shot + f.amplifier) / f.averages + driver * driver);
}

struct Noise {
  const double *white, *pink;
};

// As to_count. What is not negative is rounded down by the conversion: floor would not vectorise.
[[gnu::always_inline]] inline std::int32_t count_of(const Front& f, double current) {
  const double raised = current / f.scale + 0.5, most = raised < f.top ? raised : f.top;
  return static_cast<std::int32_t>(most > 0 ? most : 0);
}

WRIST_SIMD void digitise(const Front& f, const ExposureLanes& in, const Noise& noise, Index count,
                         const ConversionLanes& out) {
  const double* __restrict light = in.light;
  const double* __restrict outside = in.ambient;
  const double* __restrict white = noise.white;
  const double* __restrict pink = noise.pink;
  const double* __restrict ambient = out.ambient;
  double* __restrict noises = out.noise;
  std::int32_t* __restrict counts = out.counts;
  const Front front = f;
  for (Index i = 0; i < count; ++i) {
    const double current = front.led_current * light[i];
    const double added = noise_sd(front, current, outside[i]) * white[i] + pink[i] * current;
    noises[i] = added;
    counts[i] = count_of(front, current + ambient[i] + added);
  }
}

// Light from outside that the converter takes for its own.
WRIST_SIMD void reject(double rejection, double range, const ExposureLanes& in, Index count,
                       double* __restrict ambient) {
  const double *open = in.ambient, *flicker = in.flicker;
  for (Index i = 0; i < count; ++i) {
    const double outside = open[i] * (1 + flicker[i]), beyond = outside - range;
    ambient[i] = rejection * outside + (1 - rejection) * (beyond > 0 ? beyond : 0);
  }
}

// Bytes may alias anything: in a loop of their own.
void flag_samples(const LedControl& control, std::int32_t top, Index count,
                  const ConversionLanes& out) {
  const std::int32_t* __restrict counts = out.counts;
  std::uint8_t* __restrict flags = out.flags;
  const std::uint8_t low = control.low ? kPpgLowSignal : std::uint8_t{0};
  for (Index i = 0; i < count; ++i) {
    const int saturated = (counts[i] == 0) | (counts[i] == top);
    flags[i] = static_cast<std::uint8_t>(saturated * kPpgSaturated | low);
  }
  const Index stepping = std::min(count, control.hold - control.since_step);
  for (Index i = 0; i < stepping; ++i) flags[i] |= kPpgCurrentStep;
}

// The samples up to the next look, at most `count`, as digitised: flags, and the look.
Index follow(Converter& c, const Front& front, Index count, const ConversionLanes& out) {
  LedControl& control = c.control;
  const Index n = std::min(count, kControlSamples - control.samples);
  flag_samples(control, static_cast<std::int32_t>(front.top), n, out);
  std::fill_n(out.led_current, n, control.current);
  double sum = control.sum;
  for (Index i = 0; i < n; ++i) sum += out.counts[i] * front.scale;
  control.sum = sum;
  control.since_step += n;
  control.samples += n;
  if (control.samples == kControlSamples) look(*c.spec, c.worn_light, control);
  return n;
}

ExposureLanes from(const ExposureLanes& x, Index i) {
  return {x.light + i, x.ambient + i, x.flicker + i};
}

ConversionLanes from(const ConversionLanes& x, Index i) {
  return {x.counts + i, x.flags + i, x.led_current + i, x.ambient + i, x.noise + i};
}

// At most kBlock samples. The LED current hardly ever changes: all are digitised as if it did not,
// and those after a change again.
void convert_block(Converter& c, const ExposureLanes& in, Index count, const ConversionLanes& out) {
  const PpgSpec& spec = *c.spec;
  const double rejection = portable::exp(-spec.ambient_rejection_db / 20 * 2.302585092994046);
  reject(rejection, spec.ambient_range, in, count, out.ambient);
  std::array<double, kBlock> pink;
  read_pink(c.pink.data(), c.rate_hz, c.done, count, pink.data());
  Front front = front_of(spec);
  for (Index i = 0; i < count;) {
    front.led_current = c.control.current;
    digitise(front, from(in, i), {c.white.data() + c.done + i, pink.data() + i}, count - i,
             from(out, i));
    while (i < count && c.control.current == front.led_current)
      i += follow(c, front, count - i, from(out, i));
  }
  c.done += count;
}

// From a share of a cycle to the light of a lamp, about 0.
WRIST_SIMD void shine(double size, Index count, double* x) {
  for (Index i = 0; i < count; ++i) {
    const portable::SinCos turn = portable::sincos(2 * kPi * x[i]);
    x[i] = size * turn.sin * (1 + 2 * kSecondHarmonic * turn.cos);
  }
}

}  // namespace

double count_scale(const PpgSpec& spec) { return spec.full_scale / (1 << spec.bits); }

Converter start_converter(const PpgSpec& spec, double worn_light, const TimeGrid& time,
                          const Rng& rng) {
  return {.spec = &spec,
          .rate_hz = time.rate_hz,
          .worn_light = worn_light,
          .white = (rng / "white").normals(time.count),
          .pink = pink_knots(spec.pink_noise, time, rng / "pink"),
          .control = {}};
}

void convert_next(Converter& converter, const ExposureLanes& exposure, Index count,
                  const ConversionLanes& out) {
  if (converter.done == 0 && count > 0)
    converter.control = start_control(*converter.spec, exposure.light[0], converter.rate_hz);
  for (Index i = 0; i < count; i += kBlock)
    convert_block(converter, from(exposure, i), std::min(kBlock, count - i), from(out, i));
}

Conversion convert(const PpgSpec& spec, const Exposure& exposure, double rate_hz, const Rng& rng) {
  const Index count = exposure.light.size();
  Conversion out{{}, Flags(count), Series(count), Series(count), Series(count)};
  out.counts.resize(count);
  Converter converter = start_converter(spec, exposure.worn_light, {0, rate_hz, count}, rng);
  convert_next(converter, {exposure.light.data(), exposure.ambient.data(), exposure.flicker.data()},
               count,
               {out.counts.data(), out.flags.data(), out.led_current.data(), out.ambient.data(),
                out.noise.data()});
  return out;
}

Series ambient_current(const PpgSpec& spec, double illuminance_lux,
                       const Eigen::Ref<const Series>& gap_mm) {
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
    flicker[i] = cycles - std::floor(cycles);
  }
  shine(depth / (1 + kSecondHarmonic), time.count, flicker.data());
  return flicker;
}

}  // namespace wrist
