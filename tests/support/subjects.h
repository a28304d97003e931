// SPDX-License-Identifier: Apache-2.0
/// People and movements that tests share.
#pragma once

#include <cmath>

#include "sim/base/constants.h"
#include "sim/body/joint_motion.h"

namespace wrist::testing {

/// ANSUR II male means.
inline SubjectParams average_man() {
  SubjectParams subject;
  subject.sex = Sex::male;
  subject.measures = {1.756, 85.5, 0.335, 0.268, 0.1933, 0.0883, 0.1759, 0.310};
  return subject;
}

/// ANSUR II female means.
inline SubjectParams average_woman() {
  SubjectParams subject;
  subject.sex = Sex::female;
  subject.measures = {1.628, 67.8, 0.311, 0.241, 0.1811, 0.0782, 0.1548, 0.264};
  return subject;
}

/// Every joint and the thorax in smooth motion of its own frequency and phase, up to 2 Hz.
inline JointMotion lively_motion(const ArmModel& arm, double duration_s) {
  JointMotion motion = rest_motion(arm, make_grid(duration_s, 240));
  const Eigen::Quaterniond hanging = hanging_shoulder(arm.side);
  for (Index i = 0; i < motion.time.count; ++i) {
    const double t = motion.time.time(i);
    motion.p_WT(i, 0) += 0.3 * t + 0.02 * std::sin(2 * kPi * 1.1 * t);
    motion.p_WT(i, 2) += 0.03 * std::cos(2 * kPi * 1.7 * t);
    const Eigen::Vector3d turn(0.1 * std::sin(3 * t), 0.2 * std::sin(4 * t), 0.5 * std::sin(2 * t));
    set_quaternion(motion.R_WT, i,
                   Eigen::Quaterniond(Eigen::AngleAxisd(
                       turn.norm() + 1e-9, (turn + Eigen::Vector3d(1e-9, 0, 0)).normalized())));
    const Eigen::Vector3d swing(0.3 * std::sin(5 * t + 1), 0.4 * std::sin(6 * t),
                                0.6 * std::sin(4 * t));
    set_quaternion(motion.R_TU, i,
                   hanging * Eigen::AngleAxisd(swing.norm() + 1e-9,
                                               (swing + Eigen::Vector3d(1e-9, 0, 0)).normalized()));
    for (Index h = 0; h < kHinges; ++h) {
      const double phase = 0.7 * static_cast<double>(h);
      motion.angles(i, h) += 0.15 * std::sin((3 + 0.3 * static_cast<double>(h % 7)) * t + phase);
    }
    motion.angles(i, hinge(Body::elbow)) += 0.8;
  }
  for (QuatSeries* q : {&motion.R_WT, &motion.R_TU})
    for (Index i = 1; i < motion.time.count; ++i)
      if ((q->row(i) * q->row(i - 1)).sum() < 0) q->row(i) *= -1;
  return motion;
}

}  // namespace wrist::testing
