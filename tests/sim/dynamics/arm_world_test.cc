// SPDX-License-Identifier: Apache-2.0
// Every trap of the engine, met with our own settings.
#include "sim/dynamics/arm_world.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "tests/sim/dynamics/arm_examples.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::average_arm;
using testing::random_state;

constexpr ContactSurface kNoContact{0, 0, 0};

// Accelerations that one step of the engine gave, read off its rates.
JointState stepped(const ArmModel& arm, const JointState& before, const JointVector& torques,
                   const ExternalWrench& wrench, double h) {
  ArmWorld world(arm, kNoContact, h);
  world.set_joints(before);
  world.step(before, torques, {&wrench, 1});
  JointState after = before;
  world.get_joints(after);
  after.alpha_TU_U = (after.w_TU_U - before.w_TU_U) / h;
  after.qdd = (after.qd - before.qd) / h;
  return after;
}

// The one test that meets them all: base acceleration, gyroscopic terms, the ball joint's
// conventions, damping, massless carriers, external wrenches. Torques in, accelerations out,
// torques back.
TEST(ArmWorld, IsTheInverseOfInverseDynamics) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const ArmModel arm = average_arm(seed % 2 == 0 ? Side::left : Side::right);
    const JointState state = random_state(Rng(seed));
    const ExternalWrench wrench{Body::forearm, testing::random_vector(Rng(seed) / "force"),
                                0.1 * testing::random_vector(Rng(seed) / "moment")};
    const JointVector torques = inverse_dynamics(arm, state, {&wrench, 1});
    const JointState after = stepped(arm, state, torques, wrench, 1e-3);
    EXPECT_LT((after.alpha_TU_U - state.alpha_TU_U).norm(), 1e-7) << seed;
    EXPECT_LT((after.qdd - state.qdd).abs().maxCoeff(), 1e-6) << seed;
  }
}

TEST(ArmWorld, MovesAnglesWithTheNewRates) {
  const ArmModel arm = average_arm();
  JointState state = random_state(Rng(5));
  const double h = 1e-3;
  const JointState after = stepped(arm, state, inverse_dynamics(arm, state), {}, h);
  EXPECT_LT((after.q - (state.q + h * after.qd)).abs().maxCoeff(), 1e-12);
  const Vector3d turn = h * after.w_TU_U;
  const Eigen::Quaterniond expected =
      state.R_TU * Eigen::Quaterniond(Eigen::AngleAxisd(turn.norm(), turn.normalized()));
  EXPECT_LT(expected.angularDistance(after.R_TU), 1e-9);
}

// Upper arm alone as a pendulum in the sagittal plane.
ArmModel pendulum_arm() {
  ArmModel arm = average_arm();
  for (std::size_t b = 1; b < kBodies; ++b) {
    arm.bodies[b].mass *= 1e-6;  // massless children would leave the hinges without inertia
    arm.bodies[b].inertia *= 1e-6;
  }
  return arm;
}

double pendulum_frequency2(const ArmModel& arm) {
  const ArmBody& upper = arm.body(Body::upper_arm);
  const double c = upper.p_BCm.x();
  return upper.mass * kGravity * c / (upper.inertia(2, 2) + upper.mass * c * c);
}

double swing_angle(const JointState& s) {
  const Vector3d x = s.X_WT.R * (s.R_TU * Vector3d::UnitX());
  return std::atan2(x.x(), -x.z());
}

// Swings from `angle` on a thorax that moves along x by amplitude * sin(rate t).
struct Swing {
  double last_angle = 0;
  double largest_angle = 0;  // over the last second
};
Swing swing(double angle, double shake, double shake_rate, double duration_s, double h) {
  const ArmModel arm = pendulum_arm();
  ArmWorld world(arm, kNoContact, h);
  JointState s = testing::rest_state(arm);
  s.q.setZero();
  s.R_TU = Eigen::Quaterniond(Eigen::AngleAxisd(-angle, Vector3d::UnitY())) * s.R_TU;
  world.set_joints(s);
  Swing result;
  const int steps = static_cast<int>(std::lround(duration_s / h));
  for (int n = 0; n < steps; ++n) {
    const double t = n * h, phase = shake_rate * t;
    s.X_WT.p.x() = shake * std::sin(phase);
    s.v_WT.x() = shake * shake_rate * std::cos(phase);
    s.a_WT.x() = -shake * shake_rate * shake_rate * std::sin(phase);
    world.step(s, {}, {});
    world.get_joints(s);
    s.q.setZero(), s.qd.setZero();  // the hinges stay straight
    world.set_joints(s);
    result.last_angle = swing_angle(s);
    if (t > duration_s - 1)
      result.largest_angle = std::max(result.largest_angle, std::abs(result.last_angle));
  }
  return result;
}

TEST(ArmWorld, UndampedPendulumKeepsItsAmplitude) {
  const Swing after = swing(0.5, 0, 0, 20, 1. / 1000);
  EXPECT_NEAR(after.largest_angle, 0.5, 0.005);  // the default damping would have left 0.33
}

// theta'' = -w^2 sin(theta) - (m c / I) x'' cos(theta), by Runge and Kutta.
double shaken_pendulum(double w2, double shake, double rate, double duration_s) {
  const double h = 1e-4;
  double q = 0, v = 0;
  const auto f = [&](double t, double angle) {
    const double a = -shake * rate * rate * std::sin(rate * t);
    return -w2 * std::sin(angle) - w2 / kGravity * a * std::cos(angle);
  };
  for (int n = 0; n < static_cast<int>(std::lround(duration_s / h)); ++n) {
    const double t = n * h;
    const double k1 = f(t, q), k2 = f(t + h / 2, q + h / 2 * v);
    const double k3 = f(t + h / 2, q + h / 2 * v + h * h / 4 * k1);
    const double k4 = f(t + h, q + h * v + h * h / 2 * k2);
    q += h * v + h * h / 6 * (k1 + k2 + k3);
    v += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
  }
  return q;
}

TEST(ArmWorld, FeelsAShakenThorax) {
  const double shake = 0.1, rate = 7, duration = 3;
  const double expected =
      shaken_pendulum(pendulum_frequency2(pendulum_arm()), shake, rate, duration);
  ASSERT_GT(std::abs(expected), 0.05);
  EXPECT_NEAR(swing(0, shake, rate, duration, 1. / 4000).last_angle, expected, 2e-3);
}

TEST(ArmWorld, DoesNotClampAFlick) {
  const ArmModel arm = average_arm();
  JointState s = testing::rest_state(arm);
  s.qd[hinge(Body::index_distal)] = 400;  // rad/s; Bullet's own limit is 100
  const JointState after = stepped(arm, s, inverse_dynamics(arm, s), {}, 1e-4);
  EXPECT_NEAR(after.qd[hinge(Body::index_distal)], 400, 1e-6);
}

TEST(ArmWorld, NeverFallsAsleep) {
  const ArmModel arm = average_arm();
  const double h = 1. / 1000;
  ArmWorld world(arm, {}, h);
  JointState s = testing::rest_state(arm);
  s.a_WT.z() = -kGravity;  // free fall: nothing moves
  world.set_joints(s);
  for (int n = 0; n < 4000; ++n) world.step(s, {}, {});
  JointVector nudge;
  nudge.hinges[hinge(Body::elbow)] = 0.1;
  for (int n = 0; n < 10; ++n) world.step(s, nudge, {});
  world.get_joints(s);
  EXPECT_GT(s.qd[hinge(Body::elbow)], 1e-3);
}

// Bullet ignores the motors and constraints of a multibody without colliders (island -1). Ours is
// driven by torques: it moves alike with and without them.
TEST(ArmWorld, IsDrivenWithoutAnyCollider) {
  const ArmModel arm = average_arm();
  const JointState s = testing::rest_state(arm);
  JointVector push = inverse_dynamics(arm, s);
  push.hinges[hinge(Body::elbow)] += 0.5;
  const auto rate = [&](const ContactSurface& surface) {
    ArmWorld world(arm, surface, 1e-3);
    world.set_joints(s);
    JointState after = s;
    for (int n = 0; n < 20; ++n) world.step(s, push, {});
    world.get_joints(after);
    return after.qd[hinge(Body::elbow)];
  };
  EXPECT_GT(rate(kNoContact), 0.01);
  EXPECT_EQ(rate(kNoContact), rate({}));
}

TEST(ArmWorld, RejectsASkewedInertia) {
  ArmModel arm = average_arm();
  arm.bodies[0].inertia(0, 1) = arm.bodies[0].inertia(1, 0) = 1e-3;
  try {
    ArmWorld world(arm, kNoContact, 1e-3);
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::internal);
    EXPECT_NE(std::string(e.what()).find("upper_arm: expected an inertia along"),
              std::string::npos);
  }
}

}  // namespace
}  // namespace wrist
