// SPDX-License-Identifier: Apache-2.0
/// The stretch of a trajectory that is being worked on: poses without a long gap between them.
///
///   reader -> rate of the file -> poses, split at long gaps -> stretch -> windows of it
#pragma once

#include <deque>
#include <utility>

#include "motions/trajectory/pose_reader.h"

namespace wrist {

/// Poses of a window, one per row.
struct PoseWindow {
  Series times_s;         // N; since the first pose of the file
  Eigen::ArrayXXd p_WB;   // m, N x 3
  Eigen::ArrayXXd R_WB;   // N x 4; w x y z, unit
};

class PoseBuffer {
 public:
  /// Reads the beginning of the file for its rate. Throws Error(bad_data) for fewer than
  /// kFewestPoses, Error(usage) if `max_gap_s` is less than the distance of two poses.
  PoseBuffer(PoseReader& reader, double max_gap_s);

  /// Goes to the next stretch of at least kFewestPoses poses; false if there is none.
  bool begin_stretch();
  /// Reads the stretch on to `time_s` or to its end.
  void read_to(double time_s);
  /// Forgets poses before `time_s`.
  void forget_before(double time_s);

  PoseWindow window(double from_s, double to_s) const;
  /// Whether a gap was bridged at this instant.
  bool bridged(double time_s) const;

  double start_s() const { return start_s_; }              // of the stretch
  double end_s() const { return poses_.back().time_s; }    // of what has been read of it
  bool ended() const { return ended_; }                    // end_s() is its end
  double rate_hz() const { return rate_hz_; }
  double origin_s() const { return origin_s_; }            // the first pose, on the file's clock

  static constexpr Index kFewestPoses = 12;  // two more than what a quintic spline spans [assumed]

  std::int64_t gaps_bridged = 0;
  std::int64_t poses_dropped = 0;  // in stretches too short to differentiate

 private:
  bool take(PoseSample& pose);
  bool read_one();

  PoseReader* reader_;
  double max_gap_s_;
  double rate_hz_ = 0, origin_s_ = 0, start_s_ = 0;
  bool ended_ = true;
  std::deque<PoseSample> primed_, poses_;
  std::deque<std::pair<double, double>> gaps_;
};

}  // namespace wrist
