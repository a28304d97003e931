// SPDX-License-Identifier: Apache-2.0
/// The arm as text for MuJoCo, an engine that shares no code with ours.
///
///   ArmModel -> bodies, joints, springs, capsules -> MJCF -> mjModel
///
/// MuJoCo refuses massless bodies, so a carrier of an axis and the body it carries are one body
/// with two joints.
#pragma once

#include <mujoco/mujoco.h>

#include <iomanip>
#include <memory>
#include <optional>
#include <sstream>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/joint_impedance.h"
#include "sim/dynamics/strike_points.h"

namespace wrist::testing {

struct MujocoOptions {
  double thorax_mass = 40;   // kg, and kg m2; of a free body. 0: the thorax stands still
  double step_s = 0.002;     // of mj_step
  bool runge_kutta = false;  // of fourth order; else semi-implicit Euler
  std::optional<JointImpedance> impedance;  // as MuJoCo's own springs and dampers
  double contact_time_s = 0;                // of its critically damped contacts; 0: none
  double contact_friction = 0.6;
};

class MujocoText {
 public:
  MujocoText(const ArmModel& arm, const Pose& X_FI, const MujocoOptions& options)
      : arm_(arm), X_FI_(X_FI), options_(options) {}

  std::string mjcf() const {
    const std::string mass = text(options_.thorax_mass);
    const std::string thorax = options_.thorax_mass == 0
                                   ? std::string()
                                   : "<joint type=\"free\" name=\"thorax\"/><inertial pos=\"0 0 0\""
                                     " mass=" +
                                         mass + " diaginertia=\"" + bare(mass) + " " + bare(mass) +
                                         " " + bare(mass) + "\"/>\n";
    return "<mujoco><compiler angle=\"radian\" inertiafromgeom=\"false\"/><option gravity=" +
           text(Eigen::Vector3d(0, 0, -kGravity)) + " timestep=" + text(options_.step_s) +
           " integrator=\"" + (options_.runge_kutta ? "RK4" : "Euler") + "\"/><worldbody><body>" +
           thorax + body_text(0) + "</body></worldbody>" + tendon_text() +
           "<sensor>"
           "<accelerometer name=\"accelerometer\" site=\"watch\"/>"
           "<gyro name=\"gyroscope\" site=\"watch\"/></sensor></mujoco>";
  }

 private:
  static std::string text(double x) {
    std::ostringstream s;
    s << std::setprecision(17) << '"' << x << '"';
    return s.str();
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
  static std::string bare(const std::string& quoted) { return quoted.substr(1, quoted.size() - 2); }

  std::string joint_text(int b, const ArmBody& body) const {
    const std::string name = " name=\"" + to_string(static_cast<Body>(b)) + "\"";
    if (b == 0) return "<joint type=\"ball\"" + name + "/>";
    std::string springs;
    if (options_.impedance) {
      const double own = 1 - options_.impedance->tendon_share[b - 1];
      springs = " stiffness=" + text(own * options_.impedance->stiffness[b - 1]) +
                " damping=" + text(own * options_.impedance->damping[b - 1]) +
                " springref=" + text(options_.impedance->rest[b - 1]);
    }
    return "<joint type=\"hinge\"" + name + " axis=" + text(body.axis) + springs + "/>";
  }

  // What runs on over the wrist.
  std::string tendon_text() const {
    if (!options_.impedance) return {};
    const JointImpedance& joints = *options_.impedance;
    const double ratio = joints.tendon_ratio, wrist = joints.rest[hinge(Body::hand)];
    std::string out = "<tendon>";
    for (Index j = 0; j < kHinges; ++j) {
      const double share = joints.tendon_share[j];
      if (share == 0) continue;
      out += "<fixed stiffness=" + text(share * joints.stiffness[j]) +
             " damping=" + text(share * joints.damping[j]) +
             " springlength=" + text(joints.rest[j] + ratio * wrist) + "><joint joint=\"" +
             to_string(static_cast<Body>(j + 1)) + "\" coef=\"1\"/><joint joint=\"" +
             to_string(Body::hand) + "\" coef=" + text(ratio) + "/></fixed>";
    }
    return out + "</tendon>";
  }

  // The same pairs as ours: the thumb's pad on fingertips and middle phalanges, fingertips on the
  // palm.
  std::string surface_text(Body b, const ArmBody& body) const {
    if (options_.contact_time_s <= 0) return {};
    const auto meets = [this](int type, int affinity) {
      return " contype=\"" + std::to_string(type) + "\" conaffinity=\"" + std::to_string(affinity) +
             "\" solref=\"" + bare(text(options_.contact_time_s)) + " 1\" friction=\"" +
             bare(text(options_.contact_friction)) + " 0.005 0.0001\"/>\n";
    };
    if (b == Body::hand) return palm_text() + meets(2, 0);
    for (int digit = 0; digit < kDigits; ++digit)
      for (const int joint : {2, 3}) {
        if (b != digit_body(digit, joint) || (digit == 0 && joint == 2)) continue;
        const double half = std::max(0.1 * body.radius, body.length - body.p_BCm.x() - body.radius);
        return "<geom type=\"capsule\" size=\"" + bare(text(body.radius)) + " " + bare(text(half)) +
               "\" pos=" + text(body.p_BCm) + " quat=\"0.70710678 0 0.70710678 0\"" +
               (digit == 0 ? meets(1, 0) : meets(0, joint == 3 ? 3 : 1));
      }
    return {};
  }

  // A box round the balls of the palm.
  std::string palm_text() const {
    Eigen::AlignedBox3d box;
    double radius = 0;
    for (const StrikePoint& pad : strike_points(arm_, Body::hand))
      box.extend(pad.p_B), radius = pad.radius;
    const Eigen::Vector3d half = box.sizes() / 2 + Eigen::Vector3d::Constant(radius);
    return "<geom type=\"box\" size=" + text(half) + " pos=" + text(Eigen::Vector3d(box.center()));
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
    out += "<inertial pos=" + text(body.p_BCm) + " mass=" + text(body.mass) +
           " diaginertia=" + text(Eigen::Vector3d(body.inertia.diagonal())) + "/>\n" +
           surface_text(static_cast<Body>(b), body);
    if (b == static_cast<int>(Body::forearm))
      out += "<site name=\"watch\" pos=" + text(X_FI_.p) + " quat=" + text(X_FI_.R) + "/>";
    for (int child = b + 1; child < kBodies; ++child)
      if (arm_.bodies[static_cast<std::size_t>(child)].parent == b) out += body_text(child);
    return out + "</body>\n";
  }

  const ArmModel& arm_;
  const Pose& X_FI_;
  const MujocoOptions& options_;
};

}  // namespace wrist::testing
