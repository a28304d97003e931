// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget_frames.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "motions/rotation_series.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

// Some rigs' rest pose bends the elbow although their clips were made from a straight-armed rest
// pose (Daz figures: 17 deg). Measured against the rest pose, drinking bends the elbow to 150 deg,
// walking to 5 - 50; from the joints' positions it would be 167 and 20 - 70, which no person does.
constexpr double kLeastRestBend = 10 * kDegree, kMostRestBend = 30 * kDegree;
// A thumb alone points forwards of and below the plane of the hand; if an axis of the hand joint is
// this near, the rig was built along it.
constexpr double kThumbToAxis = 30 * kDegree;

struct Indices {
  int shoulder, elbow, wrist, hand_end, other_shoulder, hips, thumb, index, little;
};

Indices indices(const MotionClip& clip, const ArmJoints& joints) {
  const auto find = [&](const std::string& name) { return name.empty() ? -1 : clip.find(name); };
  return {find(joints.shoulder), find(joints.elbow),          find(joints.wrist),
          find(joints.hand_end), find(joints.other_shoulder), find(joints.hips),
          find(joints.thumb),    find(joints.index),          find(joints.little)};
}

template <typename Sequence>
const auto& at(const Sequence& sequence, int index) {
  return sequence[static_cast<std::size_t>(index)];
}

Vector3d across(const Vector3d& v, const Vector3d& axis) { return v - v.dot(axis) * axis; }

Quaterniond frame_of(const Vector3d& x, const Vector3d& z) {
  Eigen::Matrix3d R;
  R << x, z.cross(x), z;
  return Quaterniond(R);
}

// Constants of the rig, from its rest pose, where every joint's frame stands alike.
struct Rig {
  Quaterniond straighten =
      Quaterniond::Identity();  // forearm and hand, so that the elbow rests straight
  int hand_joint = -1;          // the last joint at the wrist
  Quaterniond R_JH;             // the hand's frame in the hand joint's
};

// Rigs may stack several joints at the wrist; the last one turns with the hand.
int last_joint_at_wrist(const MotionClip& clip, const std::vector<Vector3d>& rest,
                        const Indices& joint) {
  int last = joint.wrist;
  for (int j = joint.hand_end; j > joint.wrist; j = at(clip.joints, j).parent)
    if ((at(rest, j) - at(rest, joint.wrist)).norm() < 1e-6 && j > last) last = j;
  return last;
}

Vector3d snapped_to_axis(const Vector3d& direction) {
  Index axis = 0;
  const double largest = direction.cwiseAbs().maxCoeff(&axis);
  if (largest < std::cos(kThumbToAxis) * direction.norm()) return direction;
  return Vector3d::Unit(axis) * std::copysign(1.0, direction[axis]);
}

// Towards the thumb, at rest: across the knuckles; else by the thumb; else forwards, where a T-pose
// (palm down) and a hanging arm (palm in) both have it.
Vector3d radial_direction(const std::vector<Vector3d>& rest, const Indices& joint,
                          const Vector3d& x, Side side) {
  const Vector3d wrist = at(rest, joint.wrist);
  if (joint.index >= 0 && joint.little >= 0) {
    const Vector3d knuckles = across(at(rest, joint.index) - at(rest, joint.little), x);
    if (knuckles.norm() > 0.1 * (at(rest, joint.index) - wrist).norm()) return knuckles;
  }
  if (joint.thumb >= 0) {
    const Vector3d thumb = across(at(rest, joint.thumb) - wrist, x);
    if (thumb.norm() > 0.1 * (at(rest, joint.thumb) - wrist).norm())
      return across(snapped_to_axis(thumb), x);
  }
  const double left = side == Side::left ? 1 : -1;
  const Vector3d y = left * (at(rest, joint.shoulder) - at(rest, joint.other_shoulder));
  const Vector3d z = at(rest, joint.shoulder) - at(rest, joint.hips);
  return across(y.cross(z), x);
}

Rig rig_of(const MotionClip& clip, const Indices& joint, Side side,
           std::vector<std::string>& notes) {
  const std::vector<Vector3d> rest = rest_positions(clip);
  const Vector3d upper = (at(rest, joint.elbow) - at(rest, joint.shoulder)).normalized();
  const Vector3d fore = (at(rest, joint.wrist) - at(rest, joint.elbow)).normalized();
  Rig rig;
  const double bend = std::atan2(upper.cross(fore).norm(), upper.dot(fore));
  if (!clip.built_rest && bend > kLeastRestBend && bend < kMostRestBend) {
    rig.straighten = Quaterniond::FromTwoVectors(fore, upper);
    notes.push_back("the rest pose bends the elbow by " +
                    std::to_string(std::lround(bend / kDegree)) + " deg: read as a straight arm");
  }
  rig.hand_joint = last_joint_at_wrist(clip, rest, joint);
  Vector3d x = fore;
  if (joint.hand_end >= 0) x = (at(rest, joint.hand_end) - at(rest, joint.wrist)).normalized();
  Vector3d radial = radial_direction(rest, joint, x, side);
  if (radial.norm() < 1e-6) radial = x.unitOrthogonal();
  if (joint.thumb < 0 && (joint.index < 0 || joint.little < 0))
    notes.push_back("no thumb and no knuckles: the palm is taken to face down or inwards at rest");
  const double mirror = side == Side::right ? 1 : -1;
  rig.R_JH = rig.straighten * frame_of(x, mirror * x.cross(radial.normalized()));
  return rig;
}

void require_lengths(const MotionClip& clip, const ArmJoints& joints, const Indices& joint) {
  const std::vector<Pose> poses = joint_poses(clip, 0);
  const auto check = [&](int a, int b, const std::string& what) {
    require(a >= 0 && b >= 0 && (at(poses, a).p - at(poses, b).p).norm() > 1e-9,
            ErrorKind::bad_data,
            clip.name + ": expected a length between " + what + ", found none");
  };
  check(joint.shoulder, joint.elbow, joints.shoulder + " and " + joints.elbow);
  check(joint.elbow, joint.wrist, joints.elbow + " and " + joints.wrist);
  check(joint.shoulder, joint.other_shoulder, joints.shoulder + " and " + joints.other_shoulder);
  check(joint.shoulder, joint.hips, joints.shoulder + " and " + joints.hips);
}

}  // namespace

Quaterniond clip_to_world(const Vector3d& up) {
  if (up != Vector3d::UnitY()) return Quaterniond::FromTwoVectors(up, Vector3d::UnitZ());
  return Quaterniond(0.5, 0.5, 0.5, 0.5);  // x to y, y to z, z to x
}

ArmFrames arm_frames(const MotionClip& clip, const ArmJoints& joints, Side side,
                     std::vector<std::string>& notes) {
  const Indices joint = indices(clip, joints);
  require_lengths(clip, joints, joint);
  const Rig rig = rig_of(clip, joint, side, notes);
  const Quaterniond R_W0 = clip_to_world(clip.up);
  const double left = side == Side::left ? 1 : -1;
  const Index n = clip.time.count;
  ArmFrames arm{Series3(n, 3),    QuatSeries(n, 4), QuatSeries(n, 4),
                QuatSeries(n, 4), Series3(n, 3),    Series3(n, 3)};
  double floor = 1e300;
  for (Index i = 0; i < n; ++i) {
    const std::vector<Pose> poses = joint_poses(clip, i);
    for (const Pose& pose : poses) floor = std::min(floor, clip.up.dot(pose.p));
    const auto point = [&](int j) -> const Vector3d& { return at(poses, j).p; };

    const Vector3d middle = (point(joint.shoulder) + point(joint.other_shoulder)) / 2;
    const Vector3d y = left * (point(joint.shoulder) - point(joint.other_shoulder)).normalized();
    const Vector3d x = y.cross(middle - point(joint.hips)).normalized();
    set_quaternion(arm.R_WT, i, R_W0 * frame_of(x, x.cross(y)));
    arm.middle_W.row(i) = (R_W0 * middle).transpose().array();

    const Quaterniond& R_0E = at(poses, joint.elbow).R;
    const Vector3d fore = R_0E.conjugate() * (point(joint.wrist) - point(joint.elbow));
    arm.forearm_W.row(i) =
        (R_W0 * (R_0E * (rig.straighten * fore))).normalized().transpose().array();
    arm.upper_arm_W.row(i) =
        (R_W0 * (point(joint.elbow) - point(joint.shoulder))).normalized().transpose().array();
    set_quaternion(arm.R_WJ, i, R_W0 * at(poses, joint.shoulder).R);
    set_quaternion(arm.R_WH, i, R_W0 * at(poses, rig.hand_joint).R * rig.R_JH);
  }
  arm.middle_W.col(2) -= floor;
  arm.height = arm.middle_W.col(2).maxCoeff();
  for (QuatSeries* q : {&arm.R_WT, &arm.R_WJ, &arm.R_WH}) make_continuous(*q);
  return arm;
}

double clip_scale(const MotionClip& clip, const ArmJoints& joints, const ArmModel& arm) {
  const std::vector<Pose> poses = joint_poses(clip, 0);
  const auto point = [&](const std::string& name) { return at(poses, clip.find(name)).p; };
  const double length = (point(joints.elbow) - point(joints.shoulder)).norm() +
                        (point(joints.wrist) - point(joints.elbow)).norm();
  require(length > 0, ErrorKind::bad_data, clip.name + ": the arm has no length");
  return (arm.body(Body::upper_arm).length + arm.body(Body::forearm).length) / length;
}

}  // namespace wrist
