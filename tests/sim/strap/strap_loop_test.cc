// SPDX-License-Identifier: Apache-2.0
#include "sim/strap/strap_loop.h"

#include <gtest/gtest.h>

#include "sim/base/rng.h"
#include "sim/strap/strap_solver.h"
#include "stations.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::Instant;
using testing::make_station;

constexpr double kStep = 1.0 / 4000;

Wearing loose(double pressure = 100) {
  Wearing wearing;
  wearing.wear.pressure = pressure;
  return wearing;
}

/// An elastic nylon loop, the softest strap there is.
StrapSpec nylon() {
  StrapSpec strap;
  strap.stiffness = 1800, strap.hardening = 60, strap.damping = 3.3;
  strap.friction_static = 0.45, strap.friction_kinetic = 0.35;
  strap.tangential_stiffness = 900, strap.tangential_damping = 3.1;
  return strap;
}

/// A light watch of 36 mm.
CaseSpec small_case() {
  return {0.030, {3.6e-6, 3.6e-6, 6.5e-6}, {0.036, 0.036, 0.011}, 0.0055, 6.5e-4};
}

double off_axis(const StrapLoop& loop, const Pose& X_SC) {
  return (X_SC.p - X_SC.R * Vector3d(0, 0, loop.height)).tail<2>().norm();
}
double upright(const StrapLoop& loop, const Pose& X_SC) {
  return loop.heading * (X_SC.R * Vector3d::UnitX()).x();
}

/// What a loop stores, worked out from the definition: k / 2 stretch^2 of either kind.
double loop_energy(const StrapLoop& loop, const Pose& X_SC) {
  const double off = std::max(0.0, off_axis(loop, X_SC) - loop.slack);
  const double sunk = std::max(0.0, loop.radius * (kLoopLeastCosine - upright(loop, X_SC)));
  return 0.5 * loop.stiffness * (off * off + sunk * sunk);
}

double energy(const StrapModel& model, const StrapState& state) {
  const CaseMotion& motion = state.motion;
  const Vector3d w_C = motion.X_SC.R.conjugate() * motion.w;
  PatchState patches = state.patches;
  strap_forces(model, motion, patches, 0);
  double sum = loop_energy(model.loop, motion.X_SC) + 0.5 * model.mass * motion.v.squaredNorm() +
               0.5 * w_C.dot(model.inertia.cwiseProduct(w_C));
  for (std::size_t i = 0; i < kPatches; ++i) {
    const double depth = std::max(0.0, patches.depth[i]), hardening = model.hardening[i];
    const double along = state.patches.along[i], around = state.patches.around[i];
    sum += model.stiffness[i] * depth * depth * (0.5 + hardening * depth / 3);
    sum += 0.5 * model.tangential_stiffness[i] *
           (model.along_stiffness * along * along + around * around);
  }
  return sum;
}

TEST(StrapLoop, IsRoundTheArmAtRestOnEitherSide) {
  for (Side side : {Side::left, Side::right}) {
    const StrapModel model = build_strap_model(side, loose());
    EXPECT_LT(off_axis(model.loop, model.X_SC_rest), 1e-12);
    EXPECT_NEAR(upright(model.loop, model.X_SC_rest), 1, 1e-12);
    EXPECT_GT(model.loop.slack, 0.5 * WristShape{}.half_depth);  // bone fills the other half
    EXPECT_LT(model.loop.slack, WristShape{}.half_depth);        // where it would be through
  }
}

TEST(StrapLoop, IsTautBeyondItsSlackAndNotBefore) {
  const StrapModel model = build_strap_model(Side::right, loose());
  const auto taut = [&](const Pose& X) { return is_taut(model.loop, X.R.toRotationMatrix(), X.p); };
  for (double angle : {0.0, 1.0, 2.0, 4.0}) {
    Pose X = model.X_SC_rest;
    const Vector3d out(0, std::cos(angle), std::sin(angle)), rest = X.p;
    X.p = rest + 0.999 * model.loop.slack * out + Vector3d(0.03, 0, 0);
    EXPECT_FALSE(taut(X)) << angle;
    X.p = rest + 1.001 * model.loop.slack * out;
    EXPECT_TRUE(taut(X)) << angle;
    // Leaning about an axis across the arm, the middle staying where it is.
    const Vector3d across(0, std::cos(angle), std::sin(angle));
    for (const auto& [lean, expected] : {std::pair(0.92, false), std::pair(0.93, true)}) {
      const Eigen::Quaterniond turn(Eigen::AngleAxisd(lean, across));
      EXPECT_EQ(taut({turn * model.X_SC_rest.R, turn * model.X_SC_rest.p}), expected);
    }
    // Round the arm it may go for ever.
    const Eigen::Quaterniond round(Eigen::AngleAxisd(angle, Vector3d::UnitX()));
    EXPECT_FALSE(taut({round * model.X_SC_rest.R, round * model.X_SC_rest.p}));
  }
}

TEST(StrapLoop, PullsDownTheSlopeOfItsEnergyAndIsSilentWithinTheSlack) {
  const StrapModel model = build_strap_model(Side::left, loose());
  const Series random = (Rng(5) / "loop").normals(6 * 40);
  int pulled = 0, silent = 0;
  for (Index trial = 0; trial < 40; ++trial) {
    const auto n = random.segment<6>(6 * trial);
    CaseMotion motion;
    const Vector3d turn = 0.6 * Vector3d(n(3), n(4), n(5));
    const Eigen::Quaterniond R(Eigen::AngleAxisd(turn.norm(), turn.normalized()));
    motion.X_SC = {R * model.X_SC_rest.R,
                   R * model.X_SC_rest.p + 0.012 * Vector3d(n(0), n(1), n(2))};
    const Wrench wrench = loop_forces(model.loop, motion);
    const bool taut = is_taut(model.loop, motion.X_SC.R.toRotationMatrix(), motion.X_SC.p);
    EXPECT_EQ(taut, wrench.force.norm() + wrench.moment.norm() > 0);
    ++(taut ? pulled : silent);
    for (int axis = 0; axis < 3; ++axis) {
      constexpr double kNudge = 1e-6;
      const Vector3d e = Vector3d::Unit(axis);
      const auto stored = [&](double step, double angle) {
        Pose X = motion.X_SC;
        X.p += step * e;
        X.R = Eigen::Quaterniond(Eigen::AngleAxisd(angle, e)) * X.R;
        return loop_energy(model.loop, X);
      };
      const double slope = (stored(kNudge, 0) - stored(-kNudge, 0)) / (2 * kNudge);
      const double twist = (stored(0, kNudge) - stored(0, -kNudge)) / (2 * kNudge);
      EXPECT_NEAR(wrench.force[axis], -slope, 0.02) << trial;
      EXPECT_NEAR(wrench.moment[axis], -twist, 1e-3) << trial;
    }
  }
  EXPECT_GT(pulled, 10);
  EXPECT_GT(silent, 10);
}

TEST(StrapLoop, NeverPushesHoweverFastItComesBack) {
  const StrapModel model = build_strap_model(Side::left, loose());
  CaseMotion motion;
  motion.X_SC = model.X_SC_rest;
  motion.X_SC.p.z() += model.loop.slack + 1e-3;
  const double still = loop_forces(model.loop, motion).force.z();
  motion.v.z() = 0.5;
  EXPECT_LT(loop_forces(model.loop, motion).force.z(), still);
  motion.v.z() = -0.5;
  EXPECT_GT(loop_forces(model.loop, motion).force.z(), still);
  motion.v.z() = -50;
  EXPECT_EQ(loop_forces(model.loop, motion).force.norm(), 0);
}

TEST(StrapLoop, AStrapWithoutABandHoldsNothing) {
  Wearing wearing = loose(0);
  wearing.strap.stiffness = wearing.strap.damping = 0;
  const StrapModel model = build_strap_model(Side::left, wearing);
  CaseMotion motion;
  motion.X_SC.p = {0, 0, 0.5};
  EXPECT_EQ(loop_forces(model.loop, motion).force.norm(), 0);
}

// A flung watch has 1.4 J, a few times what its patches can store. Skin alone let every other one
// go.
TEST(StrapLoop, AFlungWatchStaysRoundTheArmAndOnlyEverLosesEnergy) {
  const Series random = (Rng(7) / "flung").normals(6 * 60);
  for (Index trial = 0; trial < 60; ++trial) {
    const auto n = random.segment<6>(6 * trial);
    Wearing wearing = loose(trial % 3 == 0 ? 100 : 1500);
    if (trial % 2 == 0) wearing.strap = nylon();
    if (trial % 4 < 2) wearing.case_spec = small_case();
    const StrapModel model = build_strap_model(Side::left, wearing);
    StrapState state = settle(model, Vector3d::Zero(), 1 / kStep);
    state.motion.v = 8 * Vector3d(0.3 * n(0), n(1), n(2)).normalized();
    state.motion.w = 60 * Vector3d(n(3), n(4), n(5)).normalized();
    const double first = energy(model, state);
    double last = first;
    for (int k = 0; k < 200; ++k) {
      for (int i = 0; i < 20; ++i) advance(model, state, {}, kStep);  // 5 ms
      const double now = energy(model, state);
      ASSERT_LT(now, last + 1e-3 * first) << trial << " " << k;
      last = now;
      ASSERT_LT(off_axis(model.loop, state.motion.X_SC), model.loop.slack + 0.012) << trial;
      ASSERT_GT(upright(model.loop, state.motion.X_SC), 0.3) << trial;
    }
    EXPECT_LT(last, 0.1 * first) << trial;
  }
}

/// A forearm that swings and stops dead on a table twice a second: 10 ms of `peak` m/s2 against a
/// tenth of it for 100 ms before, along `blow` in S, where `up` points up.
RigidSeries slaps(const Vector3d& blow, const Vector3d& up, double peak) {
  const auto R_WS = Eigen::Quaterniond::FromTwoVectors(up, Vector3d::UnitZ());
  return make_station(3, 4000, [=](double t) {
    const double s = std::fmod(t, 0.5);
    const double swing = s > 0.2 && s < 0.3 ? -0.1 * std::sin(kPi * (s - 0.2) / 0.1) : 0;
    const double stop = s > 0.3 && s < 0.31 ? std::sin(kPi * (s - 0.3) / 0.01) : 0;
    Instant now;
    now.R_WS = R_WS;
    now.a_WS = R_WS * (peak * (swing + stop) * blow);
    return now;
  });
}

TEST(StrapLoop, HardSlapsLeaveAWatchOnEveryWristHoweverLoose) {
  const std::vector<double> wrists = {0.025, 0.028, 0.031, 0.034};  // m; half breadth
  const Vector3d blows[] = {{0, 0, 1}, {0, 0, -1}, {-0.5, 0.3, 0.8}, {0.4, 0.9, 0}};
  double farthest = 0;
  for (double pressure : {100.0, 300.0, 1000.0, 2000.0, 4000.0, 8000.0})
    for (double half_breadth : wrists)
      for (const Vector3d& blow : blows) {
        Wearing wearing = loose(pressure);
        wearing.wrist.half_breadth = half_breadth;
        wearing.wrist.half_depth = 0.7 * half_breadth;
        if (half_breadth < 0.03) wearing.case_spec = small_case();
        if (blow.x() == 0) wearing.strap = nylon();
        const RigidSeries station = slaps(blow.normalized(), Vector3d(0, 0.2, -1), 400);
        const WornWatch worn = wear_strapped(station, Side::left, wearing);
        const StrapLoop loop = build_strap_model(Side::left, wearing).loop;
        // What it may rise, a stretch of the taut loop and the lean of the case.
        EXPECT_LT(worn.gap.maxCoeff(), loop.slack + 0.004) << pressure << " " << half_breadth;
        EXPECT_LT(worn.p_SC.col(0).abs().maxCoeff(), 0.05);
        farthest = std::max(farthest, worn.gap.maxCoeff() / loop.slack);
      }
  EXPECT_GT(farthest, 0.9);  // some do pull the loop taut
}

}  // namespace
}  // namespace wrist
