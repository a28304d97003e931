// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <numeric>

#include "sim/base/constants.h"
#include "sim/base/rng.h"
#include "sim/strap/strap_solver.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kRate = 4000, kStep = 1 / kRate;

Wearing without_band() {
  Wearing wearing;
  wearing.wear.pressure = 0;
  wearing.strap.stiffness = wearing.strap.damping = 0;
  return wearing;
}

/// A case on a wide flat table: only gravity presses it down.
Wearing block_on_a_table(double friction) {
  Wearing wearing = without_band();
  wearing.wrist.half_breadth = wearing.wrist.half_depth = 100;
  wearing.wrist.taper = 0;
  wearing.wrist.stop_distance = 100;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = friction;
  return wearing;
}

/// How far a block moves along the table in one second once the table leans by `angle`.
double slide_on_incline(double friction, double angle) {
  const StrapModel model = build_strap_model(Side::left, block_on_a_table(friction));
  const Vector3d up = kGravity * Vector3d(-std::sin(angle), 0, std::cos(angle));
  StrapState state = settle(model, kGravity * Vector3d::UnitZ(), kRate);
  StationSample station;
  for (int i = 0; i < 8000; ++i) {
    const double lean = std::min(1.0, i / 4000.0);  // lean slowly, then wait
    station.specific_force = lean * up + (1 - lean) * kGravity * Vector3d(0, 0, std::cos(angle));
    advance(model, state, station, kStep);
  }
  return state.motion.X_SC.p.x();
}

TEST(Advance, ABlockSlipsOnAnInclineAtTheAngleOfFriction) {
  for (double friction : {0.2, 0.5}) {
    const double angle = std::atan(friction);
    EXPECT_LT(slide_on_incline(friction, angle - 0.01), 0.004) << friction;  // the skin stretches
    EXPECT_GT(slide_on_incline(friction, angle + 0.01), 0.020) << friction;
  }
}

TEST(Advance, AStrappedWatchHoldsUpToFrictionTimesAllNormalForces) {
  Wearing wearing;
  wearing.wrist.taper = 0;
  wearing.wrist.stop_distance = 10;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = 0.3;
  const StrapModel model = build_strap_model(Side::left, wearing);
  StrapState state = settle(model, Vector3d::Zero(), kRate);
  const auto sum = [](const Lanes& lanes) {
    return std::accumulate(lanes.begin(), lanes.end(), 0.0);
  };
  const double limit = 0.3 * sum(state.patches.normal) / model.mass;
  StationSample station;
  const auto pull = [&](double share) {
    station.specific_force.x() = -share * limit;
    for (int i = 0; i < 2000; ++i) advance(model, state, station, kStep);
    return state.motion.v.x();
  };
  EXPECT_LT(std::abs(pull(0.8)), 2e-3);
  // A pull at the case pitches it, which presses the band on: the limit itself grows a little.
  EXPECT_GT(pull(1.6), 0.5);
  EXPECT_NEAR(-sum(state.patches.friction_along), 0.3 * sum(state.patches.normal), 0.02);
}

TEST(Advance, AWatchThatTouchesNothingFliesStraightThoughTheArmTurns) {
  const StrapModel model = build_strap_model(Side::left, without_band());
  StrapState state;
  state.motion.X_SC = {Eigen::Quaterniond::Identity(), {0.01, 0.02, 0.5}};
  const Vector3d w{3, -2, 4}, start = state.motion.X_SC.p;
  state.motion.v = -w.cross(start);  // at rest in W
  state.motion.w = -w;
  StationSample station;
  station.w = w;
  constexpr int kSteps = 40000;
  constexpr double kFine = 0.1 / kSteps;
  for (int i = 0; i < kSteps; ++i) {
    const CaseSample sample = advance(model, state, station, kFine);
    ASSERT_LT(sample.specific_force.norm(), 1e-12);
    ASSERT_LT(sample.w.norm(), 1e-4);
  }
  const Eigen::Quaterniond R_WS(Eigen::AngleAxisd(0.1 * w.norm(), w.normalized()));
  EXPECT_LT((R_WS * state.motion.X_SC.p - start).norm(), 1e-5);  // of 0.27 m flown in S
  EXPECT_LT((R_WS * state.motion.X_SC.R).angularDistance(Eigen::Quaterniond::Identity()), 1e-4);
}

TEST(Advance, TorqueFreeSpinKeepsItsAngularMomentum) {
  const StrapModel model = build_strap_model(Side::left, without_band());
  StrapState state;
  state.motion.X_SC.p = {0, 0, 0.5};
  state.motion.w = {6, 10, -4};
  const auto momentum = [&] {
    const Eigen::Matrix3d R = state.motion.X_SC.R.toRotationMatrix();
    return Vector3d(R * model.inertia.asDiagonal() * R.transpose() * state.motion.w);
  };
  const Vector3d before = momentum();
  for (int i = 0; i < 40000; ++i) advance(model, state, {}, kStep / 10);
  EXPECT_LT((momentum() - before).norm(), 2e-3 * before.norm());
}

double energy(const StrapModel& model, const StrapState& state) {
  const CaseMotion& motion = state.motion;
  const Vector3d w_C = motion.X_SC.R.conjugate() * motion.w;
  double sum =
      0.5 * model.mass * motion.v.squaredNorm() + 0.5 * w_C.dot(model.inertia.cwiseProduct(w_C));
  PatchState patches = state.patches;
  strap_forces(model, motion, patches, 0);
  for (std::size_t i = 0; i < kPatches; ++i) {
    const double depth = std::max(0.0, patches.depth[i]);
    const double hardening = model.hardening[i], along = state.patches.along[i];
    const double around = state.patches.around[i];
    sum += model.stiffness[i] * depth * depth * (0.5 + hardening * depth / 3);
    sum += 0.5 * model.tangential_stiffness[i] *
           (model.along_stiffness * along * along + around * around);
  }
  return sum;
}

TEST(Advance, EnergyIsOnlyEverLostWithoutExcitation) {
  const Series random = (Rng(3) / "energy").normals(6 * 20);
  for (Index trial = 0; trial < 20; ++trial) {
    const auto n = random.segment<6>(6 * trial);
    Wearing wearing;
    wearing.wear.pressure = trial % 2 == 0 ? 500 : 6000;
    wearing.wear.wetness = trial % 3 == 0 ? 0.4 : 1.5;
    wearing.wrist.tissue_hardening *= trial % 5 == 0 ? 5 : 1;  // much harder than skin
    const StrapModel model = build_strap_model(Side::left, wearing);
    StrapState state = settle(model, Vector3d::Zero(), kRate);
    const double rest = energy(model, state);
    state.motion.v = 0.4 * Vector3d(n(0), n(1), n(2));
    state.motion.w = 6 * Vector3d(n(3), n(4), n(5));
    const double first = energy(model, state);
    double last = first;
    for (int k = 0; k < 100; ++k) {
      for (int i = 0; i < 40; ++i) advance(model, state, {}, kStep);  // 10 ms
      const double now = energy(model, state);
      EXPECT_LT(now, last + 1e-3 * rest) << trial << " " << k;
      last = now;
    }
    EXPECT_LT(last - rest, 0.2 * (first - rest)) << trial;
  }
}

TEST(Advance, EnergyHasNoTrendEvenWithoutDamping) {
  Wearing wearing;
  wearing.strap.damping = wearing.strap.tangential_damping = wearing.wrist.tissue_damping = 0;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = 50;  // sticks
  const StrapModel model = build_strap_model(Side::left, wearing);
  StrapState state = settle(model, Vector3d::Zero(), kRate);
  const double rest = energy(model, state);
  state.motion.v = {0.02, 0.02, 0.02};
  // Means over two seconds: the modes of a hardening spring beat. The step itself may add 0.1 % a
  // second; the damping left out here takes 100 times the energy in that time.
  double early = 0, late = 0;
  for (int i = 0; i < 40000; ++i) {
    advance(model, state, {}, kStep);
    const double now = energy(model, state) - rest;
    if (i < 8000) early += now;
    if (i >= 32000) late += now;
  }
  EXPECT_LT(late, 1.01 * early);
  EXPECT_GT(late, 0.9 * early);
}

TEST(Settle, LeavesNothingMoving) {
  for (const Vector3d& up : {Vector3d(0, 0, 9.8), Vector3d(-9.8, 0, 0), Vector3d(0, 9.8, 0)}) {
    const StrapModel model = build_strap_model(Side::left, {});
    StrapState state = settle(model, up, kRate);
    StationSample station;
    station.specific_force = up;
    const CaseSample sample = advance(model, state, station, kStep);
    EXPECT_LT((state.motion.X_SC.R * sample.specific_force - up).norm(), 1e-9);
    EXPECT_LT(state.motion.v.norm(), 1e-12);
    EXPECT_EQ(state.patches.slipped_along[0], 0);
  }
}

TEST(Settle, SagsByWeightOverStiffness) {
  Wearing wearing;
  wearing.strap.friction_static = wearing.strap.friction_kinetic = 10;
  wearing.wrist.taper = 0;
  const StrapModel model = build_strap_model(Side::left, wearing);
  const StrapState state = settle(model, {-kGravity, 0, 0}, kRate);  // the arm hangs
  // All patches share the weight; the case also leans on its edge, which adds to the sag.
  const double sag = model.mass * kGravity / wearing.strap.tangential_stiffness;
  EXPECT_GT(state.motion.X_SC.p.x() - model.X_SC_rest.p.x(), sag);
  EXPECT_LT(state.motion.X_SC.p.x() - model.X_SC_rest.p.x(), 2.5 * sag);
}

}  // namespace
}  // namespace wrist
