// SPDX-License-Identifier: Apache-2.0
/// From a tracker's uneven stamps to a uniform grid, and smooth.
///
///   values at stamps -> monotone cubic -> grid -> smoothing spline -> grid
///
/// Source: Fritsch and Butland 1984 (slopes that never overshoot, so gaps are bridged quietly).
#pragma once

#include "sim/base/series.h"

namespace wrist {

/// Every column of `values` (N x C, at `stamps`, rising) on `grid`; held beyond the ends.
/// Shape: grid.count x C.
Eigen::ArrayXXd on_grid(const Series& stamps, const Eigen::ArrayXXd& values, const TimeGrid& grid);

/// The smoothing spline of every column (sim/base/spline.h), at its own knots. Same shape.
Eigen::ArrayXXd smoothed(const Eigen::ArrayXXd& values, const TimeGrid& grid, double cutoff_hz);

}  // namespace wrist
