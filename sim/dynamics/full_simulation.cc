// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/full_simulation.h"

#include <cmath>

#include "sim/base/error.h"
#include "sim/dynamics/contact_log.h"
#include "sim/dynamics/tracking.h"
#include "sim/dynamics/watch_load.h"

namespace wrist {
namespace {

constexpr Index kBlock = 1024;     // samples of the motion evaluated at once
constexpr double kRunaway = 2000;  // rad/s; no finger is that fast

TimeGrid integration_grid(const JointMotion& motion, double rate_hz) {
  const double span = motion.time.end() - motion.time.start_s;
  return {motion.time.start_s, rate_hz, static_cast<Index>(std::floor(span * rate_hz + 1e-6)) + 1};
}

// The motion to follow, a block of it at a time: a whole clip of joint states would not fit the
// cache.
struct Wanted {
  JointSplines splines;
  TimeGrid grid;
  std::vector<JointState> block;
  Index begin = 0;

  const JointState& at(Index n) {
    if (block.empty() || n >= begin + kBlock) {
      begin = n;
      block = joint_states(splines, {grid.time(n), grid.rate_hz, std::min(kBlock, grid.count - n)});
    }
    return block[static_cast<std::size_t>(n - begin)];
  }
};

// Leapfrog: the engine starts with the rates of half a step before the first sample.
JointState half_step_back(JointState s, double h) {
  s.w_TU_U -= h / 2 * s.alpha_TU_U;
  s.qd -= h / 2 * s.qdd;
  return s;
}

void check(const JointState& s, double time_s) {
  const bool sound = s.qd.isFinite().all() && s.w_TU_U.allFinite() && s.alpha_TU_U.allFinite() &&
                     s.qd.abs().maxCoeff() < kRunaway && s.w_TU_U.norm() < kRunaway;
  require(sound, ErrorKind::internal,
          "full simulation: expected a finite motion of the arm, found it running away at " +
              std::to_string(time_s) + " s");
}

void check(const FullOptions& options) {
  const auto positive = [](double value, const char* name) {
    require(std::isfinite(value) && value > 0, ErrorKind::usage,
            std::string("full simulation: expected ") + name + " above 0, found " +
                std::to_string(value));
  };
  positive(options.rate_hz, "rate_hz");
  positive(options.tracking_frequency_hz, "tracking_frequency_hz");
  require(options.contact_stiffness >= 0 && options.contact_damping >= 0 &&
              options.contact_friction >= 0,
          ErrorKind::usage, "full simulation: expected contact parameters of 0 or above");
}

void write(RigidSeries& series, Index n, const BodyState& body) {
  set_quaternion(series.R_WB, n, body.X_WB.R);
  series.p_WB.row(n) = body.X_WB.p.transpose();
  series.w_WB_B.row(n) = body.w_B.transpose();
  series.alpha_WB_B.row(n) = body.alpha_B.transpose();
  series.specific_force_B.row(n) = body.force_B.transpose();
}

double squared(const JointVector& v) { return v.shoulder.squaredNorm() + v.hinges.square().sum(); }

}  // namespace

FullMotion simulate_full(const ArmModel& arm, const JointMotion& motion, const Wearing& wearing,
                         const FullOptions& options) {
  check(options);
  Wanted wanted{fit_splines(motion), integration_grid(motion, options.rate_hz), {}, 0};
  const TimeGrid& grid = wanted.grid;
  const double h = 1 / grid.rate_hz;
  const TrackingGains gains = critically_damped(options.tracking_frequency_hz);
  const Pose X_FS = strap_station(arm, wearing.wear);
  const Pose X_FC = X_FS * nominal_case_pose(arm.side, wearing);

  ArmWorld world(arm,
                 {options.contact_stiffness, options.contact_damping, options.contact_friction}, h);
  world.set_joints(half_step_back(wanted.at(0), h));
  RidingWatch watch(X_FS, arm.side, wearing, grid.rate_hz);
  ContactLog log(grid);
  FullMotion full{make_rigid_series(grid), {}, {}, {}, {}, 0};

  ExternalWrench reaction;  // of the watch, one step late
  double error = 0;
  for (Index n = 0; n < grid.count; ++n) {
    const JointState& target = wanted.at(n);
    JointState before = target;  // the thorax goes where it is told
    world.get_joints(before);
    error += squared(tracking_error(target, before));

    // The muscles know the watch as a part of the forearm.
    const auto states = body_states(arm, command(target, before, gains, h));
    const BodyState& planned = states[static_cast<std::size_t>(Body::forearm)];
    const ExternalWrench load = watch_reaction(wearing.case_spec, X_FC, felt_at(planned, X_FC));
    if (n == 0) reaction = load;
    world.step(before, inverse_dynamics(arm, states, {&load, 1}), reaction);

    JointState after = before;
    world.get_joints(after);
    check(after, grid.time(n));
    const auto felt = body_states(arm, at_midpoint(before, after, h));
    const BodyState& forearm = felt[static_cast<std::size_t>(Body::forearm)];
    write(full.forearm, n, forearm);
    reaction = watch.ride(forearm);
    log.record(n, world.contacts());
  }
  full.station = shift(full.forearm, X_FS);
  full.worn = wear_strapped(full.station, arm.side, wearing);
  full.contacts = log.finish();
  full.contact_force = log.force(full.worn.contact_time);
  full.tracking_error_rad = std::sqrt(error / static_cast<double>(kDegreesOfFreedom * grid.count));
  return full;
}

}  // namespace wrist
