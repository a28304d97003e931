// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/joint_impedance.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "tests/support/subjects.h"

namespace wrist {
namespace {

const ArmModel& arm() {
  static const ArmModel kArm = build_arm(testing::average_man(), Side::right);
  return kArm;
}

// Torques of unit deflections (or rates) of every joint: minus the stiffness (or damping) matrix.
Eigen::MatrixXd answer(const JointImpedance& joints, bool rates) {
  Eigen::MatrixXd matrix(kHinges, kHinges);
  for (Index j = 0; j < kHinges; ++j) {
    JointImpedance::Hinges q = joints.rest, qd = JointImpedance::Hinges::Zero();
    (rates ? qd : q)[j] += 1;
    matrix.col(j) = -passive_torques(joints, q, qd).matrix();
  }
  return matrix;
}

// Springs and dampers alone neither make energy nor turn for ever.
TEST(JointImpedance, IsSymmetricAndNeverNegative) {
  for (const bool rates : {false, true}) {
    const Eigen::MatrixXd m = answer(joint_impedance(arm()), rates);
    EXPECT_LT((m - m.transpose()).cwiseAbs().maxCoeff(), 1e-12);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(m);
    EXPECT_GT(solved.eigenvalues().minCoeff(), -1e-12);
  }
}

// By hand: a knuckle pushed open by 0.1 rad pulls its long flexor, which bends the wrist by 13 / 11
// of 0.65 of what it does to the knuckle; a thumb's muscles sit in the palm.
TEST(JointImpedance, AFingersTendonBendsTheWrist) {
  const JointImpedance joints = joint_impedance(arm());
  const JointImpedance::Hinges still = JointImpedance::Hinges::Zero();
  const Index knuckle = hinge(digit_body(1, 1)), thumb = hinge(digit_body(0, 1)),
              wrist = hinge(Body::hand);
  JointImpedance::Hinges q = joints.rest;
  q[knuckle] -= 0.1;
  const auto pushed = passive_torques(joints, q, still);
  EXPECT_NEAR(pushed[knuckle], 0.1 * joints.stiffness[knuckle], 1e-12);
  EXPECT_NEAR(pushed[wrist], 13.0 / 11 * 0.65 * pushed[knuckle], 1e-12);
  q = joints.rest;
  q[thumb] -= 0.1;
  EXPECT_EQ(passive_torques(joints, q, still)[wrist], 0);
}

}  // namespace
}  // namespace wrist
