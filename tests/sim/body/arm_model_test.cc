// SPDX-License-Identifier: Apache-2.0
#include "sim/body/arm_model.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

TEST(ArmModel, MassesAddUpToDeLeva) {
  const ArmModel arm = build_arm(testing::average_man(), Side::left);
  double hand = 0;
  for (std::size_t b = static_cast<std::size_t>(Body::hand); b < kBodies; ++b)
    hand += arm.bodies[b].mass;
  EXPECT_NEAR(hand, 0.0061 * 85.5, 1e-12);
  EXPECT_NEAR(arm.body(Body::elbow).mass + arm.body(Body::forearm).mass, 0.0162 * 85.5, 1e-12);
  EXPECT_NEAR(arm.body(Body::upper_arm).mass, 0.0271 * 85.5, 1e-12);
}

TEST(ArmModel, StraightHandHasDeLevasCentreOfMass) {
  const ArmModel arm = build_arm(testing::average_woman(), Side::right);
  const auto poses = body_poses(arm, Pose{}, hanging_shoulder(Side::right),
                                Eigen::Array<double, kHinges, 1>::Zero());
  const Pose X_HW = inverse(poses[static_cast<std::size_t>(Body::hand)]);
  double mass = 0, moment = 0;
  for (std::size_t b = static_cast<std::size_t>(Body::hand); b < kBodies; ++b) {
    const Eigen::Vector3d c = (X_HW * poses[b]).p + (X_HW * poses[b]).R * arm.bodies[b].p_BCm;
    mass += arm.bodies[b].mass, moment += arm.bodies[b].mass * c.x();
  }
  EXPECT_NEAR(moment / mass, 0.3427 * 0.1811, 1e-9);
}

TEST(ArmModel, IsATreeWithPhysicalInertiasAndRoomToMove) {
  const ArmModel arm = build_arm(testing::average_woman(), Side::left);
  for (std::size_t b = 0; b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[b];
    EXPECT_LT(body.parent, static_cast<int>(b));
    if (b > 0) {
      EXPECT_NEAR(body.axis.norm(), 1, 1e-12) << to_string(static_cast<Body>(b));
      EXPECT_LT(body.lower, body.upper);
    }
    if (body.mass == 0) continue;
    const Eigen::Vector3d i = body.inertia.diagonal();
    EXPECT_GT(i.minCoeff(), 0);
    EXPECT_LE(2 * i.maxCoeff(), i.sum() * (1 + 1e-12)) << "triangle inequality of " << b;
    EXPECT_GT(body.length, 0);
  }
  EXPECT_NEAR(arm.body(Body::thumb_abduction).R_PJ.determinant(), 1, 1e-12);
}

TEST(ArmModel, RefusesAnImpossiblePerson) {
  SubjectParams nobody = testing::average_man();
  nobody.measures[2] = 0;
  try {
    build_arm(nobody, Side::left);
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("upper_arm"), std::string::npos);
  }
}

}  // namespace
}  // namespace wrist
