// SPDX-License-Identifier: Apache-2.0
#include "motions/export_bvh.h"

#include <Eigen/Dense>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;
using Poses = std::array<Pose, kBodies>;

constexpr double kCentimetres = 100;  // per metre
constexpr int kDecimals = 8;          // of centimetres and degrees
// The trunk's length from the hips to the shoulders over stature, Drillis and Contini 1966: 0.818
// less 0.530.
constexpr double kTrunk = 0.288;
constexpr double kSingular = 1e-9;  // cosine of the middle angle
constexpr const char* kChannels = "Zrotation Xrotation Yrotation\n";

// From the world (x forward, z up) to BVH's axes: y up, facing z.
Vector3d to_bvh(const Vector3d& v_W) { return {v_W.y(), v_W.z(), v_W.x()}; }

Matrix3d to_bvh(const Matrix3d& R_W) {
  Matrix3d C;
  C << 0, 1, 0, 0, 0, 1, 1, 0, 0;
  return C * R_W * C.transpose();
}

// Upper arm to the side, palm down, thumb forward at angles zero.
Quaterniond t_pose(Side side) {
  const double m = side == Side::right ? 1 : -1;
  Matrix3d R_TU;
  R_TU << 0, m, 0, -m, 0, 0, 0, 0, 1;
  return Quaterniond(R_TU);
}

std::string number(double x) {
  char text[400];
  const auto end = std::to_chars(text, text + sizeof text, x, std::chars_format::fixed, kDecimals);
  return {text, end.ptr};
}

// The shortest plain decimal number that reads back as the same double.
std::string exact(double x) {
  char text[400];
  return {text, std::to_chars(text, text + sizeof text, x, std::chars_format::fixed).ptr};
}

// Three numbers, a blank before each.
std::string words(const Vector3d& v) {
  std::string text;
  for (const double x : v) text.append(1, ' ').append(number(x));
  return text;
}

std::string offset(const Vector3d& v_W) {
  return "OFFSET" + words(kCentimetres * to_bvh(v_W)) + "\n";
}

// A, b, c of R = Rz(a) Rx(b) Ry(c), rad.
Vector3d euler_zxy(const Matrix3d& R) {
  const double b = std::asin(std::clamp(R(2, 1), -1.0, 1.0));
  if (std::cos(b) < kSingular) return {std::atan2(R(1, 0), R(0, 0)), b, 0};
  return {std::atan2(-R(0, 1), R(1, 1)), b, std::atan2(-R(2, 0), R(2, 2))};
}

Vector3d nearest_turns(Vector3d angles, const Vector3d& last) {
  for (int k = 0; k < 3; ++k) angles[k] += 2 * kPi * std::round((last[k] - angles[k]) / (2 * kPi));
  return angles;
}

// The same rotation, by whichever of its triples lies nearer to the frame before.
Vector3d follow(const Vector3d& angles, const Vector3d& last) {
  const Vector3d one = nearest_turns(angles, last);
  const Vector3d other = nearest_turns({angles[0] + kPi, kPi - angles[1], angles[2] + kPi}, last);
  return (one - last).norm() <= (other - last).norm() ? one : other;
}

class Writer {
 public:
  Writer(const JointMotion& motion, const ArmModel& arm)
      : motion_(motion),
        arm_(arm),
        joints_(bvh_joints(arm.side)),
        other_(bvh_joints(arm.side == Side::right ? Side::left : Side::right)),
        rest_(body_poses(arm, Pose{}, t_pose(arm.side), Eigen::Array<double, kHinges, 1>::Zero())),
        trunk_(0, 0, kTrunk * arm.subject.measure(Measure::stature)),
        last_(joints_.size() + 1, Vector3d::Zero()) {}

  void write(std::ostream& out) {
    out << "HIERARCHY\nROOT Hips\n{\n"
        << offset(Vector3d::Zero()) << "CHANNELS 6 Xposition Yposition Zposition " << kChannels
        << "JOINT Spine\n{\n"
        << offset(trunk_) << "CHANNELS 3 " << kChannels << moving_arm() << still_arm()
        << "}\n}\nMOTION\nFrames: " << motion_.time.count
        << "\nFrame Time: " << exact(1 / motion_.time.rate_hz) << "\n";
    const std::string still = still_turns();
    for (Index i = 0; i < motion_.time.count; ++i) out << frame(i) << still << "\n";
  }

 private:
  const Pose& rest(Body body) const { return rest_[static_cast<std::size_t>(body)]; }

  static std::string open(const std::string& name, const Vector3d& offset_W) {
    return "JOINT " + name + "\n{\n" + offset(offset_W) + "CHANNELS 3 " + kChannels;
  }
  static std::string end_site(const Vector3d& offset_W) {
    return "End Site\n{\n" + offset(offset_W) + "}\n";
  }

  // Offsets at rest, all in the world's axes: every joint's frame is the world's there.
  std::string moving_arm() const {
    std::string text = open(joints_[0].name, arm_.p_TU);
    for (std::size_t k = 1; k < 3; ++k)
      text += open(joints_[k].name, rest(joints_[k].body).p - rest(joints_[k - 1].body).p);
    for (std::size_t k = 3; k < joints_.size(); k += 3) text += digit(k);
    return text + "}\n}\n}\n";
  }
  std::string digit(std::size_t first) const {
    Vector3d from = rest(Body::hand).p;
    std::string text;
    for (std::size_t k = first; k < first + 3; ++k) {
      text += open(joints_[k].name, rest(joints_[k].body).p - from);
      from = rest(joints_[k].body).p;
    }
    const Body tip = joints_[first + 2].body;
    return text + end_site(rest(tip).R * Vector3d(arm_.body(tip).length, 0, 0)) + "}\n}\n}\n";
  }

  // The other arm, of the same lengths, mirrored.
  std::string still_arm() const {
    const Vector3d flip(1, -1, 1);
    const auto mirrored = [&](Body to, Body from) {
      return (rest(to).p - rest(from).p).cwiseProduct(flip).eval();
    };
    const Vector3d hand = rest(Body::middle_proximal).p - rest(Body::hand).p;
    return open(other_[0].name, arm_.p_TU.cwiseProduct(flip)) +
           open(other_[1].name, mirrored(Body::forearm, Body::upper_arm)) +
           open(other_[2].name, mirrored(Body::hand, Body::forearm)) +
           end_site(hand.cwiseProduct(flip)) + "}\n}\n}\n";
  }
  std::string still_turns() const {
    const Side side = arm_.side == Side::right ? Side::left : Side::right;
    const Quaterniond down = hanging_shoulder(side) * t_pose(side).conjugate();
    const Vector3d zero = Vector3d::Zero();
    return words(euler_zxy(to_bvh(down.toRotationMatrix())) / kDegree) + words(zero) + words(zero);
  }

  // A rotation in the world's axes, as the next of this frame's joints turns.
  std::string turn(std::size_t slot, const Quaterniond& R_W) {
    last_[slot] = follow(euler_zxy(to_bvh(R_W.normalized().toRotationMatrix())), last_[slot]);
    return words(last_[slot] / kDegree);
  }

  std::string frame(Index i) {
    const Pose X_WT{quaternion(motion_.R_WT, i).normalized(),
                    motion_.p_WT.row(i).matrix().transpose()};
    const Poses poses = body_poses(arm_, X_WT, quaternion(motion_.R_TU, i).normalized(),
                                   motion_.angles.row(i).transpose());
    const auto since_rest = [&](Body body) {
      return Quaterniond(poses[static_cast<std::size_t>(body)].R * rest(body).R.conjugate());
    };
    std::string line = words(kCentimetres * to_bvh(Vector3d(X_WT.p - X_WT.R * trunk_))) +
                       turn(0, X_WT.R) + words(Vector3d::Zero());
    const Quaterniond R_hand = since_rest(Body::hand);
    Quaterniond parent = X_WT.R;
    for (std::size_t k = 0; k < joints_.size(); ++k) {
      if (k >= 3 && k % 3 == 0) parent = R_hand;  // a digit begins
      const Quaterniond R = since_rest(joints_[k].body);
      line += turn(k + 1, parent.conjugate() * R);
      parent = R;
    }
    return line;
  }

  const JointMotion& motion_;
  const ArmModel& arm_;
  std::vector<BvhJoint> joints_, other_;
  Poses rest_;
  Vector3d trunk_;              // m; from hips to shoulders
  std::vector<Vector3d> last_;  // rad; of the root and every moving joint
};

void check(const JointMotion& motion) {
  const Index n = motion.time.count;
  require(
      n > 0 && motion.p_WT.rows() == n && motion.R_WT.rows() == n && motion.R_TU.rows() == n &&
          motion.angles.rows() == n && motion.angles.cols() == kHinges,
      ErrorKind::usage,
      "export to BVH: expected a motion of at least one frame, with every series as long, found " +
          std::to_string(n) + " frames");
  require(motion.time.rate_hz > 1 && motion.time.rate_hz < 1e4, ErrorKind::usage,
          "export to BVH: expected a rate between 1 and 10000 Hz, found " +
              std::to_string(motion.time.rate_hz));
  for (Index i = 0; i < n; ++i)
    require(motion.p_WT.row(i).allFinite() && motion.R_WT.row(i).allFinite() &&
                motion.R_TU.row(i).allFinite() && motion.angles.row(i).allFinite(),
            ErrorKind::bad_data,
            "export to BVH: frame " + std::to_string(i + 1) + ": expected finite numbers");
}

}  // namespace

std::vector<BvhJoint> bvh_joints(Side side) {
  const std::string prefix = side == Side::right ? "Right" : "Left";
  std::vector<BvhJoint> joints = {{prefix + "Arm", Body::upper_arm},
                                  {prefix + "ForeArm", Body::forearm},
                                  {prefix + "Hand", Body::hand}};
  int digit = 0;
  for (const std::string name : {"Thumb", "Index", "Middle", "Ring", "Pinky"}) {
    for (int joint = 1; joint <= 3; ++joint)
      joints.push_back({prefix + "Hand" + name + std::to_string(joint), digit_body(digit, joint)});
    ++digit;
  }
  return joints;
}

void export_bvh(const JointMotion& motion, const ArmModel& arm, std::ostream& out) {
  check(motion);
  Writer(motion, arm).write(out);
  require(out.good(), ErrorKind::io, "export to BVH: the clip cannot be written");
}

void export_bvh(const JointMotion& motion, const ArmModel& arm, const std::filesystem::path& file) {
  check(motion);
  std::ofstream out(file, std::ios::binary);
  require(out.is_open(), ErrorKind::io, file.string() + ": cannot be opened for writing");
  Writer(motion, arm).write(out);
  out.close();
  require(out.good(), ErrorKind::io, file.string() + ": cannot be written");
}

}  // namespace wrist
