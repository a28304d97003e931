// SPDX-License-Identifier: Apache-2.0
/// Blows the tests of the contacts share.
#pragma once

#include "sim/dynamics/arm_world.h"
#include "sim/dynamics/full_simulation.h"
#include "sim/dynamics/tracking.h"
#include "tests/sim/dynamics/arm_examples.h"

namespace wrist::testing {

/// The forearm held level in front, palm down.
inline JointMotion level_motion(const ArmModel& arm, double duration_s) {
  JointMotion motion = rest_motion(arm, make_grid(duration_s, 240));
  motion.angles.col(hinge(Body::elbow)) = 1.4;
  motion.angles.col(hinge(Body::forearm)) = 1.4;
  return motion;
}

/// `striker` of that arm meets something that comes at it from below.
inline Contact blow_of(Body striker, const std::string& other, double speed, double time_s = 0.1) {
  Contact contact;
  contact.time_s = time_s;
  contact.release_s = time_s + 0.05;
  contact.striker = striker;
  contact.other = other;
  contact.closing_speed = speed;
  contact.direction_H = {0, 0, 1};  // the hand is pushed towards its back
  return contact;
}

inline PlayedArm play_blow(const ArmModel& arm, const Contact& contact,
                           const FullOptions& options = {}, double duration_s = 0.3) {
  JointMotion motion = level_motion(arm, duration_s);
  motion.contacts = {contact};
  return play_arm(arm, motion, options);
}

/// Of the wrist end of the forearm: specific force less what it is without contacts.
inline Series3 transient(const ArmModel& arm, const Contact& contact, FullOptions options = {},
                         double duration_s = 0.3) {
  const Pose wrist{Eigen::Quaterniond::Identity(), {arm.body(Body::forearm).length, 0, 0}};
  const RigidSeries with = shift(play_blow(arm, contact, options, duration_s).forearm, wrist);
  options.contacts = false;
  const RigidSeries without = shift(play_blow(arm, contact, options, duration_s).forearm, wrist);
  return with.specific_force_B - without.specific_force_B;
}

inline double largest(const Series3& x) { return std::sqrt(x.square().rowwise().sum().maxCoeff()); }

/// Angles of thumb and finger `digit` at which their pads lie `overlap` m in each other, nearest to
/// rest: damped least squares on the distance of the ends' balls.
inline JointMotion pinch_with(const ArmModel& arm, int digit, double overlap) {
  JointMotion motion = rest_motion(arm, make_grid(0.8, 240));
  motion.angles.col(hinge(Body::elbow)) = 1.4;
  Eigen::Array<double, kHinges, 1> q = motion.angles.row(0).transpose();
  const auto rest = q;
  std::vector<Index> moving;
  for (int joint = 0; joint < 4; ++joint)
    for (const int d : {0, digit}) moving.push_back(hinge(digit_body(d, joint)));
  const double apart =
      arm.body(Body::thumb_distal).radius + arm.body(digit_body(digit, 3)).radius - overlap;
  const auto miss = [&](const Eigen::Array<double, kHinges, 1>& angles) -> Eigen::Vector3d {
    const auto poses = body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(), angles);
    const auto pad = [&](Body b) -> Eigen::Vector3d {
      const Pose& X = poses[static_cast<std::size_t>(b)];
      return X.p + X.R * Eigen::Vector3d(arm.body(b).length - arm.body(b).radius, 0, 0);
    };
    const Body tip = digit_body(digit, 3);
    const Eigen::Vector3d palmar = -(poses[static_cast<std::size_t>(tip)].R.matrix().col(2));
    return pad(Body::thumb_distal) - pad(tip) - apart * palmar;
  };
  for (int iteration = 0; iteration < 200; ++iteration) {
    Eigen::Matrix<double, 3, 8> slope;
    for (Index j = 0; j < 8; ++j) {
      auto moved = q;
      moved[moving[static_cast<std::size_t>(j)]] += 1e-6;
      slope.col(j) = (miss(moved) - miss(q)) / 1e-6;
    }
    const Eigen::Matrix3d square = slope * slope.transpose() + 1e-5 * Eigen::Matrix3d::Identity();
    const Eigen::Matrix<double, 8, 1> step =
        -slope.transpose() * Eigen::Vector3d(square.ldlt().solve(miss(q)));
    for (Index j = 0; j < 8; ++j) {
      const Index h = moving[static_cast<std::size_t>(j)];
      const ArmBody& b = arm.bodies[static_cast<std::size_t>(h + 1)];
      q[h] = std::clamp(q[h] + step[j], b.lower, b.upper);
    }
  }
  for (Index i = 0; i < motion.time.count; ++i) {
    const double t = motion.time.time(i) - 0.1;
    const double share = smooth_step(t / 0.2) - smooth_step((t - 0.4) / 0.2);
    motion.angles.row(i) = (rest + share * (q - rest)).transpose();
    motion.angles(i, hinge(Body::elbow)) = 1.4;
  }
  return motion;
}

/// A fist: every finger to the limit of its joints, and open again. The thumb stays out of it.
inline JointMotion clench_motion(const ArmModel& arm) {
  JointMotion motion = rest_motion(arm, make_grid(1, 240));
  motion.angles.col(hinge(Body::elbow)) = 1.4;
  const std::array<double, 4> fist = {0, 1.57, 1.91, 1.39};
  for (int digit = 1; digit < kDigits; ++digit)
    for (int joint = 0; joint < 4; ++joint) {
      const Index h = hinge(digit_body(digit, joint));
      const double rest = motion.angles(0, h);
      for (Index i = 0; i < motion.time.count; ++i) {
        const double t = motion.time.time(i) - 0.1;
        const double share = smooth_step(t / 0.3) - smooth_step((t - 0.6) / 0.3);
        motion.angles(i, h) = rest + share * (fist[static_cast<std::size_t>(joint)] - rest);
      }
    }
  return motion;
}

}  // namespace wrist::testing
