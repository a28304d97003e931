// SPDX-License-Identifier: Apache-2.0
/// A motion laid onto one arm: joint angles over time, what it means, and what it touches.
///
///   clip or gesture -> JointMotion (samples) -> JointSplines (C4) -> ArmMotion
#pragma once

#include <string>
#include <vector>

#include "sim/base/event.h"
#include "sim/base/pose.h"
#include "sim/base/spline.h"
#include "sim/body/arm_model.h"

namespace wrist {

/// Two things are about to touch: a fingertip and the thumb, a palm and a table.
struct Contact {
  double time_s = 0;              // s; of first touch
  double release_s = 0;           // s; when they part
  Body striker = Body::index_distal;
  Body struck = Body::thumb_distal;
  std::string other;              // what is touched if it is not of this hand, such as "table"
  double closing_speed = 0;       // m/s
  double yielding_mass = 0;       // kg; of what is touched and gives way; 0: as its kind does
  Eigen::Vector3d direction_H = -Eigen::Vector3d::UnitZ();  // unit; of the impulse the hand takes up
};

struct JointMotion {
  TimeGrid time;                  // of the samples; 60 to 240 Hz
  Series3 p_WT;                   // m, N x 3; origin of the thorax
  QuatSeries R_WT;                // N x 4
  QuatSeries R_TU;                // N x 4; shoulder
  Eigen::ArrayXXd angles;         // rad, N x kHinges
  double cutoff_hz = 0;           // of the smoothing that makes splines of the samples; 0: interpolate
  Series cutoffs_hz;              // instead, kJointGroups: one for each of root, thorax, shoulder, hinges
  std::string clip;               // where it came from, such as "02_10" or "gesture:double_pinch"
  std::vector<Label> labels;
  std::vector<Event> events;
  std::vector<Contact> contacts;
};

/// N samples at rest: thorax upright at standing height, arm hanging, fingers in their rest cascade.
JointMotion rest_motion(const ArmModel& arm, const TimeGrid& time);

/// Channels: p_WT 3, R_WT 4, R_TU 4, hinges 24. Quaternions are splined by component and normalised.
struct JointSplines {
  Spline spline;
};
inline constexpr Index kRootChannel = 0, kThoraxChannel = 3, kShoulderChannel = 7, kHingeChannel = 11;

/// Joints that are smoothed alike: root, thorax, shoulder, and every hinge.
inline constexpr Index kHingeGroup = 3, kJointGroups = kHingeGroup + kHinges;

/// Throws Error(bad_data) if a sample is not finite or a quaternion is not unit to 1e-3.
JointSplines fit_splines(const JointMotion& motion);

/// One instant of every joint, as a dynamics engine wants it.
struct JointState {
  Pose X_WT;
  Eigen::Vector3d v_WT, w_WT_T;            // m/s in W; rad/s in T
  Eigen::Vector3d a_WT, alpha_WT_T;        // m/s2 in W, without gravity; rad/s2 in T
  Eigen::Quaterniond R_TU;
  Eigen::Vector3d w_TU_U, alpha_TU_U;      // rad/s, rad/s2; in U
  Eigen::Array<double, kHinges, 1> q, qd, qdd;
};

/// The joints at every sample of `grid`.
std::vector<JointState> joint_states(const JointSplines& splines, const TimeGrid& grid);

}  // namespace wrist
