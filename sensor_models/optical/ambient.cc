// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sensor_models/optical/converter.h"
#include "sim/base/portable_math.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

// Open photodiode of 7 mm2 in an office of 500 lx: 3 to 6 uA [prior].
constexpr double kAmbientPerLux = 4.5e-6 / 500 / 7e-6;  // A/lx/m2
constexpr double kAmbientContact = 1e-3, kAmbientPerGap = 0.02;  // 1, 1/mm [assumption]
constexpr double kFlickerLeast = 0.05;      // depth 5 to 100 % by kind of lamp [prior]
constexpr double kSecondHarmonic = 0.3162;  // -10 dB [prior]
constexpr double kMainsError = 2e-4;        // 1; grids hold 50 Hz within 10 mHz most of the time

// From a share of a cycle to the light of a lamp, about 0.
WRIST_SIMD_WIDE void shine(double size, Index count, double* x) {
  for (Index i = 0; i < count; ++i) {
    const portable::SinCos turn = portable::sincos(2 * kPi * x[i]);
    x[i] = size * turn.sin * (1 + 2 * kSecondHarmonic * turn.cos);
  }
}

// What a gap lets in, of the current of the open photodiode.
WRIST_SIMD_WIDE void open_current(double open, const double* __restrict gap_mm, Index count,
                                  double* __restrict ambient) {
  for (Index i = 0; i < count; ++i) {
    const double lit = open * (kAmbientContact + kAmbientPerGap * gap_mm[i]);
    ambient[i] = lit < open ? lit : open;
  }
}

}  // namespace

void ambient_current(const PpgSpec& spec, double illuminance_lux, const double* gap_mm, Index count,
                     double* ambient) {
  open_current(kAmbientPerLux * spec.detector_area * illuminance_lux, gap_mm, count, ambient);
}

Series ambient_current(const PpgSpec& spec, double illuminance_lux,
                       const Eigen::Ref<const Series>& gap_mm) {
  Series ambient(gap_mm.size());
  ambient_current(spec, illuminance_lux, gap_mm.data(), gap_mm.size(), ambient.data());
  return ambient;
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
