// SPDX-License-Identifier: Apache-2.0
// The whole error model of the inertial sensor on a given truth, six axes at 100 Hz, from 3.2 kHz and
// from 400 Hz; and in the same run what bounds it: moving the truth through memory, and drawing the
// white noise. `realtime` is simulated seconds per second of one core.
#include <benchmark/benchmark.h>

#include <cstring>
#include <vector>

#include "sensor_models/imu/imu_stream.h"
#include "tests/sensor_models/imu/imu_fixture.h"

namespace wrist {
namespace {

constexpr double kDuration = 20;  // s

ImuTruth truth_at(double rate_hz) {
  ImuTruth truth = testing::constant_truth(kDuration, {0, 0, kGravity}, {0, 0, 0}, rate_hz);
  truth.alpha_WI_I = Series3::Zero(truth.time.count, 3);
  for (Index i = 0; i < truth.time.count; ++i)
    for (Index axis = 0; axis < 3; ++axis) {
      const double phase = 2 * kPi * truth.time.time(i) * (1 + 0.7 * static_cast<double>(axis));
      truth.specific_force_I(i, axis) += 6 * portable::sin(phase);
      truth.w_WI_I(i, axis) = 4 * portable::cos(phase);
      truth.alpha_WI_I(i, axis) = -25 * portable::sin(phase);
    }
  return truth;
}

void report(benchmark::State& state) {
  state.counters["realtime"] = benchmark::Counter(
      kDuration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void run(benchmark::State& state, const ImuUnit& unit) {
  const ImuTruth truth = truth_at(static_cast<double>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(measure(unit, truth, Rng(2)));
  report(state);
}

void every_term(benchmark::State& state) { run(state, testing::full_unit(1)); }
BENCHMARK(every_term)->Arg(3200)->Arg(400);

// No error at all: what conversion, filters and sampling cost.
void no_error(benchmark::State& state) {
  run(state, build_imu(testing::ideal_spec(), Rng(1)));
}
BENCHMARK(no_error)->Arg(3200)->Arg(400);

void yardstick_memcpy(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(kDuration * static_cast<double>(state.range(0))) * 6;
  std::vector<double> from(count, 1.), to(count);
  for (auto _ : state) {
    std::memcpy(to.data(), from.data(), count * sizeof(double));
    benchmark::DoNotOptimize(to.data());
    benchmark::ClobberMemory();
  }
  report(state);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(count * sizeof(double)));
}
BENCHMARK(yardstick_memcpy)->Arg(3200)->Arg(400);

void yardstick_normals(benchmark::State& state) {
  const auto count = static_cast<Index>(kDuration * static_cast<double>(state.range(0))) * 6;
  for (auto _ : state)
    for (Index block = 0; block < count / 512; ++block)
      benchmark::DoNotOptimize((Rng(1) / static_cast<std::uint64_t>(block)).normals(512));
  report(state);
}
BENCHMARK(yardstick_normals)->Arg(3200)->Arg(400);

}  // namespace
}  // namespace wrist

BENCHMARK_MAIN();
