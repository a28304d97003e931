// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/converter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/portable_math.h"
#include "sim/base/simd_wide.h"

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

constexpr Index kBlock = 256;  // samples at a time

bool stepping(const LedControl& control) { return control.since_step < control.hold; }

void look(const PpgSpec& spec, double worn_light, double scale, LedControl& c) {
  const double mean = static_cast<double>(c.sum) * scale / kControlSamples;
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
  double rejection, ambient_range;
};

Front front_of(const PpgSpec& spec) {
  return {.led_current = 0,
          .integration = spec.integration,
          .amplifier = spec.amplifier_noise * spec.amplifier_noise,
          .averages = static_cast<double>(spec.averages),
          .driver_noise = spec.driver_noise,
          .scale = count_scale(spec),
          .top = static_cast<double>((1 << spec.bits) - 1),
          .rejection = portable::exp(-spec.ambient_rejection_db / 20 * 2.302585092994046),
          .ambient_range = spec.ambient_range};
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

WRIST_SIMD_WIDE void digitise(const Front& f, const ExposureLanes& in, const Noise& noise,
                              Index count, const ConversionLanes& out) {
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

WRIST_SIMD_WIDE void fill(double value, Index count, double* __restrict x) {
  for (Index i = 0; i < count; ++i) x[i] = value;
}

// Light from outside that the converter takes for its own.
WRIST_SIMD_WIDE void reject(const Front& front, const ExposureLanes& in, Index count,
                            double* __restrict ambient) {
  const double *open = in.ambient, *flicker = in.flicker;
  const double rejection = front.rejection, range = front.ambient_range;
  for (Index i = 0; i < count; ++i) {
    const double outside = open[i] * (1 + flicker[i]), beyond = outside - range;
    ambient[i] = rejection * outside + (1 - rejection) * (beyond > 0 ? beyond : 0);
  }
}

// Bytes may alias anything: in a loop of their own.
WRIST_SIMD_WIDE void flag_ends(const std::int32_t* __restrict counts, std::int32_t top, Index count,
                               std::uint8_t* __restrict flags) {
  for (Index i = 0; i < count; ++i) {
    const int saturated = (counts[i] == 0) | (counts[i] == top);
    flags[i] = static_cast<std::uint8_t>(saturated * kPpgSaturated);
  }
}

void flag_control(const LedControl& control, Index count, std::uint8_t* flags) {
  if (control.low)
    for (Index i = 0; i < count; ++i) flags[i] |= kPpgLowSignal;
  const Index stepping = std::min(count, control.hold - control.since_step);
  for (Index i = 0; i < stepping; ++i) flags[i] |= kPpgCurrentStep;
}

// The samples up to the next look, at most `count`, as digitised: flags, and the look.
Index follow(Converter& c, double scale, Index count, const ConversionLanes& out) {
  LedControl& control = c.control;
  const Index n = std::min(count, kControlSamples - control.samples);
  flag_control(control, n, out.flags);
  std::int32_t sum = 0;
  for (Index i = 0; i < n; ++i) sum += out.counts[i];
  control.sum += sum;
  control.since_step += n;
  control.samples += n;
  if (control.samples == kControlSamples) look(*c.spec, c.worn_light, scale, control);
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
  std::array<double, kBlock> pink;
  read_pink(c.pink, *c.pink_clock, c.done, count, pink.data());
  Front front = front_of(*c.spec);
  reject(front, in, count, out.ambient);
  for (Index i = 0; i < count;) {
    front.led_current = c.control.current;
    const ConversionLanes rest = from(out, i);
    digitise(front, from(in, i), {c.white.data() + c.done + i, pink.data() + i}, count - i, rest);
    fill(front.led_current, count - i, rest.led_current);
    flag_ends(rest.counts, static_cast<std::int32_t>(front.top), count - i, rest.flags);
    while (i < count && c.control.current == front.led_current)
      i += follow(c, front.scale, count - i, from(out, i));
  }
  c.done += count;
}

}  // namespace

double count_scale(const PpgSpec& spec) { return spec.full_scale / (1 << spec.bits); }

Converter start_converter(const PpgSpec& spec, double worn_light, const PinkClock& clock,
                          const Rng& rng) {
  return {.spec = &spec,
          .pink_clock = &clock,
          .worn_light = worn_light,
          .white = (rng / "white").normals(clock.share.size()),
          .pink = pink_knots(spec.pink_noise, clock, rng / "pink"),
          .control = {}};
}

void convert_next(Converter& converter, const ExposureLanes& exposure, Index count,
                  const ConversionLanes& out) {
  if (converter.done == 0 && count > 0)
    converter.control =
        start_control(*converter.spec, exposure.light[0], converter.pink_clock->rate_hz);
  for (Index i = 0; i < count; i += kBlock)
    convert_block(converter, from(exposure, i), std::min(kBlock, count - i), from(out, i));
}

Conversion convert(const PpgSpec& spec, const Exposure& exposure, double rate_hz, const Rng& rng) {
  const Index count = exposure.light.size();
  Conversion out{{}, Flags(count), Series(count), Series(count), Series(count)};
  out.counts.resize(count);
  const PinkClock clock = pink_clock({0, rate_hz, count});
  Converter converter = start_converter(spec, exposure.worn_light, clock, rng);
  convert_next(converter, {exposure.light.data(), exposure.ambient.data(), exposure.flicker.data()},
               count,
               {out.counts.data(), out.flags.data(), out.led_current.data(), out.ambient.data(),
                out.noise.data()});
  return out;
}

}  // namespace wrist
