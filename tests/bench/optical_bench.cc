// SPDX-License-Identifier: Apache-2.0
// The optical sensor alone: heart, coupling, light paths and converter of a still minute, by rate
// and number of channels. The counter `realtime` is simulated seconds per second of one core.
#include <benchmark/benchmark.h>
#include <malloc.h>

#include <cmath>

#include "generators/assets.h"
#include "sensor_models/optical/ppg.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

constexpr double kDuration = 60;  // s
constexpr int kDetectors = 4;

// Twelve emitters of three colours round one in the middle, four detectors round them: a layout of
// the kind watches have, `channels` of its light paths.
PpgSpec layout(double rate_hz, int channels) {
  PpgSpec spec;
  spec.name = "ring";
  spec.rate_hz = rate_hz;
  const double colours[] = {525, 660, 850};
  for (int c = 0; c < channels; ++c) {
    const int emitter = c / kDetectors, detector = c % kDetectors;
    const double a = emitter * kPi / 6, b = (detector + 0.5) * kPi / 2;
    const double ring = emitter == 12 ? 0 : 0.0025, far = 0.006;  // m
    PpgChannelSpec path;
    path.name = std::to_string(c);
    path.wavelength_nm = emitter == 12 ? 940 : colours[emitter % 3];
    path.emitter = emitter;
    path.detector = detector;
    const double x = ring * std::cos(a), y = ring * std::sin(a);
    path.distance = std::hypot(far * std::cos(b) - x, far * std::sin(b) - y);
    path.midpoint << (far * std::cos(b) + x) / 2, (far * std::sin(b) + y) / 2;
    spec.channels.push_back(path);
  }
  return spec;
}

// Contact that is nowhere even and never the same, as a strap solver gives it.
PpgTruth restless(double duration) {
  PpgTruth truth;
  truth.time = make_grid(duration, 500);
  const Index n = truth.time.count;
  const Series t = Series::LinSpaced(n, 0, duration);
  truth.accel_along = 3 * (9 * t).sin();
  truth.accel_normal = 2 * (11 * t + 1).sin();
  truth.height = 0.1 * (0.5 * t).sin();
  truth.pressure = 3000 + 500 * (7 * t).sin();
  truth.gap = -1e-4 + 1.5e-4 * (5 * t).sin();
  truth.bulge = 1e-4 * (2 * t).sin();
  truth.tilt = truth.slip = truth.pressure_slope = Series2::Zero(n, 2);
  truth.tilt.col(0) = 0.01 * (3 * t).sin();
  truth.pressure_slope.col(1) = 5e4 * (3 * t).cos();
  return truth;
}

void optical(benchmark::State& state) {
  static const Assets kAssets = load_assets(std::filesystem::path(WRIST_SOURCE_DIR) / "assets");
  const PpgSpec spec =
      layout(static_cast<double>(state.range(0)), static_cast<int>(state.range(1)));
  const PpgUnit unit = build_ppg(spec, kAssets.path_tables, Rng(1));
  const PpgTruth truth = restless(kDuration);
  const TimeGrid clock = sample_grid(unit, kDuration);
  for (auto _ : state) {
    const HeartMotion heart = beat({}, Series::Constant(1, 5.0), clock, Rng(3));
    benchmark::DoNotOptimize(measure(unit, truth, heart, {}, Rng(4)));
  }
  state.counters["realtime"] = benchmark::Counter(
      kDuration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(optical)
    ->ArgNames({"hz", "channels"})
    ->Args({25, 8})
    ->Args({100, 2})
    ->Args({100, 8})
    ->Args({100, 52})
    ->Args({500, 8})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace wrist

int main(int argc, char** argv) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);  // as the program does
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
