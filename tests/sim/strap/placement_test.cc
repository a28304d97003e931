// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "stations.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::row;
using testing::still_station;

ArmModel arm_with(double wrist_circumference, Side side = Side::left) {
  ArmModel arm;
  arm.side = side;
  arm.subject.measures[static_cast<std::size_t>(Measure::wrist_circumference)] =
      wrist_circumference;
  arm.bodies[static_cast<std::size_t>(Body::forearm)].length = 0.25;
  return arm;
}

double perimeter(double a, double b) {
  double sum = 0;
  constexpr int kPieces = 2000;
  for (int i = 0; i < kPieces; ++i) {
    const double t = (i + 0.5) * 2 * kPi / kPieces;
    sum += std::hypot(a * std::sin(t), b * std::cos(t)) * 2 * kPi / kPieces;
  }
  return sum;
}

TEST(WristShape, HasTheCircumferenceOfTheArmAtTheWristJoint) {
  WearParams wear;
  wear.distance_to_wrist = 0;
  const WristShape shape = wrist_shape(arm_with(0.169), wear);
  EXPECT_NEAR(perimeter(shape.half_breadth, shape.half_depth), 0.169, 1e-5);
  EXPECT_NEAR(2 * shape.half_breadth, 0.062, 0.003);  // the hand model: 62 mm x 38-45 mm
  EXPECT_NEAR(2 * shape.half_depth, 0.0415, 0.0035);
}

TEST(WristShape, IsThickerFurtherUpTheForearm) {
  WearParams near, far;
  near.distance_to_wrist = 0.02;
  far.distance_to_wrist = 0.05;
  const WristShape thin = wrist_shape(arm_with(0.17), near),
                   thick = wrist_shape(arm_with(0.17), far);
  EXPECT_NEAR(thick.half_depth - thin.half_depth, thin.taper * 0.03, 1e-12);
  EXPECT_NEAR(thick.stop_distance - thin.stop_distance, 0.03, 1e-12);
}

TEST(WristShape, TapersAsThePersonDoes) {
  SubjectParams subject;
  subject.measures = {1.756, 85.5, 0.335, 0.268, 0.193, 0.088, 0.176, 0.31};  // ANSUR II men
  const double man = wrist_shape(build_arm(subject, Side::left), {}).taper;
  EXPECT_NEAR(man, 0.06, 0.005);
  const auto forearm = static_cast<std::size_t>(Measure::forearm_circumference);
  subject.measures[forearm] = 0.34;
  const double strong = wrist_shape(build_arm(subject, Side::left), {}).taper;
  EXPECT_NEAR(strong / man, (0.34 - 0.176) / (0.31 - 0.176), 1e-9);
  subject.measures[forearm] = 0.176;  // a cylinder: held at the least the literature gives
  EXPECT_EQ(wrist_shape(build_arm(subject, Side::left), {}).taper, 0.03);
}

TEST(WristShape, RefusesAnArmWithoutAWrist) {
  try {
    wrist_shape(arm_with(0), {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("wrist_circumference"), std::string::npos);
  }
}

TEST(StrapStation, StandsBeforeTheWristAndRollsTowardsTheThumb) {
  WearParams wear;
  wear.distance_to_wrist = 0.04;
  wear.roll = 0.3;
  for (Side side : {Side::left, Side::right}) {
    const Pose X_FS = strap_station(arm_with(0.17, side), wear);
    EXPECT_TRUE(X_FS.p.isApprox(Vector3d(0.21, 0, 0)));
    // y of F is radial, where the thumb is, on a right arm and ulnar on a left one.
    const double thumb = side == Side::right ? 1 : -1;
    EXPECT_TRUE(
        (X_FS.R * Vector3d::UnitZ()).isApprox(Vector3d(0, thumb * std::sin(0.3), std::cos(0.3))));
    EXPECT_TRUE((X_FS.R * Vector3d::UnitX()).isApprox(Vector3d::UnitX()));
  }
}

TEST(StrapStation, OfABuiltArmIsMeasuredFromItsWristJoint) {
  SubjectParams subject;
  subject.measures = {1.756, 85.5, 0.335, 0.268, 0.193, 0.088, 0.176, 0.31};  // ANSUR II men
  const ArmModel arm = build_arm(subject, Side::right);
  const WearParams wear;
  EXPECT_NEAR(strap_station(arm, wear).p.x() + wear.distance_to_wrist,
              arm.body(Body::wrist_deviation).p_PJ.x(), 1e-12);
  EXPECT_GT(wrist_shape(arm, wear).half_breadth, 0.030);
}

TEST(NominalCasePose, StandsOnTheSkin) {
  Wearing wearing;
  EXPECT_NEAR(nominal_case_pose(Side::left, wearing).p.z(), 0.021 + 0.005, 1e-12);
  wearing.wear.roll = kPi / 2;
  EXPECT_NEAR(nominal_case_pose(Side::left, wearing).p.z(), 0.031 + 0.005, 1e-12);
}

/// Specific force of a watch at rest while `up` (distal, ulnar, dorsal) points up, in units of g.
struct Posture {
  const char* name;
  Vector3d up;  // distal, ulnar, dorsal
  Vector3d left, right;
};
const Posture kPostures[] = {
    {"face up", {0, 0, 1}, {0, 0, 1}, {0, 0, 1}},
    {"arm hanging", {-1, 0, 0}, {-1, 0, 0}, {1, 0, 0}},
    {"fingers up", {1, 0, 0}, {1, 0, 0}, {-1, 0, 0}},
    {"thumb up", {0, -1, 0}, {0, -1, 0}, {0, -1, 0}},
};

template <typename Wear>
void check_postures(Wear wear, double tolerance) {
  for (const Posture& posture : kPostures) {
    for (Side side : {Side::left, Side::right}) {
      for (bool crown_left : {false, true}) {
        SCOPED_TRACE(std::string(posture.name) + " " + to_string(side));
        Wearing wearing;
        wearing.wear.crown_left = crown_left;
        // Ulnar is +y of S on a left arm, -y on a right one.
        Vector3d up = posture.up, expected = side == Side::left ? posture.left : posture.right;
        if (side == Side::right) up.y() = -up.y();
        if (crown_left) expected.head<2>() *= -1;
        const WornWatch worn = wear(still_station(up, 0.01), side, wearing);
        const Vector3d felt = row(worn.motion.specific_force_B, 39) / kGravity;
        EXPECT_LT((felt - expected).norm(), tolerance) << felt.transpose();
        EXPECT_NEAR(felt.norm(), 1, 1e-9);
      }
    }
  }
}

TEST(Gravity, OfAGluedWatchIsTheTableOfWatchAxes) { check_postures(wear_glued, 1e-12); }
TEST(Gravity, OfAStrappedWatchIsTheSameButForASagOfADegreeOrTwo) {
  check_postures(wear_strapped, 0.03);
}

TEST(WearGlued, IsTheStationShiftedToTheCase) {
  const RigidSeries station =
      testing::make_station(0.1, 800, [](double t) { return testing::pronation(t, 0.7, 3); });
  Wearing wearing;
  wearing.wear.roll = 0.2;
  const WornWatch worn = wear_glued(station, Side::right, wearing);
  const RigidSeries expected = shift(station, nominal_case_pose(Side::right, wearing));
  EXPECT_TRUE((worn.motion.specific_force_B == expected.specific_force_B).all());
  EXPECT_TRUE((worn.motion.w_WB_B == expected.w_WB_B).all());
  EXPECT_TRUE((worn.motion.R_WB == expected.R_WB).all());
  EXPECT_TRUE((worn.pressure == wearing.wear.pressure).all());
  EXPECT_TRUE((worn.gap == 0).all() && (worn.slip == 0).all() && (worn.tilt == 0).all());
  EXPECT_TRUE(worn.slips.empty());
  EXPECT_EQ(worn.contact_time.rate_hz, kContactRate);
  EXPECT_LE(worn.contact_time.end(), station.time.end() + 1e-9);
  EXPECT_EQ(worn.contact_time.count, 50);
}

}  // namespace
}  // namespace wrist
