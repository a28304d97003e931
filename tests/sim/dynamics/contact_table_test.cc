// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_table.h"

#include <gtest/gtest.h>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/measure_blows.h"
#include "sim/dynamics/strike_points.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

const ArmModel& man(Side side) {
  static const ArmModel kRight = build_arm(testing::average_man(), Side::right);
  static const ArmModel kLeft = build_arm(testing::average_man(), Side::left);
  return side == Side::right ? kRight : kLeft;
}

BlowPlan plan() {
  BlowPlan p;
  p.elbow = {10 * kDegree, 90 * kDegree};
  p.pronation = {-30 * kDegree, 30 * kDegree};
  p.shoulder_flexion = {0, 0};
  const Eigen::Array<double, kHinges, 1> rest =
      rest_motion(man(Side::right), make_grid(0.1, 100)).angles.row(0).transpose();
  p.poses = {{{Body::hand, {}, 0}, rest}, {{Body::index_distal, {}, 0}, rest}};
  return p;
}

const ContactTable& table() {
  static const ContactTable kTable = measure_contact_table(man(Side::right), plan(), 0.02, 2);
  return kTable;
}

// What the table gives at a posture it was made in is what the engine said there.
TEST(ContactTable, GivesBackWhatWasMeasured) {
  const BlowPlan p = plan();
  for (const BlowPose& pose : p.poses) {
    const Eigen::ArrayXXd said =
        measure_blow(man(Side::right), pose, p.elbow[1], p.pronation[0], 0, p.options);
    for (Index d = 0; d < 3; ++d) {
      const BlowKernel k = blow_kernel(table(), man(Side::right), pose.pair, Vector3d::Unit(d), {1},
                                       p.elbow[1], p.pronation[0]);
      const auto error = [](const auto& a, const auto& b) {
        return (a - b).matrix().norm() / b.matrix().norm();
      };
      EXPECT_LT(error(k.point, said.col(9 * d + d)), 0.03) << d;
      EXPECT_LT(error(k.force_F, said.middleCols(9 * d + 3, 3)), 0.03) << d;
      EXPECT_LT(error(k.alpha_F, said.middleCols(9 * d + 6, 3)), 0.03) << d;
    }
  }
}

// By hand: along a straight arm's own axis the whole of it is pushed; the struck point answers with
// less than 1 / (mass of the hand) and more than 1 / (mass of the arm).
TEST(ContactTable, AnswersWithTheMassThatIsBehindTheBlow) {
  const ArmModel& arm = man(Side::right);
  const BlowKernel along = blow_kernel(table(), arm, {Body::hand, {}, 0}, Vector3d::UnitX(), {1},
                                       10 * kDegree, 30 * kDegree);
  const double hand = distal_mass(arm) - arm.body(Body::forearm).mass - arm.body(Body::elbow).mass;
  EXPECT_LT(along.point[0], 1 / hand);
  EXPECT_GT(along.point[0], 1 / (distal_mass(arm) + arm.body(Body::upper_arm).mass));
  const BlowKernel across = blow_kernel(table(), arm, {Body::hand, {}, 0}, Vector3d::UnitZ(), {1},
                                        10 * kDegree, 30 * kDegree);
  EXPECT_GT(across.point[0], along.point[0]) << "a hand gives way at the wrist";
  const BlowKernel finger = blow_kernel(table(), arm, {Body::index_distal, {}, 0},
                                        Vector3d::UnitZ(), {1}, 10 * kDegree, 30 * kDegree);
  EXPECT_GT(finger.point[0], 3 * across.point[0]) << "and a finger more";
}

// The muscles take a blow back: the velocity that it gave is gone when the kernel ends.
TEST(ContactTable, KernelsEndAtRest) {
  const BlowKernel k =
      blow_kernel(table(), man(Side::right), {Body::hand, {}, 0}, Vector3d::UnitZ(), {1}, 0.8, 0);
  EXPECT_LT(std::abs(k.point[kTableSamples - 1]), 0.1 * k.point[0]);
  const double turned = k.alpha_F.col(1).sum() / kTableRate;
  EXPECT_LT(std::abs(turned), 0.1 * k.alpha_F.col(1).abs().sum() / kTableRate);
}

// The left arm is the mirror image: y of a force, x and z of a turn change sign, nothing else.
TEST(ContactTable, ALeftArmIsTheMirrorImage) {
  const Vector3d d = Vector3d(0.3, 0.8, -0.5).normalized(), mirrored(d.x(), -d.y(), d.z());
  const BlowKernel right =
      blow_kernel(table(), man(Side::right), {Body::hand, {}, 0}, d, {1}, 1, 0.1);
  const BlowKernel left =
      blow_kernel(table(), man(Side::left), {Body::hand, {}, 0}, mirrored, {1}, 1, 0.1);
  EXPECT_LT((left.point - right.point).abs().maxCoeff(), 1e-9);
  EXPECT_LT((left.force_F.col(1) + right.force_F.col(1)).abs().maxCoeff(), 1e-6);
  EXPECT_LT((left.force_F.col(2) - right.force_F.col(2)).abs().maxCoeff(), 1e-6);
  EXPECT_LT((left.alpha_F.col(0) + right.alpha_F.col(0)).abs().maxCoeff(), 1e-6);
  EXPECT_LT((left.alpha_F.col(1) - right.alpha_F.col(1)).abs().maxCoeff(), 1e-6);
}

TEST(ContactTable, AStrikerItLacksIsTheHandAndAHeavierArmAnswersLess) {
  const BlowKernel hand =
      blow_kernel(table(), man(Side::right), {Body::hand, {}, 0}, Vector3d::UnitZ(), {1}, 1, 0);
  const BlowKernel other = blow_kernel(table(), man(Side::right), {Body::ring_proximal, {}, 0},
                                       Vector3d::UnitZ(), {1}, 1, 0);
  EXPECT_TRUE((hand.point == other.point).all());
  ContactTable heavier = table();
  heavier.mass *= 2;  // the arm at hand is half as heavy as the table's
  const BlowKernel light =
      blow_kernel(heavier, man(Side::right), {Body::hand, {}, 0}, Vector3d::UnitZ(), {1}, 1, 0);
  EXPECT_LT((light.point - 2 * hand.point).abs().maxCoeff(),
            1e-12 * hand.point.abs().maxCoeff() + 1e-9);
  EXPECT_THROW(ContactTable{}.entry({Body::hand, {}, 0}), Error);
  EXPECT_THROW(table().entry({Body::hand, {}, 7}), Error) << "a place it lacks is no other place";
  EXPECT_THROW(table().entry({Body::ring_distal, Body::thumb_distal, 0}), Error);
}

}  // namespace
}  // namespace wrist
