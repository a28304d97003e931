// SPDX-License-Identifier: Apache-2.0
/// The windows a trajectory is smoothed in: their cutoffs, their splines, and how they fade over.
#pragma once

#include <deque>

#include "motions/trajectory/pose_buffer.h"
#include "motions/trajectory/smoothing_choice.h"
#include "motions/trajectory/trajectory.h"
#include "sim/base/spline.h"

namespace wrist {

struct Cutoffs {
  double position_hz, rotation_hz;  // of the splines
};

/// Where too little was captured to judge [within the ordinary 8 to 20 of clean.h].
inline constexpr double kUnjudgedCutoff = 10;  // Hz

/// Node k of a stretch stands at start + k spacing.
double node_time(const PoseBuffer& poses, const TrajectorySpec& spec, Index node);

/// Cutoffs for one node after the other: the noise of the seven windows about it, its own motion.
class CutoffChooser {
 public:
  /// Up to which time poses must have been read, unless the stretch ended, for `node`.
  static double needs(const PoseBuffer& poses, const TrajectorySpec& spec, Index node);
  void restart();
  Cutoffs at(const PoseBuffer& poses, const TrajectorySpec& spec, Index node);

 private:
  struct Spectra {
    WindowSpectrum position, rotation;
  };
  void update(const PoseBuffer& poses, const TrajectorySpec& spec, Index node);
  static Spectra spectra(const PoseBuffer& poses, const TrajectorySpec& spec, Index node);

  std::deque<Spectra> spectra_;
  Index first_ = 0;  // node of spectra_[0]
  Cutoffs last_{kUnjudgedCutoff, kUnjudgedCutoff};
};

/// Splines of position and rotation over a node's window.
struct WindowFit {
  Cutoffs cutoffs;
  Spline position, rotation;  // 3 and 4 channels
};

WindowFit fit_window(const PoseBuffer& poses, const TrajectorySpec& spec, Index node,
                     const Cutoffs& cutoffs);

/// The motion at `grid`, between node `left` and the next. Times since the first pose.
RigidSeries fade_over(const WindowFit& left, const WindowFit& right, const TimeGrid& grid,
                      double left_s, const TrajectorySpec& spec);

}  // namespace wrist
