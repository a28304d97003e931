// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <limits>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"
#include "sim/strap/strap_solver.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kStep = 1.0 / 4000;

Wearing without_friction() {
  Wearing wearing;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = 0;
  return wearing;
}

CaseMotion at_rest(const StrapModel& model) {
  CaseMotion motion;
  motion.X_SC = model.X_SC_rest;
  return motion;
}

double sum(const Lanes& lanes, std::size_t from, std::size_t to) {
  double total = 0;
  for (std::size_t i = from; i < to; ++i) total += lanes[i];
  return total;
}

/// Energy stored in the normal springs.
double elastic_energy(const StrapModel& model, const CaseMotion& motion) {
  PatchState patches;
  strap_forces(model, motion, patches, kStep);
  double energy = 0;
  for (std::size_t i = 0; i < kLanes; ++i) {
    const double depth = std::max(0.0, patches.depth[i]);
    energy += model.stiffness[i] * depth * depth * (0.5 + model.hardening[i] * depth / 3);
  }
  return energy;
}

CaseMotion displaced(const StrapModel& model, const Vector3d& move, const Vector3d& turn) {
  CaseMotion motion = at_rest(model);
  motion.X_SC.p += move;
  if (turn.norm() > 0)
    motion.X_SC.R =
        Eigen::Quaterniond(Eigen::AngleAxisd(turn.norm(), turn.normalized())) * motion.X_SC.R;
  return motion;
}

TEST(StrapForces, TheBackPressesAsAskedAndTheBandBalancesIt) {
  for (Side side : {Side::left, Side::right}) {
    Wearing wearing;
    wearing.wrist.taper = 0;
    const StrapModel model = build_strap_model(side, wearing);
    PatchState patches;
    const Wrench wrench = strap_forces(model, at_rest(model), patches, kStep);
    EXPECT_NEAR(sum(patches.normal, 0, kCasePatches), 4000 * 8e-4, 1e-9);
    EXPECT_LT(wrench.force.norm(), 1e-9);
    EXPECT_LT(wrench.moment.norm(), 1e-9);
  }
}

TEST(StrapForces, TheBandHoldsAboutTheTensionTimesTheAngleItWraps) {
  // A band of tension T presses with T per radian and holds the case down with 2 T sin(start).
  const Wearing wearing;
  const StrapModel model = build_strap_model(Side::left, wearing);
  PatchState patches;
  strap_forces(model, at_rest(model), patches, kStep);
  const double start = std::atan2(0.022, 0.021), tension = 3.2 / (2 * std::sin(start));
  EXPECT_NEAR(sum(patches.normal, kCasePatches, kPatches), tension * (2 * kPi - 2 * start), 1.0);
}

TEST(StrapForces, WithoutFrictionAreTheGradientOfTheElasticEnergy) {
  Wearing wearing = without_friction();
  wearing.wear.roll = 0.2;
  const StrapModel model = build_strap_model(Side::left, wearing);
  const Vector3d move{0.024, 0.001, -0.0005}, turn{0.3, 0.03, -0.05};  // on the flare, turned round
  PatchState patches;
  const Wrench wrench = strap_forces(model, displaced(model, move, turn), patches, kStep);
  constexpr double kSmall = 1e-6;
  for (int axis = 0; axis < 3; ++axis) {
    const Vector3d step = kSmall * Vector3d::Unit(axis);
    const double force = -(elastic_energy(model, displaced(model, move + step, turn)) -
                           elastic_energy(model, displaced(model, move - step, turn))) /
                         (2 * kSmall);
    EXPECT_NEAR(wrench.force(axis), force, 1e-5) << axis;
    CaseMotion plus = displaced(model, move, turn), minus = plus;
    plus.X_SC.R = Eigen::Quaterniond(Eigen::AngleAxisd(kSmall, Vector3d::Unit(axis))) * plus.X_SC.R;
    minus.X_SC.R =
        Eigen::Quaterniond(Eigen::AngleAxisd(-kSmall, Vector3d::Unit(axis))) * minus.X_SC.R;
    const double moment =
        -(elastic_energy(model, plus) - elastic_energy(model, minus)) / (2 * kSmall);
    EXPECT_NEAR(wrench.moment(axis), moment, 1e-6) << axis;
  }
  EXPECT_GT(wrench.force.norm(), 0.5);
}

TEST(StrapForces, TaperPushesTheWatchTowardsTheHand) {
  const StrapModel model = build_strap_model(Side::left, without_friction());
  PatchState patches;
  const Wrench wrench = strap_forces(model, at_rest(model), patches, kStep);
  const double normal = sum(patches.normal, 0, kPatches);
  EXPECT_NEAR(wrench.force.x(), 0.06 / std::sqrt(1 + 0.06 * 0.06) * normal, 1e-9);
}

TEST(StrapForces, TheFlareOfTheWristStopsTheStrap) {
  const StrapModel model = build_strap_model(Side::left, without_friction());
  PatchState patches;
  const auto thrust = [&](double x) {
    return strap_forces(model, displaced(model, {x, 0, 0}, Vector3d::Zero()), patches, kStep)
        .force.x();
  };
  EXPECT_GT(thrust(0.019), 0);
  EXPECT_LT(thrust(0.030), -4);  // 1 cm beyond the stop: ten times the watch's weight
  EXPECT_LT(thrust(0.040), 2 * thrust(0.030));
}

TEST(StrapForces, NeverPull) {
  const StrapModel model = build_strap_model(Side::left, {});
  CaseMotion motion = displaced(model, {0, 0, 0.004}, Vector3d::Zero());
  motion.v = {0, 0, 3};
  PatchState patches;
  strap_forces(model, motion, patches, kStep);
  EXPECT_EQ(sum(patches.normal, 0, kCasePatches), 0);
  for (double normal : patches.normal) EXPECT_GE(normal, 0);
  EXPECT_GT(sum(patches.normal, kCasePatches, kPatches), 1);  // the band holds it back
}

TEST(StrapForces, FrictionStaysInsideItsConeWhateverHappens) {
  const StrapModel model = build_strap_model(Side::right, {});
  PatchState patches;
  const Series noise = (Rng(7) / "strap cone").normals(6 * 4000);
  int slid = 0;
  for (Index i = 0; i < 4000; ++i) {
    const auto n = noise.segment<6>(6 * i);
    CaseMotion motion = displaced(model, 1e-3 * Vector3d(n(0), n(1), n(2)), {0, 0, 0});
    motion.v = 0.3 * Vector3d(n(3), n(4), n(5));
    motion.w = 5 * Vector3d(n(1), n(2), n(3));
    strap_forces(model, motion, patches, kStep);
    for (std::size_t k = 0; k < kLanes; ++k) {
      const double friction = std::hypot(patches.friction_along[k], patches.friction_around[k]);
      EXPECT_LE(friction, patches.friction_limit[k] * (1 + 1e-9) + 1e-12);
      EXPECT_LE(patches.friction_limit[k], 0.6 * patches.normal[k] * (1 + 1e-12));
      EXPECT_GE(patches.friction_limit[k], 0.45 * patches.normal[k] * (1 - 1e-12));
      slid += patches.sliding[k] > 0;
    }
  }
  EXPECT_GT(slid, 200);
}

TEST(StrapForces, FrictionFallsFromStaticToKineticWhileSliding) {
  Wearing wearing;
  wearing.wear.wetness = 1.5;
  const StrapModel model = build_strap_model(Side::left, wearing);
  PatchState patches;
  CaseMotion motion = at_rest(model);
  motion.v = {0.2, 0, 0};  // the patches are dragged while the pose is held
  const double first = [&] {
    strap_forces(model, motion, patches, kStep);
    return patches.friction_limit[0] / patches.normal[0];
  }();
  Wrench wrench{};
  for (int i = 0; i < 400; ++i) wrench = strap_forces(model, motion, patches, kStep);
  EXPECT_NEAR(first, 1.5 * 0.6, 1e-12);
  EXPECT_NEAR(patches.friction_limit[0] / patches.normal[0], 1.5 * 0.45, 0.005);
  for (std::size_t i = 0; i < kPatches; ++i) EXPECT_NEAR(patches.sliding[i], 0.2, 0.002);
  const double normal = sum(patches.normal, 0, kPatches);
  EXPECT_NEAR(wrench.force.x(), 0.06 * normal - 1.5 * 0.45 * normal, 0.02 * normal);
}

TEST(StrapForces, ABristleBelowBreakawayIsASpring) {
  const StrapModel model = build_strap_model(Side::left, {});
  PatchState patches;
  CaseMotion motion = at_rest(model);
  for (double v : {0.02, -0.02}) {  // 0.5 mm there and back
    motion.v = {v, 0, 0};
    for (int i = 0; i < 100; ++i) strap_forces(model, motion, patches, kStep);
    if (v > 0) {
      EXPECT_NEAR(patches.along[0], 0.5e-3, 2e-6);
    }
  }
  for (std::size_t i = 0; i < kPatches; ++i) {
    EXPECT_NEAR(patches.along[i], 0, 1e-15);
    EXPECT_NEAR(patches.slipped_along[i], 0, 1e-15);
  }
}

TEST(StrapForces, PaddingLanesFeelNothing) {
  const StrapModel model = build_strap_model(Side::left, {});
  PatchState patches;
  CaseMotion motion = displaced(model, {0.03, 0.002, -0.01}, {0.5, 0.1, 0.1});
  motion.v = {1, 1, 1};
  strap_forces(model, motion, patches, kStep);
  for (std::size_t i = kPatches; i < kLanes; ++i) {
    EXPECT_EQ(patches.normal[i], 0);
    EXPECT_EQ(patches.friction_along[i], 0);
    EXPECT_EQ(patches.sliding[i], 0);
  }
}

TEST(BuildStrapModel, NamesWhatIsWrong) {
  const auto message = [](auto change) -> std::string {
    Wearing wearing;
    change(wearing);
    try {
      build_strap_model(Side::left, wearing);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      return error.what();
    }
    return "";
  };
  EXPECT_NE(message([](Wearing& w) { w.case_spec.mass = 0; }).find("case mass"), std::string::npos);
  EXPECT_NE(message([](Wearing& w) { w.wear.pressure = -1; }).find("wear pressure"),
            std::string::npos);
  EXPECT_NE(message([](Wearing& w) { w.strap.friction_kinetic = 0.9; }).find("friction_static"),
            std::string::npos);
  EXPECT_NE(message([](Wearing& w) {
              w.wrist.half_depth = std::numeric_limits<double>::infinity();
            }).find("half_depth"),
            std::string::npos);
}

}  // namespace
}  // namespace wrist
