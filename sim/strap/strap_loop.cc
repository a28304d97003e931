// SPDX-License-Identifier: Apache-2.0
#include "sim/strap/strap_loop.h"

#include <algorithm>
#include <cmath>

#include "sim/strap/strap_solver.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

// Bones fill half the depth of the wrist; the band may stretch by 3 % of its length, which lets the
// watch rise by another quarter. [assumed]
constexpr double kSlack = 0.75;  // of the wrist's half depth
// A strap pulled tight over bone is this much stiffer than on soft tissue at a light touch.
// [assumed]
constexpr double kTaut = 7;
constexpr double kDampingStretch = 0.2e-3;  // m; over which the damping grows in, as in the skin

/// Of a loop stretched by this much, N; never pushes.
double tension(const StrapLoop& loop, double stretch, double speed) {
  if (stretch <= 0) return 0;
  const double grown = std::min(stretch / kDampingStretch, 1.0);
  return std::max(loop.stiffness * stretch + loop.damping * grown * speed, 0.0);
}

}  // namespace

StrapLoop make_loop(const Pose& X_SC_rest, const Wearing& wearing) {
  StrapLoop loop;
  loop.slack = kSlack * wearing.wrist.half_depth;
  loop.radius = (wearing.wrist.half_breadth + wearing.wrist.half_depth) / 2;
  loop.stiffness = kTaut * wearing.strap.stiffness;
  loop.damping = std::sqrt(kTaut) * wearing.strap.damping;
  loop.height = X_SC_rest.p.z();
  loop.heading = (X_SC_rest.R * Vector3d::UnitX()).x();
  return loop;
}

Wrench loop_forces(const StrapLoop& loop, const CaseMotion& motion) {
  const Eigen::Matrix3d R_SC = motion.X_SC.R.toRotationMatrix();
  const Vector3d lever = -loop.height * R_SC.col(2), middle = motion.X_SC.p + lever;
  const Vector3d off(0, middle.y(), middle.z()), out = off.normalized();
  const double leaving = out.dot(motion.v + motion.w.cross(lever));
  const Vector3d force = -tension(loop, off.norm() - loop.slack, leaving) * out;

  const Vector3d axis = loop.heading * R_SC.col(0), upright = axis.cross(Vector3d::UnitX());
  const double leaning = -loop.radius * motion.w.dot(upright);
  const double sunk = loop.radius * (kLoopLeastCosine - axis.x());
  return {force, lever.cross(force) + loop.radius * tension(loop, sunk, leaning) * upright};
}

}  // namespace wrist
