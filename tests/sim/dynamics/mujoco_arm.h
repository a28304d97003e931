// SPDX-License-Identifier: Apache-2.0
/// The same arm for MuJoCo, an engine that shares no code with ours.
///
///   ArmModel -> MJCF text -> mjModel; JointState -> qpos, qvel, qacc -> mj_inverse -> sensors,
///   torques
///
/// Conventions: a free joint's linear velocity is in the world, its angular velocity in the body; a
/// ball joint's velocity is in the child. MuJoCo refuses massless bodies, so a carrier of an axis
/// and the body it carries are one body with two joints.
#pragma once

#include <mujoco/mujoco.h>

#include <iomanip>
#include <memory>
#include <sstream>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/rnea.h"

namespace wrist::testing {

class MujocoArm {
 public:
  /// X_FI: a six-axis sensor on the forearm.
  MujocoArm(const ArmModel& arm, const Pose& X_FI) : arm_(arm), X_FI_(X_FI) {
    const std::string text = mjcf();
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
  }

  struct Answer {
    Eigen::Vector3d specific_force_I, w_I;  // m/s2, rad/s
    JointVector torques;
  };

  /// The engine's work alone, on the state set last: for timing.
  void inverse_again() { mj_inverse(model_.get(), state_.get()); }

  Answer inverse(const JointState& s) {
    set(joint("thorax"), {s.X_WT.p, s.X_WT.R, s.v_WT, s.w_WT_T, s.a_WT, s.alpha_WT_T});
    set_ball(joint("upper_arm"), s);
    for (int b = 1; b < kBodies; ++b) {
      const int j = joint(to_string(static_cast<Body>(b)));
      state_->qpos[model_->jnt_qposadr[j]] = s.q[b - 1];
      state_->qvel[model_->jnt_dofadr[j]] = s.qd[b - 1];
      state_->qacc[model_->jnt_dofadr[j]] = s.qdd[b - 1];
    }
    mj_inverse(model_.get(), state_.get());
    return answer();
  }

 private:
  struct FreeMotion {
    Eigen::Vector3d p;
    Eigen::Quaterniond R;
    Eigen::Vector3d v, w, a, alpha;
  };

  static void write(mjtNum* to, const Eigen::Vector3d& v) { std::copy(v.data(), v.data() + 3, to); }
  static void write(mjtNum* to, const Eigen::Quaterniond& q) {
    to[0] = q.w(), to[1] = q.x(), to[2] = q.y(), to[3] = q.z();
  }

  int joint(const std::string& name) const {
    const int id = mj_name2id(model_.get(), mjOBJ_JOINT, name.c_str());
    require(id >= 0, ErrorKind::internal, "MuJoCo has no joint " + name);
    return id;
  }

  void set(int j, const FreeMotion& m) {
    write(state_->qpos + model_->jnt_qposadr[j], m.p);
    write(state_->qpos + model_->jnt_qposadr[j] + 3, m.R);
    write(state_->qvel + model_->jnt_dofadr[j], m.v);
    write(state_->qvel + model_->jnt_dofadr[j] + 3, m.w);
    write(state_->qacc + model_->jnt_dofadr[j], m.a);
    write(state_->qacc + model_->jnt_dofadr[j] + 3, m.alpha);
  }

  void set_ball(int j, const JointState& s) {
    write(state_->qpos + model_->jnt_qposadr[j], s.R_TU);
    write(state_->qvel + model_->jnt_dofadr[j], s.w_TU_U);
    write(state_->qacc + model_->jnt_dofadr[j], s.alpha_TU_U);
  }

  Answer answer() const {
    const auto sensor = [this](const char* name) -> Eigen::Vector3d {
      const int id = mj_name2id(model_.get(), mjOBJ_SENSOR, name);
      return Eigen::Map<const Eigen::Vector3d>(state_->sensordata + model_->sensor_adr[id]);
    };
    Answer a{sensor("accelerometer"), sensor("gyroscope"), {}};
    const mjtNum* torque = state_->qfrc_inverse;
    a.torques.shoulder =
        Eigen::Map<const Eigen::Vector3d>(torque + model_->jnt_dofadr[joint("upper_arm")]);
    for (int b = 1; b < kBodies; ++b)
      a.torques.hinges[b - 1] = torque[model_->jnt_dofadr[joint(to_string(static_cast<Body>(b)))]];
    return a;
  }

  static std::string text(const Eigen::Vector3d& v) {
    std::ostringstream s;
    s << std::setprecision(17) << '"' << v.x() << ' ' << v.y() << ' ' << v.z() << '"';
    return s.str();
  }
  static std::string text(const Eigen::Quaterniond& q) {
    std::ostringstream s;
    s << std::setprecision(17) << '"' << q.w() << ' ' << q.x() << ' ' << q.y() << ' ' << q.z()
      << '"';
    return s.str();
  }

  static std::string joint_text(int b, const ArmBody& body) {
    const std::string name = " name=\"" + to_string(static_cast<Body>(b)) + "\"";
    return b == 0 ? "<joint type=\"ball\"" + name + "/>"
                  : "<joint type=\"hinge\"" + name + " axis=" + text(body.axis) + "/>";
  }

  std::string body_text(int b) const {
    const ArmBody& first = arm_.bodies[static_cast<std::size_t>(b)];
    std::string out = "<body pos=" + text(first.p_PJ) +
                      " quat=" + text(Eigen::Quaterniond(first.R_PJ)) + ">" + joint_text(b, first);
    if (first.mass == 0) {  // a carrier and what it carries
      ++b;
      const ArmBody& second = arm_.bodies[static_cast<std::size_t>(b)];
      require(second.parent == b - 1 && second.p_PJ.isZero() && second.R_PJ.isIdentity(),
              ErrorKind::internal, "a carrier's child must share its frame");
      out += joint_text(b, second);
    }
    const ArmBody& body = arm_.bodies[static_cast<std::size_t>(b)];
    std::ostringstream mass;
    mass << std::setprecision(17) << body.mass;
    out += "<inertial pos=" + text(body.p_BCm) + " mass=\"" + mass.str() +
           "\" diaginertia=" + text(body.inertia.diagonal()) + "/>\n";
    if (b == static_cast<int>(Body::forearm))
      out += "<site name=\"watch\" pos=" + text(X_FI_.p) + " quat=" + text(X_FI_.R) + "/>";
    for (int child = b + 1; child < kBodies; ++child)
      if (arm_.bodies[static_cast<std::size_t>(child)].parent == b) out += body_text(child);
    return out + "</body>\n";
  }

  std::string mjcf() const {
    return "<mujoco><compiler angle=\"radian\" inertiafromgeom=\"false\"/><option gravity=" +
           text(Eigen::Vector3d(0, 0, -kGravity)) +
           "/><worldbody><body><joint type=\"free\" name=\"thorax\"/>"
           "<inertial pos=\"0 0 0\" mass=\"40\" diaginertia=\"1 1 1\"/>\n" +
           body_text(0) +
           "</body></worldbody><sensor>"
           "<accelerometer name=\"accelerometer\" site=\"watch\"/>"
           "<gyro name=\"gyroscope\" site=\"watch\"/></sensor></mujoco>";
  }

  struct Release {
    void operator()(mjModel* m) const { mj_deleteModel(m); }
    void operator()(mjData* d) const { mj_deleteData(d); }
  };
  const ArmModel arm_;
  const Pose X_FI_;
  std::unique_ptr<mjModel, Release> model_;
  std::unique_ptr<mjData, Release> state_;
};

}  // namespace wrist::testing
