// SPDX-License-Identifier: Apache-2.0
#include "sim/base/pose.h"

namespace wrist {

RigidSeries make_rigid_series(const TimeGrid& time) {
  const Index n = time.count;
  RigidSeries body{time, QuatSeries::Zero(n, 4), Series3::Zero(n, 3), Series3::Zero(n, 3),
                   Series3::Zero(n, 3), Series3::Zero(n, 3)};
  body.R_WB.col(0).setOnes();
  return body;
}

RigidSeries shift(const RigidSeries& body, const Pose& X_BP) {
  RigidSeries moved = make_rigid_series(body.time);
  const Eigen::Matrix3d R_PB = X_BP.R.conjugate().toRotationMatrix();
  const Eigen::Vector3d& r = X_BP.p;
  for (Index i = 0; i < body.time.count; ++i) {
    const Eigen::Vector3d w = body.w_WB_B.row(i).matrix();
    const Eigen::Vector3d alpha = body.alpha_WB_B.row(i).matrix();
    const Eigen::Vector3d f = body.specific_force_B.row(i).matrix();
    const Eigen::Quaterniond R_WB = quaternion(body.R_WB, i);
    set_quaternion(moved.R_WB, i, R_WB * X_BP.R);
    moved.p_WB.row(i) = body.p_WB.row(i) + (R_WB * r).transpose().array();
    moved.w_WB_B.row(i) = (R_PB * w).transpose();
    moved.alpha_WB_B.row(i) = (R_PB * alpha).transpose();
    moved.specific_force_B.row(i) = (R_PB * (f + alpha.cross(r) + w.cross(w.cross(r)))).transpose();
  }
  return moved;
}

}  // namespace wrist
