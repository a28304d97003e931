// SPDX-License-Identifier: Apache-2.0
// Blows of the world: convergence, momentum, energy, plausible forces.
#include "sim/dynamics/world_contacts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/error.h"
#include "tests/sim/dynamics/contact_examples.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::average_arm;
using testing::blow_of;
using testing::largest;
using testing::play_blow;

// dynamics.md 4.6: a hard contact's peak grows as the rate; ours must not.
TEST(PalmOnTable, PeaksConvergeFrom2To8kHz) {
  const ArmModel arm = average_arm();
  const Contact palm = blow_of(Body::hand, "table", 1);
  const auto at = [&](double rate_hz) {
    FullOptions options;
    options.rate_hz = rate_hz;
    return std::array{play_blow(arm, palm, options).touches.at(0).peak_force,
                      largest(testing::transient(arm, palm, options))};
  };
  const auto coarse = at(2000), fine = at(8000);
  EXPECT_NEAR(coarse[0], fine[0], 0.05 * fine[0]);
  EXPECT_NEAR(coarse[1], fine[1], 0.05 * fine[1]);
}

TEST(PalmOnTable, IsToldAsItHappened) {
  const ArmModel arm = average_arm();
  const PlayedArm played = play_blow(arm, blow_of(Body::hand, "table", 1));
  ASSERT_EQ(played.touches.size(), 1u);
  const Touch& touch = played.touches[0];
  EXPECT_EQ(touch.event.class_name, "contact:hand-table");
  EXPECT_EQ(touch.event.source, "contact");
  EXPECT_NEAR(touch.event.start_s, 0.1, 0.001);
  EXPECT_GT(touch.event.end_s, 0.105);
  EXPECT_LT(touch.event.end_s, 0.2);
  EXPECT_NEAR(touch.event.speed, 1, 0.05);
  EXPECT_EQ(touch.peak_force, played.contact_force.maxCoeff());
  EXPECT_GT(touch.impulse, 0);
}

// A free arm without weight, muscles and stiff joints: what a blow gives is mass x change of speed.
struct FreeBlow {
  double impulse, change, mass;        // N s, m/s, kg
  double energy_before, energy_after;  // J
};

double kinetic_energy(const ArmModel& arm, const JointState& s) {
  const auto states = body_states(arm, s);
  double sum = 0;
  for (std::size_t b = 0; b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[b];
    const Vector3d v = states[b].v_B + states[b].w_B.cross(body.p_BCm);
    sum +=
        0.5 * body.mass * v.squaredNorm() + 0.5 * states[b].w_B.dot(body.inertia * states[b].w_B);
  }
  return sum;
}

// The wall stands at height 0 along n, the tip of the index finger or the wrist comes at `speed`.
FreeBlow free_blow(Body striker, double speed, double loss_s, double h) {
  const ArmModel arm = average_arm();
  JointState s = testing::rest_state(arm);
  s.q = testing::level_motion(arm, 0.1).angles.row(0).transpose();
  s.a_WT.z() = -kGravity;
  const StrikePoint point = strike_points(arm, striker).front();
  const auto body_of = [&](const JointState& joints) {
    return body_states(arm, joints)[static_cast<std::size_t>(striker)];
  };
  const auto place = [&](const BodyState& b) -> Vector3d {
    return b.X_WB.p + b.X_WB.R * point.p_B;
  };
  const auto velocity = [&](const BodyState& b) -> Vector3d {
    return b.X_WB.R * (b.v_B + b.w_B.cross(point.p_B));
  };
  const Vector3d n = body_of(s).X_WB.R * Vector3d::UnitZ();
  const double wall = n.dot(place(body_of(s))) - point.radius;
  const auto kick = [&](double force) -> ExternalWrench {
    const Eigen::Quaterniond R_BW = body_of(s).X_WB.R.conjugate();
    const Vector3d f_B = R_BW * Vector3d(force * n);
    return {striker, f_B, point.p_B.cross(f_B)};
  };
  // A kick of 1 N s in one step at rest: its change of speed is one over the effective mass.
  ArmWorld world(arm, {0, 0, 0}, h);
  world.set_joints(s);
  const ExternalWrench unit = kick(1e-3 / h);
  world.step(s, {}, {&unit, 1});
  JointState kicked = s;
  world.get_joints(kicked);
  kicked.q = s.q, kicked.R_TU = s.R_TU;
  FreeBlow blow{0, 0, 1e-3 / n.dot(velocity(body_of(kicked))), 0, 0};
  // That motion, backwards and faster, is the approach.
  const double scale = -speed * blow.mass / 1e-3;
  s.qd = scale * kicked.qd, s.w_TU_U = scale * kicked.w_TU_U;
  blow.energy_before = kinetic_energy(arm, s);
  const double before = n.dot(velocity(body_of(s)));
  EXPECT_NEAR(before, -speed, 1e-6 * speed);
  world.set_joints(s);
  const PairStiffness pair{5000, 5000 * loss_s};
  for (int i = 0; i < 200000; ++i) {
    const BodyState b = body_of(s);
    const double height = n.dot(place(b)) - point.radius - wall;
    if (i > 2 && height > 0) break;
    const double force = pressing_force(pair, -height, -n.dot(velocity(b)));
    const ExternalWrench wrench = kick(force);
    blow.impulse += force * h;
    world.step(s, {}, {&wrench, 1});
    world.get_joints(s);
  }
  blow.change = n.dot(velocity(body_of(s))) - before;
  blow.energy_after = kinetic_energy(arm, s);
  return blow;
}

// While the blow lasts the arm hardly moves: its effective mass stays.
TEST(FreeArm, GivesTheImpulseOfItsEffectiveMass) {
  for (const Body striker : {Body::forearm, Body::hand}) {
    const FreeBlow b = free_blow(striker, 0.05, 0, 1. / 8000);
    EXPECT_NEAR(b.impulse, b.mass * b.change, 0.02 * b.impulse) << to_string(striker);
    EXPECT_GT(b.mass, 0.05) << to_string(striker);
    EXPECT_LT(b.mass, 3) << to_string(striker);
  }
}

TEST(FreeArm, NeverGainsEnergy) {
  for (const Body striker : {Body::forearm, Body::hand}) {
    const FreeBlow elastic = free_blow(striker, 0.5, 0, 1. / 8000);
    EXPECT_LT(elastic.energy_after, 1.01 * elastic.energy_before) << to_string(striker);
    EXPECT_GT(elastic.energy_after, 0.9 * elastic.energy_before) << to_string(striker);
    const FreeBlow soft = free_blow(striker, 0.5, 5e-3, 1. / 8000);
    EXPECT_LT(soft.energy_after, 0.9 * elastic.energy_before) << to_string(striker);
  }
}

// A kilogram dropped on a spring and damper that starts from zero force; restitution below one.
TEST(PressingForce, NeverPullsAndLosesEnergy) {
  const PairStiffness pair = in_series({2e4, 2e-3}, {5e5, 2e-4});
  EXPECT_EQ(pressing_force(pair, -1e-6, 3), 0);
  EXPECT_EQ(pressing_force(pair, 1e-4, -100), 0);
  EXPECT_NEAR(pressing_force(pair, 0.002, 0), pair.stiffness * 0.002, 1e-9);
  for (const double speed : {0.1, 1., 3.}) {
    double depth = 0, v = speed;
    const double h = 1e-5;
    do {
      v -= h * pressing_force(pair, depth, v);
      depth += h * v;
    } while (depth > 0);
    EXPECT_LT(-v, speed) << speed;
    EXPECT_GT(-v, 0.1 * speed) << speed;
  }
}

TEST(Materials, InSeriesAreSofterThanEither) {
  const PairStiffness p = in_series({1000, 1e-3}, {3000, 2e-3});
  EXPECT_NEAR(p.stiffness, 750, 1e-9);
  // Loss of the pair: shares of the compliance, 3/4 and 1/4.
  EXPECT_NEAR(p.damping / p.stiffness, 0.75e-3 + 0.25 * 2e-3, 1e-12);
  EXPECT_NEAR(in_series({1000, 1e-3}, {1e9, 0}).stiffness, 1000, 1e-2);
}

struct Expected {
  Body striker;
  const char* other;
  double speed, low, high;  // m/s, N
};

// Claps 50-150 N, slaps some hundred N, knocks 20-150 N, key strokes 1-4 N, all [prior].
TEST(Blows, HavePlausibleForces) {
  const ArmModel arm = average_arm();
  for (const Expected& e :
       {Expected{Body::hand, "other_palm", 1.4, 30, 200},
        Expected{Body::hand, "table", 2, 100, 600}, Expected{Body::hand, "thigh", 0.5, 10, 120},
        Expected{Body::middle_proximal, "door", 1.1, 5, 150},
        Expected{Body::index_distal, "key", 0.3, 0.3, 4},
        Expected{Body::index_distal, "table", 0.15, 0.15, 4},
        Expected{Body::forearm, "ground", 1.5, 100, 1500}, Expected{Body::hand, "ball", 2, 30, 400},
        Expected{Body::hand, "water", 1, 0.5, 60}}) {
    const PlayedArm played = play_blow(arm, blow_of(e.striker, e.other, e.speed));
    ASSERT_FALSE(played.touches.empty()) << e.other;
    EXPECT_GT(played.touches[0].peak_force, e.low) << e.other;
    EXPECT_LT(played.touches[0].peak_force, e.high) << e.other;
    EXPECT_NEAR(played.touches[0].event.speed, e.speed, 0.1 * e.speed) << e.other;
  }
}

TEST(Blows, GrowWithSpeedAndStiffness) {
  const ArmModel arm = average_arm();
  FullOptions hard, soft;
  hard.surface = Surface{{2e5, 2e-4}, 0.5, 0, 0, false};
  soft.surface = Surface{{3e3, 2e-4}, 0.5, 0, 0, false};
  const auto peak = [&](double speed, const FullOptions& options) {
    return play_blow(arm, blow_of(Body::hand, "table", speed), options).touches.at(0).peak_force;
  };
  EXPECT_GT(peak(1, hard), 1.5 * peak(0.5, hard));
  EXPECT_GT(peak(1, hard), 1.3 * peak(1, soft));
}

TEST(Blows, StandAsideForWhatDoesNotTouch) {
  const ArmModel arm = average_arm();
  FullOptions without;
  without.contacts = false;
  EXPECT_TRUE(play_blow(arm, blow_of(Body::hand, "table", 1), without).touches.empty());
  Contact late = blow_of(Body::hand, "table", 1, 9);
  EXPECT_TRUE(play_blow(arm, late).touches.empty());
}

TEST(Blows, LeaveTheHandWhenTheyAreReleased) {
  const ArmModel arm = average_arm();
  const PlayedArm played = play_blow(arm, blow_of(Body::hand, "other_palm", 0.5), {}, 0.5);
  EXPECT_EQ(played.contact_force.tail(800).maxCoeff(), 0);  // 0.2 s
  const Series3 rest = played.forearm.specific_force_B.bottomRows(10);
  EXPECT_NEAR(std::sqrt(rest.square().rowwise().sum().mean()), kGravity, 0.05);
}

// What the finger loses the palm gains: the arm as a whole feels neither force nor moment.
TEST(Blows, OfTheHandOnItselfAreInternal) {
  const ArmModel arm = average_arm();
  const Contact snap = blow_of(Body::middle_distal, "palm", 3);
  const JointSplines splines = fit_splines(testing::level_motion(arm, 0.3));
  WorldContacts blows(arm, splines, {snap}, {}, {});
  double largest_force = 0;
  for (int n = 0; n < 80; ++n) {
    const double h = 1. / 4000, t = 0.09 + n * h;
    const JointState still = joint_states(splines, {t, 1, 1}).front();
    const auto states = body_states(arm, still);
    std::vector<ExternalWrench> wrenches;
    std::vector<Touching> touching;
    blows.act(t, h, still, states, wrenches, touching);
    Vector3d force = Vector3d::Zero(), moment = Vector3d::Zero();
    for (const ExternalWrench& w : wrenches) {
      const Pose& X_WB = states[static_cast<std::size_t>(w.body)].X_WB;
      const Vector3d f_W = X_WB.R * w.force_B;
      force += f_W;
      moment += X_WB.R * w.moment_B + X_WB.p.cross(f_W);
      largest_force = std::max(largest_force, f_W.norm());
    }
    EXPECT_LT(force.norm(), 1e-9);
    EXPECT_LT(moment.norm(), 1e-9);
  }
  EXPECT_GT(largest_force, 1);
  EXPECT_EQ(play_blow(arm, snap).touches.at(0).event.class_name, "contact:middle_distal-palm");
}

TEST(Blows, RejectNonsense) {
  try {
    play_blow(average_arm(), blow_of(Body::hand, "table", -1));
    FAIL() << "no error";
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(e.what()).find("contact:hand-table at 0.1"), std::string::npos);
  }
}

}  // namespace
}  // namespace wrist
