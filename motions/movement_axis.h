// SPDX-License-Identifier: Apache-2.0
/// The axes along which movement is described: clinical angles, curls of fingers, the trunk.
///
///   tracks (N x kAxes, on a grid) -> assemble -> JointMotion within the joints' ranges
///
/// Shoulder, elbow, forearm and wrist are absolute angles. A finger is its rest cascade, plus a curl
/// (0 rest .. 1 fist), plus offsets of single joints, plus the way to touching the thumb (0 rest .. 1
/// touching). The trunk is measured from standing upright.
#pragma once

#include <optional>
#include <string>

#include "sim/body/joint_motion.h"

namespace wrist {

enum class Axis {
  // rad; positive as in sim/body/arm_model.h
  shoulder_flexion, shoulder_abduction, shoulder_internal,
  elbow, pronation, wrist_flexion, wrist_deviation,
  // 1; 0 the rest cascade, 1 a fist
  curl_thumb, curl_index, curl_middle, curl_ring, curl_little,
  // rad; of all fingers away from the middle one
  spread,
  // rad; added to the rest cascade and the curl
  thumb_abduction, thumb_metacarpal, thumb_proximal, thumb_distal,
  index_proximal, index_middle, index_distal,
  middle_proximal, middle_middle, middle_distal,
  ring_proximal, ring_middle, ring_distal,
  little_proximal, little_middle, little_distal,
  // 1; 0 apart, 1 the pads of thumb and this finger pressed together
  pinch_index, pinch_middle, pinch_ring, pinch_little,
  // m; of the point between the shoulders: ahead, towards the arm's side, up
  trunk_forward, trunk_aside, trunk_up,
  // rad; roll leans towards the arm's side, pitch leans forward, yaw brings the arm's shoulder forward
  trunk_roll, trunk_pitch, trunk_yaw,
};
inline constexpr Index kAxes = static_cast<Index>(Axis::trunk_yaw) + 1;

std::string to_string(Axis axis);
std::optional<Axis> find_axis(const std::string& name);

/// What values of an axis are measured in.
enum class AxisKind { angle, share, length };
AxisKind kind_of(Axis axis);

inline Index column(Axis axis) { return static_cast<Index>(axis); }

/// Values of every axis over time. Shape of `values`: time.count x kAxes.
struct Tracks {
  TimeGrid time;
  Eigen::ArrayXXd values;
};

/// Standing at ease: the arm hangs, everything else is zero.
Eigen::Array<double, 1, kAxes> rest_axes();

/// The joints of one arm: ranges kept by a soft limit (C2), pads met as `press` (m of overlap) says.
/// `advance`: m/s, N; of walking ahead along x. Throws Error(bad_data)
/// for values that are not finite.
JointMotion assemble(const ArmModel& arm, const Tracks& tracks, double press, const Series& advance);

}  // namespace wrist
