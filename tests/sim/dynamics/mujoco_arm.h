// SPDX-License-Identifier: Apache-2.0
/// The same arm in MuJoCo, an engine that shares no code with ours.
///
///   JointState -> qpos, qvel, qacc -> mj_inverse -> sensors, torques
///   JointState, torques -> mj_step -> JointState, sensors
///
/// Conventions: a free joint's linear velocity is in the world, its angular velocity in the body; a
/// ball joint's velocity is in the child.
#pragma once

#include <array>

#include "tests/sim/dynamics/mujoco_model.h"

namespace wrist::testing {

class MujocoArm {
 public:
  /// X_FI: a six-axis sensor on the forearm.
  MujocoArm(const ArmModel& arm, const Pose& X_FI, const MujocoOptions& options = {})
      : thorax_mass_(options.thorax_mass) {
    const std::string text = MujocoText(arm, X_FI, options).mjcf();
    mjVFS* vfs = new mjVFS;
    mj_defaultVFS(vfs);
    mj_makeEmptyFileVFS(vfs, "arm.xml", static_cast<int>(text.size()));
    std::copy(text.begin(), text.end(), static_cast<char*>(vfs->filedata[0]));
    char fault[1000] = "";
    model_.reset(mj_loadXML("arm.xml", vfs, fault, sizeof fault));
    mj_deleteVFS(vfs);
    delete vfs;
    require(model_ != nullptr, ErrorKind::internal, std::string("MuJoCo: ") + fault + "\n" + text);
    state_.reset(mj_makeData(model_.get()));
    for (int b = 0; b < kBodies; ++b) {
      const int j = joint(to_string(static_cast<Body>(b)));
      q_[static_cast<std::size_t>(b)] = model_->jnt_qposadr[j];
      v_[static_cast<std::size_t>(b)] = model_->jnt_dofadr[j];
    }
    sensors_ = {sensor("accelerometer"), sensor("gyroscope")};
    force_.resize(static_cast<std::size_t>(model_->nv));
  }

  struct Felt {
    Eigen::Vector3d specific_force_I, w_I;  // m/s2, rad/s
  };
  struct Answer : Felt {
    JointVector torques;
  };

  Answer inverse(const JointState& s) {
    set_joints(s);
    write_rates(state_->qacc, {s.alpha_TU_U, s.qdd});
    write(state_->qacc, s.a_WT), write(state_->qacc + 3, s.alpha_WT_T);
    mj_inverse(model_.get(), state_.get());
    return {felt(), read_rates(state_->qfrc_inverse)};
  }
  /// The engine's work alone, on the state set last: for timing.
  void inverse_again() { mj_inverse(model_.get(), state_.get()); }

  /// Angles and rates; the thorax's too where it is a body.
  void set_joints(const JointState& s) {
    write(state_->qpos + q_[0], s.R_TU);
    for (std::size_t b = 1; b < kBodies; ++b) state_->qpos[q_[b]] = s.q[static_cast<Index>(b) - 1];
    write_rates(state_->qvel, {s.w_TU_U, s.qd});
    if (thorax_mass_ == 0) return;
    write(state_->qpos, s.X_WT.p), write(state_->qpos + 3, s.X_WT.R);
    write(state_->qvel, s.v_WT), write(state_->qvel + 3, s.w_WT_T);
  }
  /// Angles and rates of the arm into `s`.
  void get_joints(JointState& s) const {
    const mjtNum* q = state_->qpos + q_[0];
    s.R_TU = {q[0], q[1], q[2], q[3]};
    for (std::size_t b = 1; b < kBodies; ++b) s.q[static_cast<Index>(b) - 1] = state_->qpos[q_[b]];
    const JointVector rates = read_rates(state_->qvel);
    s.w_TU_U = rates.shoulder, s.qd = rates.hinges;
  }

  /// Held until set anew: torques of the joints, and what moves a thorax far heavier than the arm
  /// as `s` says, without the arm's leave.
  void apply(const JointVector& torques, const JointState& s) {
    write_rates(state_->qfrc_applied, torques);
    if (thorax_mass_ == 0) return;
    const Eigen::Vector3d lift = s.a_WT + Eigen::Vector3d(0, 0, kGravity);
    write(state_->qfrc_applied, Eigen::Vector3d(thorax_mass_ * lift));
    write(state_->qfrc_applied + 3, Eigen::Vector3d(thorax_mass_ * s.alpha_WT_T));
  }
  void step() { mj_step(model_.get(), state_.get()); }
  /// What the sensor feels now, under what is applied.
  Felt feel() {
    mj_forward(model_.get(), state_.get());
    return felt();
  }

  /// A step in halves: what hangs on angles and rates, then, by the cheapest way the engine has,
  /// the torques for the accelerations in `s` besides `extra`, and the rest. For a thorax that
  /// stands.
  void step_begin() { mj_step1(model_.get(), state_.get()); }
  void step_accelerating(const JointState& s, const JointVector& extra) {
    write_rates(force_.data(), {s.alpha_TU_U, s.qdd});
    mj_mulM(model_.get(), state_.get(), state_->qfrc_applied, force_.data());
    mju_addTo(state_->qfrc_applied, state_->qfrc_bias, model_->nv);
    write_rates(force_.data(), extra);
    mju_addTo(state_->qfrc_applied, force_.data(), model_->nv);
    mj_step2(model_.get(), state_.get());
  }
  Felt felt() const {
    const auto at = [this](int address) -> Eigen::Vector3d {
      return Eigen::Map<const Eigen::Vector3d>(state_->sensordata + address);
    };
    return {at(sensors_[0]), at(sensors_[1])};
  }
  int contact_count() const { return state_->ncon; }

 private:
  static void write(mjtNum* to, const Eigen::Vector3d& v) { std::copy(v.data(), v.data() + 3, to); }
  static void write(mjtNum* to, const Eigen::Quaterniond& q) {
    to[0] = q.w(), to[1] = q.x(), to[2] = q.y(), to[3] = q.z();
  }
  void write_rates(mjtNum* to, const JointVector& v) const {
    write(to + v_[0], v.shoulder);
    for (std::size_t b = 1; b < kBodies; ++b) to[v_[b]] = v.hinges[static_cast<Index>(b) - 1];
  }
  JointVector read_rates(const mjtNum* from) const {
    JointVector v;
    v.shoulder = Eigen::Map<const Eigen::Vector3d>(from + v_[0]);
    for (std::size_t b = 1; b < kBodies; ++b) v.hinges[static_cast<Index>(b) - 1] = from[v_[b]];
    return v;
  }
  int joint(const std::string& name) const {
    const int id = mj_name2id(model_.get(), mjOBJ_JOINT, name.c_str());
    require(id >= 0, ErrorKind::internal, "MuJoCo has no joint " + name);
    return id;
  }
  int sensor(const char* name) const {
    return model_->sensor_adr[mj_name2id(model_.get(), mjOBJ_SENSOR, name)];
  }

  struct Release {
    void operator()(mjModel* m) const { mj_deleteModel(m); }
    void operator()(mjData* d) const { mj_deleteData(d); }
  };
  double thorax_mass_;  // kg
  std::unique_ptr<mjModel, Release> model_;
  std::unique_ptr<mjData, Release> state_;
  std::array<int, kBodies> q_{}, v_{};  // addresses
  std::array<int, 2> sensors_{};
  std::vector<mjtNum> force_;
};

}  // namespace wrist::testing
