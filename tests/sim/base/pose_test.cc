// SPDX-License-Identifier: Apache-2.0
#include "sim/base/pose.h"

#include <gtest/gtest.h>

#include "sim/base/constants.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

RigidSeries spinning(const Vector3d& w, const Vector3d& alpha) {
  RigidSeries body = make_rigid_series(make_grid(0.01, 100));
  body.w_WB_B.row(0) = w.transpose();
  body.alpha_WB_B.row(0) = alpha.transpose();
  return body;
}

// The case a peer has wrong: w = (0, 0, 10), r = (0.1, 0, 0.1) feels (-10, 0, 0), not (-9.9, 0,
// -9.9).
TEST(Pose, ShiftHasTheCentripetalTermRight) {
  const RigidSeries p =
      shift(spinning({0, 0, 10}, {0, 0, 0}), {Quaterniond::Identity(), {0.1, 0, 0.1}});
  EXPECT_NEAR(p.specific_force_B(0, 0), -10, 1e-12);
  EXPECT_NEAR(p.specific_force_B(0, 1), 0, 1e-12);
  EXPECT_NEAR(p.specific_force_B(0, 2), 0, 1e-12);
}

TEST(Pose, ShiftHasTheEulerTermAndTurnsAxes) {
  const Quaterniond quarter(Eigen::AngleAxisd(kPi / 2, Vector3d::UnitZ()));
  const RigidSeries p = shift(spinning({0, 0, 0}, {0, 0, 3}), {quarter, {0.2, 0, 0}});
  // alpha x r = (0, 0.6, 0), seen from axes turned by 90 deg about z.
  EXPECT_NEAR(p.specific_force_B(0, 0), 0.6, 1e-12);
  EXPECT_NEAR(p.specific_force_B(0, 1), 0, 1e-12);
  EXPECT_NEAR(p.alpha_WB_B(0, 2), 3, 1e-12);
}

TEST(Pose, InverseUndoes) {
  const Pose X{Quaterniond(0.5, 0.5, -0.5, 0.5), {1, 2, 3}};
  const Pose I = X * inverse(X);
  EXPECT_LT(I.p.norm(), 1e-15);
  EXPECT_NEAR(I.R.w(), 1, 1e-15);
}

}  // namespace
}  // namespace wrist
