// SPDX-License-Identifier: Apache-2.0
/// BVH texts made by tests: a small valid one to break, and whole clips of known arm angles in the
/// naming, rest pose, axes and units of different rigs. Euler angles are worked out here, not by
/// the code under test.
#pragma once

#include <Eigen/Dense>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "sim/base/constants.h"
#include "sim/body/arm_motion.h"

namespace wrist::testing {

/// Two joints, an end site, 9 channels, 3 frames; line numbers are given for tests that break it.
inline std::string small_bvh() {
  return "HIERARCHY\n"                                                                 // 1
         "ROOT hip\n{\n"                                                               // 2, 3
         "  OFFSET 0 0 0\n"                                                            // 4
         "  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation\n"  // 5
         "  JOINT chest\n  {\n"                                                        // 6, 7
         "    OFFSET 0 20.5 -0.7\n"                                                    // 8
         "    CHANNELS 3 Zrotation Xrotation Yrotation\n"                              // 9
         "    End Site\n    {\n      OFFSET 0 10 0\n    }\n"                           // 10 - 13
         "  }\n}\n"                                                                    // 14, 15
         "MOTION\n"                                                                    // 16
         "Frames: 3\n"                                                                 // 17
         "Frame Time: 0.0083333\n"                                                     // 18
         "1.0 90.0 2.0 0.0 0.0 0.0 10.0 0.0 0.0\n"                                     // 19
         "1.5 90.5 2.0 0.0 0.0 0.0 11.0 5.0 0.0\n"                                     // 20
         "2.0 91.0 2.0 0.0 0.0 0.0 12.0 -5e-1 4.75e-17\n";                             // 21
}

/// `text` with the first `from` replaced; `from` must be there.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  if (at == std::string::npos) throw std::logic_error("not in the text: " + from);
  return text.replace(at, from.size(), to);
}

inline std::filesystem::path write_text(const std::filesystem::path& file,
                                        const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

struct Rig {
  std::string prefix;  // before every joint's name
  std::string right = "Right", left = "Left";
  std::string collar = "Shoulder", shoulder = "Arm", elbow = "ForeArm", wrist = "Hand";
  double units_per_metre = 100;
  std::string order = "ZXY";  // of the rotations, as written
  bool z_up = false;
  bool t_pose = true;            // else arms hang at rest
  bool knuckles = true;          // else a thumb alone
  bool twist_in_forearm = true;  // else pronation is the hand joint's
  double rest_bend = 0;          // rad; the elbow's, at rest, as in Daz figures
};

/// Angles a, b, c of R = R_a R_b R_c about three different axes, degrees.
inline Eigen::Vector3d euler_degrees(const Eigen::Matrix3d& R, const std::string& order) {
  const int i = order[0] - 'X', j = order[1] - 'X', k = order[2] - 'X';
  const double s = (j - i + 3) % 3 == 1 ? 1 : -1;  // cyclic or not
  return Eigen::Vector3d(std::atan2(-s * R(j, k), R(k, k)),
                         std::asin(std::clamp(s * R(i, k), -1., 1.)),
                         std::atan2(-s * R(i, j), R(i, i))) /
         kDegree;
}

/// Upper arm to the side, palm down, thumb forward, every angle zero.
inline Eigen::Quaterniond t_pose_shoulder(Side side) {
  const double m = side == Side::right ? 1 : -1;
  Eigen::Matrix3d R_TU;
  R_TU << 0, m, 0, -m, 0, 0, 0, 0, 1;
  return Eigen::Quaterniond(R_TU);
}

/// Writes a motion of `arm` as a BVH clip; the other arm hangs in its rest pose.
class BvhWriter {
 public:
  BvhWriter(const ArmModel& arm, const Rig& rig) : arm_(arm), rig_(rig) {
    C_BW_ << 0, 1, 0, 0, 0, 1, 1, 0, 0;  // y up, facing z
    if (rig.z_up) C_BW_.setIdentity();
    const Eigen::Quaterniond R_TU =
        rig.t_pose ? t_pose_shoulder(arm.side) : hanging_shoulder(arm.side);
    rest_ = body_poses(arm, Pose{}, R_TU, Eigen::Array<double, kHinges, 1>::Zero());
  }

  std::string write(const JointMotion& motion) {
    std::string frames;
    for (Index i = 0; i < motion.time.count; ++i) frames += frame(motion, i) + "\n";
    return "HIERARCHY\n" + hierarchy() + "MOTION\nFrames: " + std::to_string(motion.time.count) +
           "\nFrame Time: " + number(1 / motion.time.rate_hz) + "\n" + frames;
  }

 private:
  static std::string number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6f", x);
    return text;
  }
  std::string vector(const Eigen::Vector3d& v_W) const {
    const Eigen::Vector3d v = rig_.units_per_metre * (C_BW_ * v_W);
    return number(v.x()) + " " + number(v.y()) + " " + number(v.z());
  }
  std::string joint(const std::string& name, const Eigen::Vector3d& offset_W,
                    const std::string& inside, bool root = false) const {
    std::string channels = root ? "CHANNELS 6 Xposition Yposition Zposition" : "CHANNELS 3";
    for (const char axis : rig_.order) channels += std::string(" ") + axis + "rotation";
    return (root ? "ROOT " : "JOINT ") + rig_.prefix + name + "\n{\nOFFSET " + vector(offset_W) +
           "\n" + channels + "\n" + inside + "}\n";
  }
  std::string end(const Eigen::Vector3d& offset_W) const {
    return "End Site\n{\nOFFSET " + vector(offset_W) + "\n}\n";
  }
  const Pose& rest(Body body) const { return rest_[static_cast<std::size_t>(body)]; }

  // The moving arm, from its collar on; offsets at rest.
  std::string moving_arm() const {
    const double m = arm_.mirror();
    const std::string side = arm_.side == Side::right ? rig_.right : rig_.left;
    const Pose &upper = rest(Body::upper_arm), &fore = rest(Body::elbow), &hand = rest(Body::hand);
    const Eigen::Quaterniond bend(
        Eigen::AngleAxisd(m * rig_.rest_bend, upper.R * Eigen::Vector3d::UnitZ()));
    const auto in_hand = [&](double x, double y) -> Eigen::Vector3d {
      return bend * (hand.R * Eigen::Vector3d(x, m * y, 0));
    };
    std::string fingers = joint(side + "HandThumb1", in_hand(0.03, 0.04), end(in_hand(0.02, 0.03)));
    if (rig_.knuckles)
      fingers += joint(side + "HandIndex1", in_hand(0.09, 0.025), end(in_hand(0.08, 0))) +
                 joint(side + "HandMiddle1", in_hand(0.092, 0), end(in_hand(0.09, 0))) +
                 joint(side + "HandPinky1", in_hand(0.08, -0.03), end(in_hand(0.06, 0)));
    else
      fingers += joint(side + "HandEnd", in_hand(0.08, 0), end(in_hand(0.09, 0)));
    const std::string wrist = joint(side + rig_.wrist, bend * (hand.p - fore.p), fingers);
    const std::string elbow = joint(side + rig_.elbow, fore.p - upper.p, wrist);
    return joint(side + rig_.collar, arm_.p_TU / 4,
                 joint(side + rig_.shoulder, arm_.p_TU * 3 / 4, elbow));
  }
  std::string still_arm() const {
    const std::string side = arm_.side == Side::right ? rig_.left : rig_.right;
    const Eigen::Vector3d p_TU = -arm_.p_TU, down(0, 0, -0.3);
    const std::string elbow =
        joint(side + rig_.elbow, down, joint(side + rig_.wrist, down, end(down / 3)));
    return joint(side + rig_.collar, p_TU / 4, joint(side + rig_.shoulder, p_TU * 3 / 4, elbow));
  }
  std::string hierarchy() const {
    const std::string chest =
        joint("Spine", {0, 0, 0.45},
              moving_arm() + still_arm() + joint("Head", {0, 0, 0.2}, end({0, 0, 0.2})));
    return joint("Hips", {0, 0, 0}, joint("Foot", {0, 0, -0.9}, end({0, 0, -0.05})) + chest, true);
  }

  std::string turn(const Eigen::Matrix3d& R_W) const {
    const Eigen::Vector3d angles = euler_degrees(C_BW_ * R_W * C_BW_.transpose(), rig_.order);
    return " " + number(angles[0]) + " " + number(angles[1]) + " " + number(angles[2]);
  }
  std::string still(int joints) const {
    std::string zeros;
    for (int i = 0; i < 3 * joints; ++i) zeros += " 0.000000";
    return zeros;
  }
  std::string frame(const JointMotion& motion, Index i) const {
    const Pose X_WT{quaternion(motion.R_WT, i), motion.p_WT.row(i).matrix().transpose()};
    const auto poses =
        body_poses(arm_, X_WT, quaternion(motion.R_TU, i), motion.angles.row(i).transpose());
    const auto since_rest = [&](Body body) {
      return Eigen::Quaterniond(poses[static_cast<std::size_t>(body)].R * rest(body).R.conjugate());
    };
    const Eigen::Quaterniond upper = since_rest(Body::upper_arm), hand = since_rest(Body::hand),
                             fore = since_rest(rig_.twist_in_forearm ? Body::forearm : Body::elbow);
    const Eigen::Vector3d hips = X_WT.p + X_WT.R * Eigen::Vector3d(0, 0, -0.45);
    const auto from_to = [&](const Eigen::Quaterniond& a, const Eigen::Quaterniond& b) {
      return turn((a.conjugate() * b).toRotationMatrix());
    };
    return vector(hips) + turn(X_WT.R.toRotationMatrix()) + still(3) + from_to(X_WT.R, upper) +
           from_to(upper, fore) + from_to(fore, hand) + still(rig_.knuckles ? 4 : 2) + still(5);
  }

  const ArmModel& arm_;
  const Rig& rig_;
  Eigen::Matrix3d C_BW_;
  std::array<Pose, kBodies> rest_;
};

/// Thorax, shoulder, elbow and hand in smooth motion well inside every range.
inline JointMotion known_arm_motion(const ArmModel& arm, Index count, double rate_hz) {
  JointMotion motion = rest_motion(arm, {0, rate_hz, count});
  for (Index i = 0; i < count; ++i) {
    const double t = motion.time.time(i);
    motion.p_WT(i, 0) += 0.4 * t;
    motion.p_WT(i, 2) += 0.03 * std::sin(9 * t);
    set_quaternion(
        motion.R_WT, i,
        Eigen::Quaterniond(Eigen::AngleAxisd(0.5 * std::sin(t), Eigen::Vector3d::UnitZ()) *
                           Eigen::AngleAxisd(0.2 * std::sin(2 * t), Eigen::Vector3d::UnitY())));
    set_quaternion(motion.R_TU, i,
                   shoulder_rotation(arm.side, 0.4 + 0.5 * std::sin(3 * t),
                                     0.3 + 0.2 * std::cos(2 * t), 0.4 * std::sin(4 * t)));
    motion.angles(i, hinge(Body::elbow)) = (60 + 45 * std::sin(3 * t)) * kDegree;
    motion.angles(i, hinge(Body::forearm)) = (10 + 50 * std::sin(2 * t)) * kDegree;
    motion.angles(i, hinge(Body::wrist_deviation)) = (4 + 12 * std::sin(5 * t)) * kDegree;
    motion.angles(i, hinge(Body::hand)) = (5 + 40 * std::sin(4 * t)) * kDegree;
  }
  return motion;
}

}  // namespace wrist::testing
