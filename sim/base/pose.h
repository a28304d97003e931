// SPDX-License-Identifier: Apache-2.0
/// Poses, and the motion of a rigid body on a grid.
///
/// Frames by monogram notation: X_AB is the pose of B in A, p_AB its origin, R_AB its rotation,
/// w_AB_B the angular velocity of B in A expressed in B.
#pragma once

#include <Eigen/Geometry>

#include "sim/base/series.h"

namespace wrist {

/// X_AB.
struct Pose {
  Eigen::Quaterniond R = Eigen::Quaterniond::Identity();
  Eigen::Vector3d p = Eigen::Vector3d::Zero();  // m
};

inline Pose operator*(const Pose& X_AB, const Pose& X_BC) {
  return {X_AB.R * X_BC.R, X_AB.p + X_AB.R * X_BC.p};
}

inline Pose inverse(const Pose& X_AB) {
  const Eigen::Quaterniond R_BA = X_AB.R.conjugate();
  return {R_BA, -(R_BA * X_AB.p)};
}

inline Eigen::Quaterniond quaternion(const QuatSeries& q, Index i) {
  return {q(i, 0), q(i, 1), q(i, 2), q(i, 3)};
}

inline void set_quaternion(QuatSeries& q, Index i, const Eigen::Quaterniond& value) {
  q.row(i) << value.w(), value.x(), value.y(), value.z();
}

/// Motion of body B in the world W. Derivatives are analytic or from a solver, never differenced.
struct RigidSeries {
  TimeGrid time;
  QuatSeries R_WB;          // N x 4
  Series3 p_WB;             // m, N x 3
  Series3 w_WB_B;           // rad/s, N x 3
  Series3 alpha_WB_B;       // rad/s2, N x 3
  Series3 specific_force_B; // m/s2, N x 3; R_BW (a_WB - g_W) at B's origin: +g up at rest
};

/// N samples of zero motion on `time`, to be filled.
RigidSeries make_rigid_series(const TimeGrid& time);

/// Motion of frame P, fixed in B at X_BP. Exact: a_P = a_B + alpha x r + w x (w x r).
RigidSeries shift(const RigidSeries& body, const Pose& X_BP);

}  // namespace wrist
