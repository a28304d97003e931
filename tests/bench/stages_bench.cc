// SPDX-License-Identifier: Apache-2.0
// Each stage of a recording alone, and MuJoCo replaying the same arm as the yardstick. The counter
// `realtime` is simulated seconds per second of one core.
#include <benchmark/benchmark.h>

#include "generators/assets.h"
#include "motions/movement.h"
#include "sensor_models/imu/imu.h"
#include "sensor_models/optical/ppg.h"
#include "sim/body/arm_motion.h"
#include "sim/body/heart.h"
#include "sim/dynamics/full_simulation.h"
#include "sim/strap/worn_watch.h"
#include "tests/support/subjects.h"
#ifdef WRIST_MUJOCO
#include "tests/sim/dynamics/mujoco_arm.h"
#endif

namespace wrist {
namespace {

constexpr double kDuration = 10;  // s
constexpr double kRate = 4000;    // Hz

const Assets& assets() {
  static const Assets kAssets = load_assets(std::filesystem::path(WRIST_SOURCE_DIR) / "assets");
  return kAssets;
}

JointMotion walk(const ArmModel& arm, double duration) {
  return finish(perform_activity(assets().movement("walk"), arm, make_grid(duration, kMovementRate),
                                 {}, Rng(1), Rng(1)),
                arm, "walk");
}

struct Setup {
  ArmModel arm = build_arm(testing::average_man(), Side::left);
  JointMotion motion = walk(arm, kDuration + 0.1);
  JointSplines splines = fit_splines(motion);
  TimeGrid grid = make_grid(kDuration, kRate);
  WatchSpec watch = assets().watch("generic_100hz");
  WearParams wear;
  Wearing wearing{watch.case_spec, assets().strap("sport_band"), wear, wrist_shape(arm, wear)};
  RigidSeries station = body_motion(arm, splines, Body::forearm, grid, strap_station(arm, wear));
};

const Setup& setup() {
  static const Setup kSetup;
  return kSetup;
}

void report(benchmark::State& state, double duration = kDuration) {
  state.counters["realtime"] = benchmark::Counter(
      duration * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void motion_to_splines(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(fit_splines(setup().motion));
  report(state);
}
BENCHMARK(motion_to_splines);

void kinematics(benchmark::State& state) {
  const Setup& s = setup();
  for (auto _ : state)
    benchmark::DoNotOptimize(
        body_motion(s.arm, s.splines, Body::forearm, s.grid, strap_station(s.arm, s.wear)));
  report(state);
}
BENCHMARK(kinematics);

void strap(benchmark::State& state) {
  const Setup& s = setup();
  for (auto _ : state) benchmark::DoNotOptimize(wear_strapped(s.station, s.arm.side, s.wearing));
  report(state);
}
BENCHMARK(strap);

void inertial(benchmark::State& state) {
  const Setup& s = setup();
  const ImuUnit unit = build_imu(s.watch.imu, Rng(1));
  const ImuTruth truth = imu_truth(s.station, s.watch.X_CI);
  for (auto _ : state) benchmark::DoNotOptimize(measure(unit, truth, Rng(2)));
  report(state);
}
BENCHMARK(inertial);

void optical(benchmark::State& state) {
  const Setup& s = setup();
  const PpgUnit unit = build_ppg(s.watch.optical, assets().path_tables, Rng(1));
  const TimeGrid clock = sample_grid(unit, kDuration);
  const TimeGrid slow = make_grid(kDuration, kContactRate);
  const Series zero = Series::Zero(slow.count);
  PpgTruth truth;
  truth.time = slow;
  truth.accel_along = truth.accel_normal = truth.height = truth.gap = truth.bulge = zero;
  truth.pressure = Series::Constant(slow.count, 4000);
  truth.tilt = truth.slip = truth.pressure_slope = Series2::Zero(slow.count, 2);
  for (auto _ : state) {
    const HeartMotion heart = beat({}, Series::Constant(1, 5.0), clock, Rng(3));
    benchmark::DoNotOptimize(measure(unit, truth, heart, {}, Rng(4)));
  }
  report(state);
}
BENCHMARK(optical);

void bullet(benchmark::State& state) {
  const Setup& s = setup();
  const double duration = 1;
  const JointMotion second = walk(s.arm, duration);
  for (auto _ : state) benchmark::DoNotOptimize(simulate_full(s.arm, second, s.wearing, {}));
  report(state, duration);
}
BENCHMARK(bullet)->Unit(benchmark::kMillisecond);

#ifdef WRIST_MUJOCO
// The yardstick: accelerometer and gyroscope of the same arm by MuJoCo's inverse dynamics, 4 kHz
// too.
void mujoco_inverse(benchmark::State& state) {
  const Setup& s = setup();
  testing::MujocoArm engine(s.arm, strap_station(s.arm, s.wear));
  engine.inverse(joint_states(s.splines, TimeGrid{1, kRate, 1}).front());
  for (auto _ : state) engine.inverse_again();
  report(state, 1 / kRate);
}
BENCHMARK(mujoco_inverse);
#endif

void normals(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Rng(1).normals(40000));
  state.SetItemsProcessed(state.iterations() * 40000);
}
BENCHMARK(normals);

}  // namespace
}  // namespace wrist

BENCHMARK_MAIN();
