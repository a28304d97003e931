// SPDX-License-Identifier: Apache-2.0
/// A captured trajectory as the motion of a rigid body: exact derivatives of a smooth curve, made
/// block by block in constant memory.
///
///   poses -> stretches without long gaps -> windows -> cutoffs -> C4 splines of position and
///   rotation -> faded over into each other -> pose, w, alpha, specific force
///
/// Windows stand every `spacing_s`; each has its own cutoff and reaches `margin_s` beyond what is
/// used of it. Between two nodes the curve is (1 - s) left + s right, s a C3 polynomial, and
/// its derivatives are those of this curve. With cutoffs given, none below 2 Hz, what a window
/// cannot see changes the result by exp(-pi cutoff margin) of what happens there: 4e-6 at 2 Hz.
/// Rotations: quaternion_spline.h. Frames: body B in the world W, specific force a - g.
#pragma once

#include <cstdint>
#include <memory>

#include "motions/trajectory/pose_reader.h"
#include "sim/base/constants.h"
#include "sim/base/pose.h"

namespace wrist {

struct TrajectorySpec {
  double position_hz = 0, rotation_hz = 0;  // Hz; cutoffs of the splines; 0: by the noise
  double max_gap_s = 0.1;                   // s; bridged with the least jerk; a longer gap splits
  double rate_hz = 0;                       // Hz; of the blocks; 0: the file's
  Eigen::Vector3d g_W{0, 0, -kGravity};     // m/s2; gravity
  double spacing_s = 4, margin_s = 2;       // s; of windows [assumed]
};

inline constexpr std::uint8_t kFlagBridged = 8;  // in a gap of the poses
inline constexpr std::uint8_t kFlagEnd = 16;     // within 3 periods of a cutoff of a stretch's end
inline constexpr std::uint8_t kFlagRestart = 32; // first after a gap too long to bridge

struct TrajectoryBlock {
  RigidSeries motion;     // of B; times since the first pose
  Eigen::Array<std::uint8_t, Eigen::Dynamic, 1> flags;  // N
  bool first = false;     // of a stretch: nothing before it belongs to this motion
};

/// What was read and how it was smoothed, so far.
struct TrajectorySummary {
  std::int64_t poses = 0, stretches = 0, gaps_bridged = 0, poses_dropped = 0;
  double position_low_hz = 0, position_high_hz = 0;  // Hz; range of the cutoffs used
  double rotation_low_hz = 0, rotation_high_hz = 0;
};

class TrajectoryStream {
 public:
  /// Throws Error(usage) for a spec out of range, Error(bad_data) for too few poses.
  TrajectoryStream(PoseReader& reader, const TrajectorySpec& spec);
  ~TrajectoryStream();

  /// The next block; false at the end. Throws Error(bad_data) for a malformed line or if no stretch
  /// was long enough.
  bool next(TrajectoryBlock& block);

  double pose_rate_hz() const;
  double rate_hz() const;    // of the blocks: sample i of the file is at i / rate_hz
  double origin_s() const;   // the first pose, on the file's clock
  TrajectorySummary summary() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace wrist
