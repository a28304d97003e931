// SPDX-License-Identifier: Apache-2.0
// An independent engine on the same arm, forward: let go and driven, MuJoCo by Runge and Kutta
// against our leapfrog in Bullet. Two seconds, all 27 degrees of freedom.
#include <gtest/gtest.h>

#include "sim/dynamics/arm_world.h"
#include "sim/dynamics/joint_impedance.h"
#include "sim/dynamics/tracking.h"
#include "sim/dynamics/watch_load.h"
#include "tests/sim/dynamics/arm_examples.h"

#ifndef WRIST_MUJOCO
TEST(MujocoSwing, IsInstalled) { GTEST_SKIP() << "SKIPPED: built without MuJoCo (libmujoco-dev)"; }
#else
#include "tests/sim/dynamics/mujoco_arm.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::MujocoArm;
using testing::MujocoOptions;

constexpr double kDuration = 2;                                   // s
constexpr double kOurs = 16000, kTheirs = 2000, kCompared = 100;  // Hz
constexpr double kHeavy = 1e9;        // kg; a thorax that the arm cannot move
constexpr double kAgreement = 0.005;  // rms of the difference over rms of the motion

// A chip near the wrist, turned against the forearm.
const Pose kChip{Eigen::Quaterniond(0.5, -0.1, 0.7, 0.4).normalized(), {0.22, 0.004, 0.03}};

// What drives an arm: torques and thorax at every step of ours.
struct Drive {
  std::vector<JointState> thorax;    // one: it stands still
  std::vector<JointVector> torques;  // empty: none
  std::optional<JointImpedance> impedance;
  const JointState& thorax_at(Index n) const {
    return thorax[thorax.size() == 1 ? 0 : static_cast<std::size_t>(n)];
  }
  JointVector torques_at(Index n) const {
    return torques.empty() ? JointVector{} : torques[static_cast<std::size_t>(n)];
  }
};

// From `start`, whose rates belong to the first instant.
struct Swing {
  JointState start;
  Drive drive;
};

// What came of it, row by row.
struct Course {
  Eigen::ArrayXXd angles =
      Eigen::ArrayXXd::Zero(count(), 3 + kHinges);  // rad; first the upper arm's axis in T
  Eigen::ArrayXXd force = Eigen::ArrayXXd::Zero(count(), 3);  // m/s2; at the chip
  static Index count() { return static_cast<Index>(kDuration * kCompared); }

  void write(Index row, const JointState& s, const Vector3d& felt) {
    angles.row(row).head(3) = (s.R_TU * Vector3d::UnitX()).transpose();
    angles.row(row).tail(kHinges) = s.q.transpose();
    force.row(row) = felt.transpose();
  }
};

Course ours(const ArmModel& arm, const Swing& swing) {
  const JointState& start = swing.start;
  const Drive& drive = swing.drive;
  const double h = 1 / kOurs;
  const auto step = [&](ArmWorld& world, Index n, const JointState& before) {
    JointVector torques = drive.torques_at(n);
    if (drive.impedance) torques.hinges += passive_torques(*drive.impedance, before.q, before.qd);
    world.step(before, torques, {});
    JointState after = before;
    world.get_joints(after);
    return at_midpoint(before, after, h);
  };
  JointState s = start;
  ArmWorld probe(arm, {0, 0, 0}, h), world(arm, {0, 0, 0}, h);
  probe.set_joints(s);
  const JointState first = step(probe, 0, s);
  s.w_TU_U -= h / 2 * first.alpha_TU_U;  // leapfrog
  s.qd -= h / 2 * first.qdd;
  world.set_joints(s);
  Course course;
  const Index every = static_cast<Index>(kOurs / kCompared);
  for (Index n = 0; n < Course::count() * every; ++n) {
    JointState before = drive.thorax_at(n);
    world.get_joints(before);
    const JointState now = step(world, n, before);
    if (n % every != 0) continue;
    const BodyState forearm = body_states(arm, now)[static_cast<std::size_t>(Body::forearm)];
    course.write(n / every, now, felt_at(forearm, kChip).specific_force);
  }
  return course;
}

// Theirs: what drives it is held for a step at its value in the middle.
Course theirs(const ArmModel& arm, const Swing& swing) {
  const JointState& start = swing.start;
  const Drive& drive = swing.drive;
  MujocoOptions options;
  options.thorax_mass = drive.thorax.size() == 1 ? 0 : kHeavy;
  options.step_s = 1 / kTheirs;
  options.runge_kutta = true;
  options.impedance = drive.impedance;
  MujocoArm engine(arm, kChip, options);
  engine.set_joints(start);
  Course course;
  const Index every = static_cast<Index>(kTheirs / kCompared);
  const Index ratio = static_cast<Index>(kOurs / kTheirs);
  for (Index n = 0; n < Course::count() * every; ++n) {
    if (n % every == 0) {
      engine.apply(drive.torques_at(n * ratio), drive.thorax_at(n * ratio));
      JointState now = start;
      engine.get_joints(now);
      course.write(n / every, now, engine.feel().specific_force_I);
    }
    const Index middle = n * ratio + ratio / 2;
    engine.apply(drive.torques_at(middle), drive.thorax_at(middle));
    engine.step();
  }
  return course;
}

double rms(const Eigen::ArrayXXd& x) { return std::sqrt(x.square().rowwise().sum().mean()); }
double motion(const Eigen::ArrayXXd& x) { return rms(x.rowwise() - x.colwise().mean()); }
double difference(const Eigen::ArrayXXd& a, const Eigen::ArrayXXd& b) {
  return rms(a - b) / motion(b);
}

struct Faults {
  double arm, digits, force;  // of the motion: angles of shoulder to wrist, of the digits, the chip
  double largest() const { return std::max({arm, digits, force}); }
};
Faults faults(const Course& a, const Course& b) {
  constexpr Index kArm = 3 + 4;  // columns
  const Index digits = a.angles.cols() - kArm;
  return {difference(a.angles.leftCols(kArm), b.angles.leftCols(kArm)),
          difference(a.angles.rightCols(digits), b.angles.rightCols(digits)),
          difference(a.force, b.force)};
}

void expect_agreement(const Faults& f) {
  EXPECT_LT(f.arm, kAgreement);
  EXPECT_LT(f.digits, kAgreement);
  EXPECT_LT(f.force, kAgreement);
}

// Let go 17 degrees off, hand stretched. From twice as far the free fingers whirl and the two
// engines part tenfold every 0.2 s: chaos, not a fault.
Swing free_swing(const ArmModel& arm) {
  JointState start = testing::rest_state(arm);
  start.q.setZero();
  start.R_TU = Eigen::AngleAxisd(-0.25, Vector3d::UnitY()) *
               Eigen::AngleAxisd(0.15, Vector3d::UnitX()) * start.R_TU;
  start.q[hinge(Body::elbow)] = 0.3;
  start.q[hinge(Body::forearm)] = 0.15;
  return {start, {{start}, {}, {}}};
}

// A brisk walk: the thorax bobs, sways and turns, the hanging arm swings with it.
JointMotion walk(const ArmModel& arm) {
  JointMotion motion = rest_motion(arm, make_grid(kDuration + 0.2, 120));
  constexpr double kStride = 0.9;  // Hz
  for (Index i = 0; i < motion.time.count; ++i) {
    const double phase = 2 * kPi * kStride * motion.time.time(i);
    motion.p_WT.row(i) += Eigen::Array3d(1.4 * motion.time.time(i), 0.02 * std::sin(phase),
                                         0.025 * std::sin(2 * phase))
                              .transpose();
    set_quaternion(
        motion.R_WT, i,
        Eigen::Quaterniond(Eigen::AngleAxisd(0.12 * std::sin(phase), Vector3d::UnitZ()) *
                           Eigen::AngleAxisd(0.04 * std::sin(phase), Vector3d::UnitX())));
    const Eigen::AngleAxisd swing(-0.35 * std::sin(phase), Vector3d::UnitY());
    set_quaternion(motion.R_TU, i, Eigen::Quaterniond(swing) * quaternion(motion.R_TU, i));
    motion.angles(i, hinge(Body::elbow)) = 0.4 + 0.25 * std::sin(phase);
    motion.angles(i, hinge(Body::forearm)) = 0.2 + 0.1 * std::sin(phase + 1);
    motion.angles(i, hinge(Body::hand)) = 0.1 * std::sin(phase + 2);
  }
  return motion;
}

// The thorax of a walk, the torques that swing the arm along with it, and a push beside them, on
// joints with their springs and dampers.
Swing walking_swing(const ArmModel& arm) {
  const TimeGrid grid{0.1, kOurs, static_cast<Index>(kDuration * kOurs) + 1};
  Drive drive{joint_states(fit_splines(walk(arm)), grid), {}, joint_impedance(arm)};
  for (Index n = 0; n < grid.count; ++n) {
    const JointState& s = drive.thorax_at(n);
    JointVector torques = inverse_dynamics(arm, s);
    torques.hinges -= passive_torques(*drive.impedance, s.q, s.qd);
    const double push = std::sin(2 * kPi * 1.3 * grid.time(n));
    torques.shoulder.y() += 0.6 * push;                // N m
    torques.hinges[hinge(Body::elbow)] -= 0.2 * push;  // N m
    torques.hinges[hinge(Body::forearm)] += 0.05 * push;
    drive.torques.push_back(torques);
  }
  return {drive.thorax.front(), drive};
}

class MujocoSwing : public ::testing::TestWithParam<Side> {
 protected:
  const ArmModel arm = testing::average_arm(GetParam());
};

TEST_P(MujocoSwing, LetGo) {
  const Swing swing = free_swing(arm);
  const Course course = theirs(arm, swing);
  EXPECT_GT(motion(course.angles), 0.3);  // rad
  EXPECT_GT(motion(course.force), 1);     // m/s2
  expect_agreement(faults(ours(arm, swing), course));
}

TEST_P(MujocoSwing, Driven) {
  const Swing swing = walking_swing(arm);
  const Course course = theirs(arm, swing);
  EXPECT_GT(motion(course.force), 4);  // m/s2
  expect_agreement(faults(ours(arm, swing), course));
}

INSTANTIATE_TEST_SUITE_P(BothArms, MujocoSwing, ::testing::Values(Side::left, Side::right),
                         [](const auto& side) { return to_string(side.param); });

// The bound has teeth: what we have to get right, got slightly wrong.
TEST(MujocoSwingBound, TellsTwoPercentOfTheForearm) {
  const ArmModel arm = testing::average_arm();
  ArmModel heavy = arm;
  ArmBody& forearm = heavy.bodies[static_cast<std::size_t>(Body::forearm)];
  forearm.mass *= 1.02, forearm.inertia *= 1.02;
  const Swing swing = free_swing(arm);
  EXPECT_GT(faults(ours(heavy, swing), theirs(arm, swing)).largest(), 2 * kAgreement);
}

// Bullet gives a prescribed base no acceleration; ours is put in as forces
// (sim/dynamics/README.md).
TEST(MujocoSwingBound, TellsTheThoraxesAcceleration) {
  const ArmModel arm = testing::average_arm();
  const Swing swing = walking_swing(arm);
  const Course course = theirs(arm, swing);
  Swing classical = swing, unturned = swing;
  for (JointState& s : classical.drive.thorax) s.a_WT += (s.X_WT.R * s.w_WT_T).cross(s.v_WT);
  for (JointState& s : unturned.drive.thorax) s.alpha_WT_T.setZero();
  EXPECT_GT(faults(ours(arm, classical), course).force, 2 * kAgreement);
  EXPECT_GT(faults(ours(arm, unturned), course).force, 2 * kAgreement);
}

}  // namespace
}  // namespace wrist
#endif
