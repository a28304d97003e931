// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget_angles.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kConfidentBend = 0.03;    // sin^2 of 10 deg: the plane of the elbow is known
constexpr double kOverstretched = 0.18;    // sin^2 of 25 deg: as far back as a rig's elbow may bend
constexpr double kRollPull = 1e-3;         // mu: sin^2 of 1.8 deg
constexpr double kRollSmoothing_s = 0.05;  // of the roll at a bend of 10 deg
constexpr double kStraightArm = 0.05;      // mean sine of the bend of an arm that never bends
constexpr double kTurnedOver = 110 * kDegree;

Vector3d row(const Series3& x, Index i) { return x.row(i).matrix().transpose(); }

// The elbow's hinge axis fixed in the clip's shoulder joint: positive flexion turns about it. A
// mean over the clip, so that every frame counts by the sine of its bend.
Vector3d hinge_axis(const ArmFrames& frames, Side side) {
  const Index n = frames.upper_arm_W.rows();
  Vector3d bends = Vector3d::Zero(), backs = Vector3d::Zero();
  for (Index i = 0; i < n; ++i) {
    const Quaterniond R_JW = quaternion(frames.R_WJ, i).conjugate();
    bends += R_JW * row(frames.upper_arm_W, i).cross(row(frames.forearm_W, i));
    backs += R_JW * (quaternion(frames.R_WH, i) * Vector3d::UnitZ());
  }
  if (bends.norm() > kStraightArm * static_cast<double>(n)) return bends;
  // Never bent: as if the hand were neither pronated nor supinated on the average.
  return (side == Side::right ? 1 : -1) * backs;
}

// Upper arm as the rig's shoulder joint carries it: x along it, z from the fixed hinge axis.
Matrix3d carried_frame(const ArmFrames& frames, const Vector3d& axis_J, double mirror, Index i) {
  const Vector3d x = row(frames.upper_arm_W, i);
  const Vector3d axis = mirror * (quaternion(frames.R_WJ, i) * axis_J);
  const Vector3d z = (axis - axis.dot(x) * x).normalized();
  Matrix3d R;
  R << x, z.cross(x), z;
  return R;
}

// Roll about the upper arm that puts the hinge across the plane of the elbow, and how well it is
// known.
struct Roll {
  Series angle, weight;
};

Roll plane_roll(const ArmFrames& frames, const std::vector<Matrix3d>& carried, double mirror) {
  const Index n = frames.upper_arm_W.rows();
  Roll roll{Series(n), Series(n)};
  double last = 0;
  for (Index i = 0; i < n; ++i) {
    const Vector3d forearm =
        carried[static_cast<std::size_t>(i)].transpose() * row(frames.forearm_W, i);
    roll.weight[i] = forearm.y() * forearm.y() + forearm.z() * forearm.z();
    // The forearm leaves the upper arm towards mirror * y.
    double angle = std::atan2(mirror * forearm.z(), mirror * forearm.y());
    // An overstretched elbow bends in the same plane, the other way.
    if (std::abs(angle) > kPi / 2 && roll.weight[i] < kOverstretched)
      angle += angle > 0 ? -kPi : kPi;
    angle += 2 * kPi * std::round((last - angle) / (2 * kPi));
    if (roll.weight[i] >= kConfidentBend) last = angle;
    roll.angle[i] = angle;
  }
  return roll;
}

// Thomas algorithm for (w + mu) r - lambda r'' = w r_plane, free ends.
Series smooth_roll(const Roll& roll, double rate_hz) {
  const Index n = roll.angle.size();
  const double lambda = kConfidentBend * std::pow(kRollSmoothing_s * rate_hz, 2);
  Series diagonal = roll.weight + kRollPull + 2 * lambda, r = roll.weight * roll.angle;
  diagonal[0] -= lambda;
  diagonal[n - 1] -= lambda;
  for (Index i = 1; i < n; ++i) {
    const double factor = lambda / diagonal[i - 1];
    diagonal[i] -= factor * lambda;
    r[i] += factor * r[i - 1];
  }
  r[n - 1] /= diagonal[n - 1];
  for (Index i = n - 2; i >= 0; --i) r[i] = (r[i] + lambda * r[i + 1]) / diagonal[i];
  return r;
}

void unwrap(Series& angle) {
  for (Index i = 1; i < angle.size(); ++i)
    angle[i] += 2 * kPi * std::round((angle[i - 1] - angle[i]) / (2 * kPi));
  angle -= 2 * kPi * std::round(angle.mean() / (2 * kPi));
}

// R_EH = Rx(-m pronation) Rz(-m deviation) Ry(flexion), E the forearm at pronation 0.
void hand_angles(ArmAngles& angles, const Matrix3d& R_EH, double mirror, Index i) {
  angles.pronation[i] = -mirror * std::atan2(R_EH(2, 1), R_EH(1, 1));
  angles.deviation[i] = mirror * std::asin(std::clamp(R_EH(0, 1), -1.0, 1.0));
  angles.wrist_flexion[i] = std::atan2(R_EH(0, 2), R_EH(0, 0));
}

// A rig whose thumb stands on the wrong side shows a pronation no arm has: turn the hand over.
void turn_over(ArmAngles& angles, std::vector<std::string>& notes) {
  const double mean = angles.pronation.mean();
  if (std::abs(mean) < kTurnedOver) return;
  angles.pronation -= std::copysign(kPi, mean);
  angles.deviation *= -1;
  angles.wrist_flexion *= -1;
  notes.push_back("the hand is turned over: pronation was " +
                  std::to_string(std::lround(mean / kDegree)) + " deg on the average");
}

}  // namespace

ArmAngles arm_angles(const ArmFrames& frames, Side side, double rate_hz,
                     std::vector<std::string>& notes) {
  const double mirror = side == Side::right ? 1 : -1;
  const Index n = frames.upper_arm_W.rows();
  const Vector3d axis_J = hinge_axis(frames, side);
  std::vector<Matrix3d> carried;
  for (Index i = 0; i < n; ++i) carried.push_back(carried_frame(frames, axis_J, mirror, i));
  const Series roll = smooth_roll(plane_roll(frames, carried, mirror), rate_hz);

  ArmAngles angles{QuatSeries(n, 4), Series(n), Series(n), Series(n), Series(n)};
  for (Index i = 0; i < n; ++i) {
    const Matrix3d R_WU =
        carried[static_cast<std::size_t>(i)] * Eigen::AngleAxisd(roll[i], Vector3d::UnitX());
    const Vector3d forearm_U = R_WU.transpose() * row(frames.forearm_W, i);
    angles.elbow[i] = std::atan2(mirror * forearm_U.y(), forearm_U.x());
    const Matrix3d R_WE = R_WU * Eigen::AngleAxisd(mirror * angles.elbow[i], Vector3d::UnitZ());
    hand_angles(angles, R_WE.transpose() * quaternion(frames.R_WH, i), mirror, i);
    set_quaternion(angles.R_WU, i, Quaterniond(R_WU));
  }
  unwrap(angles.pronation);
  turn_over(angles, notes);
  return angles;
}

double soft_limit(double x, double lower, double upper, double margin) {
  const double below = lower + margin - x, above = x - (upper - margin);
  if (below > 0) return lower + margin - margin * std::tanh(below / margin);
  if (above > 0) return upper - margin + margin * std::tanh(above / margin);
  return x;
}

}  // namespace wrist
