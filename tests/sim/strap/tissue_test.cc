// SPDX-License-Identifier: Apache-2.0
// What the skin is like: harder when pressed, softer along the arm.
#include <gtest/gtest.h>

#include "sim/strap/strap_solver.h"
#include "stations.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kStep = 1.0 / 4000;

double sum(const Lanes& lanes, std::size_t from, std::size_t to) {
  double total = 0;
  for (std::size_t i = from; i < to; ++i) total += lanes[i];
  return total;
}

/// Normal force of the back when the case is held this much deeper than at rest.
double back_force(const Wearing& wearing, double deeper, double speed = 0) {
  const StrapModel model = build_strap_model(Side::left, wearing);
  CaseMotion motion;
  motion.X_SC = model.X_SC_rest;
  motion.X_SC.p.z() -= deeper;
  motion.v.z() = -speed;
  PatchState patches;
  strap_forces(model, motion, patches, kStep);
  return sum(patches.normal, 0, kCasePatches);
}

Wearing flat() {  // a wide wrist without taper: depth is height
  Wearing wearing;
  wearing.wrist.half_breadth = wearing.wrist.half_depth = 100;
  wearing.wrist.taper = 0;
  return wearing;
}

TEST(Tissue, HardensAsTheSpecSays) {
  Wearing wearing = flat();
  const double k = 900, hardening = 140, area = wearing.case_spec.back_area;
  for (double pressure : {500.0, 4000.0, 10000.0}) {
    wearing.wear.pressure = pressure;
    // The root of k d (1 + hardening d) = pressure x area.
    const double d = (std::sqrt(1 + 4 * hardening * pressure * area / k) - 1) / (2 * hardening);
    for (double deeper : {0.0, 0.001, 0.004})
      EXPECT_NEAR(back_force(wearing, deeper), k * (d + deeper) * (1 + hardening * (d + deeper)),
                  1e-5);
  }
}

TEST(Tissue, GivesTheMeasuredPressureOverItsWholeExcursion) {
  // 18 kPa within 7 mm (BYU thesis etd-11145), on 7 cm2.
  Wearing wearing = flat();
  wearing.wear.pressure = 0;
  EXPECT_NEAR(back_force(wearing, 0.007), 18e3 * 7e-4, 0.05 * 18e3 * 7e-4);
  // The tangent at a snug 4 kPa is steeper than the chord to it: dynamic above static.
  wearing.wear.pressure = 4000;
  const double depth = 2.4e-3, chord = 3.2 / depth;
  const double tangent = (back_force(wearing, 1e-4) - back_force(wearing, -1e-4)) / 2e-4;
  EXPECT_GT(tangent, 1.1 * chord);
}

TEST(Tissue, WithoutHardeningIsLinear) {
  Wearing wearing = flat();
  wearing.wrist.tissue_hardening = wearing.strap.hardening = 0;
  const double at_rest = back_force(wearing, 0);
  EXPECT_NEAR(at_rest, 3.2, 1e-9);
  EXPECT_NEAR(back_force(wearing, 0.003) - at_rest, 900 * 0.003, 1e-6);
}

TEST(Tissue, DampingKeepsItsRatioWhenItHardens) {
  const Wearing wearing = flat();
  const auto ratio = [&](double deeper) {
    const double damping = (back_force(wearing, deeper, 0.01) - back_force(wearing, deeper)) / 0.01;
    const double stiffness =
        (back_force(wearing, deeper + 1e-5) - back_force(wearing, deeper - 1e-5)) / 2e-5;
    return damping / std::sqrt(stiffness);
  };
  EXPECT_NEAR(ratio(0.004) / ratio(0), 1, 1e-4);
  EXPECT_NEAR(ratio(0), 3.5 / std::sqrt(900), 1e-4);
}

/// N/m; of all patches against sliding along (0) or round (1) the arm.
double shear_stiffness(const Wearing& wearing, int direction) {
  const StrapModel model = build_strap_model(Side::left, wearing);
  CaseMotion motion;
  motion.X_SC = model.X_SC_rest;
  (direction == 0 ? motion.v.x() : motion.w.x()) = direction == 0 ? 0.01 : 0.01 / 0.025;
  PatchState patches;
  for (int i = 0; i < 40; ++i) strap_forces(model, motion, patches, kStep);
  motion.v = motion.w = Vector3d::Zero();  // without damping
  strap_forces(model, motion, patches, 0);
  const Lanes& force = direction == 0 ? patches.friction_along : patches.friction_around;
  const Lanes& shear = direction == 0 ? patches.along : patches.around;
  double stiffness = 0;
  for (std::size_t i = 0; i < kPatches; ++i) stiffness -= force[i] / shear[i];
  return stiffness;
}

TEST(Tissue, IsSofterAlongTheArmThanRoundIt) {
  Wearing wearing;
  const double along = shear_stiffness(wearing, 0), around = shear_stiffness(wearing, 1);
  EXPECT_NEAR(along / around, 0.7, 1e-6);
  for (double stiffness : {along, around}) {  // the range of a watch on skin
    EXPECT_GT(stiffness, 300);
    EXPECT_LT(stiffness, 2000);
  }
  wearing.wrist.shear_anisotropy = 0;
  EXPECT_NEAR(shear_stiffness(wearing, 0) / shear_stiffness(wearing, 1), 1, 1e-9);
}

TEST(Tissue, ShearsLessUnderATightStrap) {
  Wearing loose, tight, linear;
  loose.wear.pressure = 1000;
  tight.wear.pressure = 8000;
  linear.wrist.tissue_hardening = linear.strap.hardening = 0;
  EXPECT_GT(shear_stiffness(tight, 1), 1.3 * shear_stiffness(loose, 1));
  EXPECT_NEAR(shear_stiffness(linear, 1), linear.strap.tangential_stiffness, 1e-6);
}

TEST(Tissue, SlidesWhereItIsPulledThoughOneDirectionIsSofter) {
  // Dragged askew for long, the pull turns against the motion and stands on the cone.
  const StrapModel model = build_strap_model(Side::left, {});
  CaseMotion motion;
  motion.X_SC = model.X_SC_rest;
  motion.v = {0.1, 0, 0};
  motion.w = {0.1 / 0.026, 0, 0};
  PatchState patches;
  for (int i = 0; i < 4000; ++i) strap_forces(model, motion, patches, kStep);
  for (std::size_t i = 0; i < kCasePatches; ++i) {
    const double along = -patches.friction_along[i], around = -patches.friction_around[i];
    EXPECT_NEAR(std::hypot(along, around), patches.friction_limit[i], 1e-3);
    EXPECT_GT(along * 0.1, 0);
    EXPECT_NEAR(patches.sliding[i], std::hypot(patches.slipped_along[i], patches.slipped_around[i]),
                0.1 * patches.sliding[i]);  // after one second
  }
}

}  // namespace
}  // namespace wrist
