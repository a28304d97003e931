// SPDX-License-Identifier: Apache-2.0
/// Arms and motions the tests of the dynamics share.
#pragma once

#include <algorithm>

#include "sim/base/constants.h"
#include "sim/base/rng.h"
#include "sim/body/arm_motion.h"
#include "sim/dynamics/rnea.h"

namespace wrist::testing {

/// ANSUR II male means.
inline ArmModel average_arm(Side side = Side::left) {
  SubjectParams subject;
  subject.measures = {1.756, 85.5, 0.335, 0.268, 0.1933, 0.0883, 0.1759, 0.310};
  return build_arm(subject, side);
}

inline Eigen::Vector3d random_vector(const Rng& rng) {
  return {(rng / "x").normal(), (rng / "y").normal(), (rng / "z").normal()};
}

inline Eigen::Quaterniond random_rotation(const Rng& rng) {
  const Eigen::Vector3d v = random_vector(rng / "v");
  return Eigen::Quaterniond((rng / "w").normal(), v.x(), v.y(), v.z()).normalized();
}

/// Everything moves at once, at the rates of a quick gesture.
inline JointState random_state(const Rng& rng) {
  JointState s;
  s.X_WT = {random_rotation(rng / "thorax"), random_vector(rng / "place")};
  s.v_WT = random_vector(rng / "v");
  s.w_WT_T = 2 * random_vector(rng / "w");
  s.a_WT = 5 * random_vector(rng / "a");
  s.alpha_WT_T = 20 * random_vector(rng / "alpha");
  s.R_TU = random_rotation(rng / "shoulder");
  s.w_TU_U = 4 * random_vector(rng / "shoulder w");
  s.alpha_TU_U = 40 * random_vector(rng / "shoulder alpha");
  s.q = (rng / "q").uniforms(kHinges).matrix().array();
  s.qd = 5 * (rng / "qd").normals(kHinges);
  s.qdd = 60 * (rng / "qdd").normals(kHinges);
  return s;
}

/// At rest in the rest posture, thorax upright at the origin.
inline JointState rest_state(const ArmModel& arm) {
  const JointMotion rest = rest_motion(arm, make_grid(0.1, 100));
  JointState s;
  s.v_WT = s.w_WT_T = s.a_WT = s.alpha_WT_T = s.w_TU_U = s.alpha_TU_U = Eigen::Vector3d::Zero();
  s.R_TU = quaternion(rest.R_TU, 0);
  s.q = rest.angles.row(0).transpose();
  s.qd.setZero();
  s.qdd.setZero();
  return s;
}

/// Thorax, shoulder and every hinge wave at once, to 2.3 Hz: smooth, and no fingertip touches
/// another.
inline JointMotion waving_motion(const ArmModel& arm, double duration_s, const Rng& rng) {
  JointMotion motion = rest_motion(arm, make_grid(duration_s, 120));
  const auto wave = [&motion, &rng](std::uint64_t channel, double amplitude) -> Series {
    Series sum = Series::Zero(motion.time.count);
    const Series t = Series::LinSpaced(motion.time.count, 0, motion.time.end());
    for (std::uint64_t k = 0; k < 3; ++k) {
      const Rng r = rng / channel / k;
      const double frequency = 0.3 + 2 * (r / "f").uniform(), phase = 2 * kPi * (r / "p").uniform();
      sum += amplitude / 3 * (2 * kPi * frequency * t + phase).sin();
    }
    return sum;
  };
  for (Index axis = 0; axis < 3; ++axis)
    motion.p_WT.col(axis) += wave(static_cast<std::uint64_t>(axis), 0.1);
  const std::array<Series, 6> turn = {wave(3, 0.2), wave(4, 0.2), wave(5, 0.2),
                                      wave(6, 0.3), wave(7, 0.3), wave(8, 0.3)};
  const auto rotation = [&turn](std::size_t first, Index i) {
    return Eigen::Quaterniond(1, turn[first][i], turn[first + 1][i], turn[first + 2][i])
        .normalized();
  };
  for (Index i = 0; i < motion.time.count; ++i) {
    set_quaternion(motion.R_WT, i, rotation(0, i));
    set_quaternion(motion.R_TU, i, quaternion(motion.R_TU, i) * rotation(3, i));
  }
  motion.angles.col(hinge(Body::elbow)) += 1.0;
  for (Index h = 0; h < kHinges; ++h)
    motion.angles.col(h) += wave(static_cast<std::uint64_t>(20 + h), h < 4 ? 0.4 : 0.05);
  return motion;
}

/// The smooth step 10 s^3 - 15 s^4 + 6 s^5 (minimum jerk, Flash and Hogan 1985).
inline double smooth_step(double s) {
  s = std::clamp(s, 0., 1.);
  return s * s * s * (10 + s * (-15 + 6 * s));
}

/// Thumb and index finger meet: closing from `start_s` in 0.2 s, held for 0.2 s, opening in 0.2 s.
/// `reach` 1 brings the pads of the average arm just together; above 1 they are pressed.
inline JointMotion pinch_motion(const ArmModel& arm, double start_s, double duration_s,
                                double reach) {
  const std::array<double, 8> closed = {-0.016, 0.739, -0.175, -0.436, -0.436, 0.735, 0.847, 0.567};
  JointMotion motion = rest_motion(arm, make_grid(duration_s, 120));
  motion.angles.col(hinge(Body::elbow)) = 1.4;
  for (Index k = 0; k < 8; ++k) {
    const Index h = hinge(Body::thumb_abduction) + k;
    const double rest = motion.angles(0, h), travel = closed[static_cast<std::size_t>(k)] - rest;
    for (Index i = 0; i < motion.time.count; ++i) {
      const double t = motion.time.time(i) - start_s;
      const double share = smooth_step(t / 0.2) - smooth_step((t - 0.4) / 0.2);
      motion.angles(i, h) = rest + reach * share * travel;
    }
  }
  return motion;
}

}  // namespace wrist::testing
