// SPDX-License-Identifier: Apache-2.0
#include "motions/overlay.h"

#include <algorithm>
#include <cmath>

#include "motions/movement_touch.h"
#include "motions/rotation_series.h"
#include "motions/stroke.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

constexpr double kFade = 0.2;      // s; from the motion's fingers to a gesture's [assumed]
constexpr double kUnmoved = 1e-9;  // of an axis
constexpr Index kFirstFinger = static_cast<Index>(Body::thumb_abduction) - 1;

// The angle next to `before` that means the same.
double unwrapped(double angle, double before) {
  return angle - 2 * kPi * std::round((angle - before) / (2 * kPi));
}

// Flexion, abduction and internal rotation that make `R_TU`; the inverse of shoulder_rotation.
// With the arm straight to the side flexion is not defined: any will do, for only changes count.
Vector3d shoulder_angles(const ArmModel& arm, const Quaterniond& R_TU, const Vector3d& before) {
  const Vector3d distal = R_TU * Vector3d::UnitX();
  const double abduction = std::asin(std::clamp(-arm.mirror() * distal.y(), -1.0, 1.0));
  const double flexion = std::atan2(distal.x(), -distal.z());
  const Quaterniond rest = shoulder_rotation(arm.side, flexion, abduction, 0).conjugate() * R_TU;
  const double internal = -arm.mirror() * 2 * std::atan2(rest.x(), rest.w());
  return {unwrapped(flexion, before.x()), abduction, unwrapped(internal, before.z())};
}

// Where any finger differs from rest: 0 away from a gesture, 1 in it, smooth between.
Series finger_weight(const JointMotion& with, const JointMotion& without) {
  const Index fingers = kHinges - kFirstFinger, n = with.time.count;
  const Series moved = (with.angles - without.angles).rightCols(fingers).abs().rowwise().maxCoeff();
  Series distance = Series::Constant(n, 1e9);  // s; to the nearest sample with a finger moved
  double last = 1e9;
  for (Index i = 0; i < n; ++i)
    distance[i] = last = moved[i] > kUnmoved ? 0 : last + 1 / with.time.rate_hz;
  last = 1e9;
  for (Index i = n - 1; i >= 0; --i) {
    last = moved[i] > kUnmoved ? 0 : last + 1 / with.time.rate_hz;
    distance[i] = std::min(distance[i], last);
  }
  return distance.unaryExpr([](double d) { return minimum_jerk(1 - d / kFade); });
}

// What the gestures change, put on the motion.
JointMotion put_on(const JointMotion& under, const JointMotion& with, const JointMotion& without) {
  JointMotion motion = under;
  const Series weight = finger_weight(with, without);
  motion.p_WT += with.p_WT - without.p_WT;
  motion.angles.leftCols(kFirstFinger) += (with.angles - without.angles).leftCols(kFirstFinger);
  for (Index h = kFirstFinger; h < kHinges; ++h)
    motion.angles.col(h) += weight * (with.angles.col(h) - under.angles.col(h));
  for (Index i = 0; i < motion.time.count; ++i) {
    const auto change = [i](const QuatSeries& a, const QuatSeries& b) {
      return quaternion(a, i).conjugate() * quaternion(b, i);
    };
    set_quaternion(motion.R_TU, i, quaternion(under.R_TU, i) * change(without.R_TU, with.R_TU));
    set_quaternion(motion.R_WT, i, quaternion(under.R_WT, i) * change(without.R_WT, with.R_WT));
  }
  make_continuous(motion.R_TU);
  make_continuous(motion.R_WT);
  return motion;
}

}  // namespace

JointMotion at_movement_rate(const JointMotion& motion) {
  if (motion.time.rate_hz == kMovementRate && motion.cutoff_hz == 0 &&
      motion.cutoffs_hz.size() == 0)
    return motion;
  const double length = motion.time.end() - motion.time.start_s;
  const TimeGrid time{motion.time.start_s, kMovementRate,
                      static_cast<Index>(length * kMovementRate + 1e-6) + 1};
  const Eigen::ArrayXXd s =
      sample(fit_splines(motion).spline, time, 0, kHingeChannel + kHinges).value;
  JointMotion finer = motion;
  finer.time = time;
  finer.cutoff_hz = 0;
  finer.cutoffs_hz = Series();
  finer.p_WT = s.middleCols(kRootChannel, 3);
  finer.R_WT = unit_rows(s.middleCols(kThoraxChannel, 4));
  finer.R_TU = unit_rows(s.middleCols(kShoulderChannel, 4));
  finer.angles = s.middleCols(kHingeChannel, kHinges);
  return finer;
}

Performance begin_overlay(const JointMotion& under, const ArmModel& arm) {
  const TimeGrid& time = under.time;
  Performance p;
  p.tracks = {time, Eigen::ArrayXXd::Zero(time.count, kAxes)};
  p.advance = Series::Zero(time.count);
  auto& v = p.tracks.values;
  v.col(column(Axis::elbow)) = under.angles.col(hinge(Body::elbow));
  v.col(column(Axis::pronation)) = under.angles.col(hinge(Body::forearm));
  v.col(column(Axis::wrist_flexion)) = under.angles.col(hinge(Body::hand));
  v.col(column(Axis::wrist_deviation)) = under.angles.col(hinge(Body::wrist_deviation));
  Vector3d angles = Vector3d::Zero();
  for (Index i = 0; i < time.count; ++i) {
    angles = shoulder_angles(arm, quaternion(under.R_TU, i), angles);
    v.block<1, 3>(i, column(Axis::shoulder_flexion)) = angles.transpose().array();
  }
  return p;
}

JointMotion finish_overlay(const JointMotion& under, const Performance& laid, const ArmModel& arm) {
  const Performance bare = begin_overlay(under, arm);
  const JointMotion with = assemble(arm, laid.tracks, laid.press, laid.advance);
  const JointMotion without = assemble(arm, bare.tracks, laid.press, bare.advance);
  JointMotion motion = put_on(under, with, without);
  motion.labels.insert(motion.labels.end(), laid.labels.begin(), laid.labels.end());
  motion.events.insert(motion.events.end(), laid.events.begin(), laid.events.end());
  add_contacts(motion, arm, laid.touches);
  return motion;
}

}  // namespace wrist
