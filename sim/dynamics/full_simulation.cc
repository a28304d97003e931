// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/full_simulation.h"

#include <cmath>

#include "sim/base/error.h"
#include "sim/dynamics/arm_world.h"
#include "sim/dynamics/joint_impedance.h"
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
  require(options.impedance >= 0, ErrorKind::usage,
          "full simulation: expected impedance of 0 or above, found " +
              std::to_string(options.impedance));
  if (options.surface)
    require(options.surface->material.stiffness > 0 && options.surface->material.loss_s >= 0 &&
                options.surface->mass >= 0,
            ErrorKind::usage, "full simulation: expected a surface with a stiffness above 0");
  if (options.held) check(*options.held);
}

void write(RigidSeries& series, Index n, const BodyState& body) {
  set_quaternion(series.R_WB, n, body.X_WB.R);
  series.p_WB.row(n) = body.X_WB.p.transpose();
  series.w_WB_B.row(n) = body.w_B.transpose();
  series.alpha_WB_B.row(n) = body.alpha_B.transpose();
  series.specific_force_B.row(n) = body.force_B.transpose();
}

double squared(const JointVector& v) { return v.shoulder.squaredNorm() + v.hinges.square().sum(); }

ContactSurface pads(const FullOptions& options) {
  return {options.contacts ? options.contact_stiffness : 0, options.contact_damping,
          options.contact_friction};
}

// What the caller says, else what the motion says.
std::vector<Carried> carried_in(const ArmModel& arm, const JointMotion& motion,
                                const FullOptions& options) {
  if (options.held) return {{*options.held, "", {{}}}};
  return carried_objects(arm, motion.events);
}

std::vector<HeldObject> objects_of(const std::vector<Carried>& carried) {
  std::vector<HeldObject> objects;
  for (const Carried& c : carried) objects.push_back(c.object);
  return objects;
}

// The watch on the arm, and what the other hand does to it.
struct Worn {
  const Wearing& wearing;
  Pose X_FC;  // nominal
  RidingWatch riding;
  WatchPress press;
  Series force;             // N; of the press, per step
  ExternalWrench reaction;  // on the forearm, one step late
};

// The arm in the engine: one call per sample of the motion.
class Player {
 public:
  Player(const ArmModel& arm, const JointMotion& motion, const FullOptions& options, Worn* worn)
      : arm_(arm),
        options_(options),
        worn_(worn),
        wanted_{fit_splines(motion), integration_grid(motion, options.rate_hz), {}, 0},
        gains_(critically_damped(options.tracking_frequency_hz)),
        impedance_(joint_impedance(arm, options.impedance)),
        carried_(carried_in(arm, motion, options)),
        shares_(carried_.size(), 1),
        world_(arm, pads(options), 1 / options.rate_hz, objects_of(carried_)),
        blows_(arm, wanted_.splines, options.contacts ? motion.contacts : std::vector<Contact>{},
               options.surface, carried_),
        log_(wanted_.grid),
        velocities_(options.follow.size(), Series3::Zero(wanted_.grid.count, 3)) {
    for (const Contact& contact : motion.contacts) log_.add_pair(touch_name(contact));
    world_.set_joints(half_step_back(wanted_.at(0), 1 / options.rate_hz));
    world_.forgive_overlap();
  }

  PlayedArm play();

 private:
  BodyState step(Index n);
  void follow(Index n, const std::array<BodyState, kBodies>& states);
  JointVector muscles(const JointState& target, const std::array<BodyState, kBodies>& states);
  void carry(double time_s);
  void note_hand_contacts(const std::array<BodyState, kBodies>& states);

  const ArmModel& arm_;
  const FullOptions& options_;
  Worn* worn_;
  Wanted wanted_;
  TrackingGains gains_;
  JointImpedance impedance_;
  std::vector<Carried> carried_;
  std::vector<double> shares_;  // of them, now
  ArmWorld world_;
  WorldContacts blows_;
  ContactLog log_;
  std::vector<ExternalWrench> loads_, wrenches_;
  std::vector<Touching> touching_;
  std::array<std::array<std::size_t, kBodies>, kBodies> hand_pairs_{};  // index + 1; 0: not yet
  std::vector<Series3> velocities_;
  double error_ = 0;
};

void Player::follow(Index n, const std::array<BodyState, kBodies>& states) {
  for (std::size_t k = 0; k < options_.follow.size(); ++k) {
    const BodyState& s = states[static_cast<std::size_t>(options_.follow[k].body)];
    velocities_[k].row(n) = (s.X_WB.R * (s.v_B + s.w_B.cross(options_.follow[k].p_B))).transpose();
  }
}

// The muscles know the watch and what is held as parts of the arm, and what its joints do to the
// motion that is meant.
JointVector Player::muscles(const JointState& target,
                            const std::array<BodyState, kBodies>& states) {
  loads_.clear();
  if (worn_) {
    const BodyState& forearm = states[static_cast<std::size_t>(Body::forearm)];
    loads_.push_back(
        watch_reaction(worn_->wearing.case_spec, worn_->X_FC, felt_at(forearm, worn_->X_FC)));
  }
  for (std::size_t i = 0; i < carried_.size(); ++i)
    if (shares_[i] > 0)
      loads_.push_back(
          held_load(carried_[i].object, states[static_cast<std::size_t>(Body::hand)], shares_[i]));
  JointVector torques = inverse_dynamics(arm_, states, loads_);
  const double h = 1 / options_.rate_hz;
  torques.hinges -= passive_torques(impedance_, target.q, target.qd - h / 2 * target.qdd);
  return torques;
}

void Player::carry(double time_s) {
  for (std::size_t i = 0; i < carried_.size(); ++i) {
    const double share = carried_[i].share(time_s);
    if (share == shares_[i]) continue;
    shares_[i] = share;
    world_.carry(i, share);
  }
}

// Pads of the hand on each other, as Bullet found them; the speeds are those before the touch.
void Player::note_hand_contacts(const std::array<BodyState, kBodies>& states) {
  const auto speed_of = [&states](Body b, const HandContact& c) {
    const BodyState& s = states[static_cast<std::size_t>(b)];
    const Eigen::Vector3d p_B = s.X_WB.R.conjugate() * (c.p_W - s.X_WB.p);
    return c.normal_W.dot(s.X_WB.R * (s.v_B + s.w_B.cross(p_B)));
  };
  for (const HandContact& c : world_.contacts()) {
    std::size_t& pair =
        hand_pairs_[static_cast<std::size_t>(c.finger)][static_cast<std::size_t>(c.on)];
    if (pair == 0)
      pair = 1 + log_.add_pair("contact:" + to_string(c.finger) + "-" +
                               (c.on == Body::hand ? "palm" : to_string(c.on)));
    touching_.push_back({pair - 1, c.force, speed_of(c.on, c) - speed_of(c.finger, c)});
  }
}

BodyState Player::step(Index n) {
  const double h = 1 / options_.rate_hz, time_s = wanted_.grid.time(n);
  const JointState& target = wanted_.at(n);
  JointState before = target;  // the thorax goes where it is told
  world_.get_joints(before);
  error_ += squared(tracking_error(target, before));

  carry(time_s);
  const auto states = body_states(arm_, command(target, before, gains_, h));
  JointVector torques = muscles(target, states);
  torques.hinges += passive_torques(impedance_, before.q, before.qd);

  wrenches_.clear();
  touching_.clear();
  if (worn_) wrenches_.push_back(n == 0 ? loads_.front() : worn_->reaction);
  if (n == options_.push.step)
    wrenches_.insert(wrenches_.end(), options_.push.wrenches.begin(), options_.push.wrenches.end());
  follow(n, states);
  blows_.act(time_s, h, target, states, wrenches_, touching_);
  world_.step(before, torques, wrenches_);

  JointState after = before;
  world_.get_joints(after);
  check(after, time_s);
  note_hand_contacts(states);
  const auto felt = body_states(arm_, at_midpoint(before, after, h), Body::forearm);
  const BodyState& forearm = felt[static_cast<std::size_t>(Body::forearm)];
  if (worn_) {
    if (n > 0 && options_.contacts)
      worn_->force[n] = worn_->press.force(time_s, h, worn_->riding.motion(), touching_);
    worn_->reaction = worn_->riding.ride(forearm, worn_->force[n]);
  }
  log_.record(n, touching_);
  return forearm;
}

PlayedArm Player::play() {
  const TimeGrid& grid = wanted_.grid;
  PlayedArm played;
  played.forearm = make_rigid_series(grid);
  for (Index n = 0; n < grid.count; ++n) write(played.forearm, n, step(n));
  played.contact_force = log_.force();
  played.touches = log_.finish();
  played.velocities = std::move(velocities_);
  played.tracking_error_rad =
      std::sqrt(error_ / static_cast<double>(kDegreesOfFreedom * grid.count));
  return played;
}

// What the arm was meant to do reaches the strap as it is; what was done to it, through the flesh.
void soften(RigidSeries& station, const RigidSeries& meant, const TissueModes& modes) {
  const auto softened = [&](Series3& felt, const Series3& planned) {
    felt = planned + through_modes(felt - planned, station.time.rate_hz, modes);
  };
  softened(station.specific_force_B, meant.specific_force_B);
  softened(station.w_WB_B, meant.w_WB_B);
  softened(station.alpha_WB_B, meant.alpha_WB_B);
}

}  // namespace

PlayedArm play_arm(const ArmModel& arm, const JointMotion& motion, const FullOptions& options) {
  check(options);
  return Player(arm, motion, options, nullptr).play();
}

FullMotion simulate_full(const ArmModel& arm, const JointMotion& motion, const Wearing& wearing,
                         const FullOptions& options) {
  check(options);
  const Pose X_FS = strap_station(arm, wearing.wear);
  const TimeGrid grid = integration_grid(motion, options.rate_hz);
  Worn worn{wearing,
            X_FS * nominal_case_pose(arm.side, wearing),
            RidingWatch(X_FS, arm.side, wearing, options.rate_hz),
            WatchPress(wearing.case_spec, motion.contacts, options.surface),
            Series::Zero(grid.count),
            {}};
  PlayedArm played = Player(arm, motion, options, &worn).play();

  FullMotion full;
  full.station = shift(played.forearm, X_FS);
  if (options.modes) {
    const RigidSeries meant = body_motion(arm, fit_splines(motion), Body::forearm, grid, X_FS);
    soften(full.station, meant, *options.modes);
  }
  full.forearm = std::move(played.forearm);
  full.worn = wear_pressed(full.station, arm.side, wearing, worn.force);
  for (const Touch& touch : played.touches) full.contacts.push_back(touch.event);
  full.touches = std::move(played.touches);
  full.contact_force = largest_since(played.contact_force, grid, full.worn.contact_time);
  full.tracking_error_rad = played.tracking_error_rad;
  return full;
}

}  // namespace wrist
