// SPDX-License-Identifier: Apache-2.0
/// Values of one grid read on another: linear between samples, held at the ends.
#pragma once

#include "sim/base/pose.h"

namespace wrist {

/// Every column of `values` (from.count x C) at the instants of `to`, or at any instants in s. Shape:
/// instants x C.
Eigen::ArrayXXd resample(const Eigen::ArrayXXd& values, const TimeGrid& from, const TimeGrid& to);
Eigen::ArrayXXd resample(const Eigen::ArrayXXd& values, const TimeGrid& from, const Series& times_s);

/// Rotations the same way, normalised; neighbours must lie within half a turn. Shape: instants x 4.
QuatSeries resample_rotation(const QuatSeries& rotations, const TimeGrid& from, const TimeGrid& to);
QuatSeries resample_rotation(const QuatSeries& rotations, const TimeGrid& from,
                             const Series& times_s);

}  // namespace wrist
