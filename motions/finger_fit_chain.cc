// SPDX-License-Identifier: Apache-2.0
#include "motions/finger_fit_chain.h"

#include <Eigen/Dense>

namespace wrist {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using Slope = Eigen::Matrix<double, 3, 4>;

// From the last joint to what the source calls the tip.
double last_reach(const ArmBody& last, TipPoint tip) {
  return tip == TipPoint::pad_centre ? last.length - last.radius : last.length;
}

}  // namespace

DigitPose digit_pose(const ArmModel& arm, int digit, const Eigen::Vector4d& angles, TipPoint tip) {
  DigitPose pose;
  Matrix3d R = Matrix3d::Identity();  // R_HB
  Vector3d p = Vector3d::Zero();
  for (int j = 0; j < 4; ++j) {
    const auto k = static_cast<std::size_t>(j);
    const ArmBody& body = arm.body(digit_body(digit, j));
    p += R * body.p_PJ;
    R = R * body.R_PJ;
    pose.joint[k] = p;
    pose.axis[k] = R * body.axis;
    R = R * Eigen::AngleAxisd(angles[j], body.axis).toRotationMatrix();
    if (j > 0) pose.link[k - 1] = R.col(0);
  }
  pose.tip = p + last_reach(arm.body(digit_body(digit, 3)), tip) * R.col(0);
  return pose;
}

Slope tip_slope(const DigitPose& pose) {
  Slope slope;
  for (std::size_t j = 0; j < 4; ++j)
    slope.col(static_cast<Index>(j)) = pose.axis[j].cross(pose.tip - pose.joint[j]);
  return slope;
}

// Link l is turned by the abduction and the flexions up to l + 1.
Slope link_slope(const DigitPose& pose, int link) {
  Slope slope = Slope::Zero();
  for (int j = 0; j <= link + 1; ++j)
    slope.col(j) =
        pose.axis[static_cast<std::size_t>(j)].cross(pose.link[static_cast<std::size_t>(link)]);
  return slope;
}

Vector3d digit_base(const ArmModel& arm, int digit) { return arm.body(digit_body(digit, 0)).p_PJ; }

double digit_length(const ArmModel& arm, int digit, TipPoint tip) {
  return arm.body(digit_body(digit, 1)).length + arm.body(digit_body(digit, 2)).length +
         last_reach(arm.body(digit_body(digit, 3)), tip);
}

}  // namespace wrist
