// SPDX-License-Identifier: Apache-2.0
// Layer 3 on Bullet against MuJoCo: the same arm, motion, controller, pairs of the hand and output,
// step for step, on one core.
//
//   bench_engines [repetitions, default 9]
//
// Both: wanted joint states from splines -> computed torque -> a step of the engine -> what the
// forearm feels. Thorax at rest: MuJoCo's is part of the world (27 degrees of freedom), ours is
// moved as always. MuJoCo gets the cheapest torques it has, M a + bias. "limp" leaves out the
// springs and dampers of the joints, "toned" has them: ours adds them as torques and needs 2 kHz
// for that, MuJoCo has its own, damping implicit. Seconds are CPU time of the thread, the medians
// of runs in turn.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include "sim/dynamics/full_simulation.h"
#include "tests/sim/dynamics/contact_examples.h"
#ifdef WRIST_MUJOCO
#include "tests/sim/dynamics/mujoco_arm.h"
#endif

namespace wrist {
namespace {

struct Run {
  double cpu_s = 0, simulated_s = 0;
  double touching = 0;  // pairs, mean over the steps
  double error = 0;     // rad; rms of the tracking
  double realtime() const { return cpu_s > 0 ? simulated_s / cpu_s : 0; }
};

double cpu_seconds() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

struct Case {
  std::string name;
  JointMotion motion;
  bool contacts;
  bool toned;
  double rate_hz;
};

Run run_ours(const ArmModel& arm, const Case& c) {
  FullOptions options;
  options.rate_hz = c.rate_hz;
  options.contacts = c.contacts;
  options.impedance = c.toned ? 1 : 0;
  const double start = cpu_seconds();
  const PlayedArm played = play_arm(arm, c.motion, options);
  Run run{cpu_seconds() - start, c.motion.time.end(), 0, played.tracking_error_rad};
  for (const Touch& touch : played.touches) run.touching += touch.event.end_s - touch.event.start_s;
  run.touching /= run.simulated_s;
  return run;
}

#ifdef WRIST_MUJOCO
// Critically damped, s; of MuJoCo's contacts: twice the step at 1 kHz, which is the least it takes.
// About 4000 N/m on a fingertip of 6 gram [derived].
constexpr double kContactTime = 0.002;
constexpr Index kBlock = 1024;  // states of the motion evaluated at once, as in play_arm

TimeGrid steps_of(const Case& c) {
  const double span = c.motion.time.end() - c.motion.time.start_s;
  return {c.motion.time.start_s, c.rate_hz, static_cast<Index>(std::floor(span * c.rate_hz)) + 1};
}

Run run_theirs(const ArmModel& arm, const Case& c) {
  testing::MujocoOptions options;
  options.thorax_mass = 0;
  options.step_s = 1 / c.rate_hz;
  options.contact_time_s = c.contacts ? kContactTime : 0;
  JointImpedance impedance = joint_impedance(arm, c.toned ? 1 : 0);
  if (c.toned) options.impedance = impedance;
  testing::MujocoArm engine(arm, Pose{}, options);

  const double start = cpu_seconds();
  const TimeGrid grid = steps_of(c);
  const JointSplines splines = fit_splines(c.motion);
  const TrackingGains gains = critically_damped(FullOptions{}.tracking_frequency_hz);
  RigidSeries felt = make_rigid_series(grid);
  std::vector<JointState> block;
  Run run;
  double error = 0;
  for (Index n = 0; n < grid.count; ++n) {
    const Index k = n % kBlock;
    if (k == 0)
      block = joint_states(splines, {grid.time(n), grid.rate_hz, std::min(kBlock, grid.count - n)});
    const JointState& wanted = block[static_cast<std::size_t>(k)];
    if (n == 0) engine.set_joints(wanted);
    engine.step_begin();
    JointState now = wanted;
    engine.get_joints(now);
    const JointVector apart = tracking_error(wanted, now);
    error += apart.shoulder.squaredNorm() + apart.hinges.square().sum();
    JointVector against;
    if (c.toned) against.hinges = -passive_torques(impedance, wanted.q, wanted.qd);
    engine.step_accelerating(command(wanted, now, gains, 0), against);
    const testing::MujocoArm::Felt chip = engine.felt();
    felt.specific_force_B.row(n) = chip.specific_force_I.transpose();
    felt.w_WB_B.row(n) = chip.w_I.transpose();
    run.touching += engine.contact_count();
  }
  run.cpu_s = cpu_seconds() - start;
  run.simulated_s = c.motion.time.end();
  run.touching /= static_cast<double>(grid.count);
  run.error = std::sqrt(error / static_cast<double>(kDegreesOfFreedom * grid.count));
  return run;
}
#else
Run run_theirs(const ArmModel&, const Case&) { return {}; }
#endif

Run median(std::vector<Run> runs) {
  std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) { return a.cpu_s < b.cpu_s; });
  return runs[runs.size() / 2];
}

// The wave of every joint with the thorax at rest.
JointMotion free_motion(const ArmModel& arm) {
  JointMotion motion = testing::waving_motion(arm, 1, Rng(8));
  const JointMotion rest = rest_motion(arm, motion.time);
  motion.p_WT = rest.p_WT, motion.R_WT = rest.R_WT;
  return motion;
}

std::vector<Case> cases(const ArmModel& arm) {
  const JointMotion wave = free_motion(arm), pinch = testing::pinch_with(arm, 1, 0.002),
                    fist = testing::clench_motion(arm);
  std::vector<Case> all;
  const auto add = [&](bool toned, double rate_hz) {
    all.push_back({"wave, contacts off", wave, false, toned, rate_hz});
    all.push_back({"wave, contacts on", wave, true, toned, rate_hz});
    all.push_back({"pinch", pinch, true, toned, rate_hz});
    all.push_back({"fist", fist, true, toned, rate_hz});
  };
  add(false, 1000), add(false, 4000);
  add(true, 2000), add(true, 4000);
  return all;
}

void print(const Case& c, const Run& ours, const Run& theirs) {
  std::printf("%4.0f Hz  %-5s  %-18s  %6.1f %5.2f %7.1e  %6.1f %5.2f %7.1e  %5.2f\n", c.rate_hz,
              c.toned ? "toned" : "limp", c.name.c_str(), ours.realtime(), ours.touching,
              ours.error, theirs.realtime(), theirs.touching, theirs.error,
              ours.realtime() / theirs.realtime());
}

}  // namespace
}  // namespace wrist

int main(int argc, char** argv) {
  using namespace wrist;
  const int count = argc > 1 ? std::atoi(argv[1]) : 9;
  const ArmModel arm = testing::average_arm();
#ifndef WRIST_MUJOCO
  std::printf("built without MuJoCo (libmujoco-dev): its columns are empty\n");
#endif
  std::printf("simulated s / CPU s, touching pairs (mean), rms of tracking rad\n%36s  %-21s  %s\n",
              "", "ours (Bullet)", "MuJoCo                 ratio");
  for (const Case& c : cases(arm)) {
    std::vector<Run> ours, theirs;
    for (int i = 0; i < count; ++i) {
      ours.push_back(run_ours(arm, c));
      theirs.push_back(run_theirs(arm, c));
    }
    print(c, median(ours), median(theirs));
  }
  return 0;
}
