// SPDX-License-Identifier: Apache-2.0
/// Figures of signals that attributes are measured by: plain arithmetic on columns.
#pragma once

#include <optional>

#include "sim/base/series.h"

namespace wrist {

/// The value below which `share` of the values lie; between two, linearly. Not of nothing.
double quantile(Eigen::ArrayXd values, double share);

/// From the 2nd to the 98th percentile: the odd instance of an overshoot does not count.
double middle_range(const Eigen::ArrayXd& values);

/// Of the rows of `values`: root of the mean of squared lengths.
double rms(const Series3& values);

/// Each row the mean of those within `half` rows of it, fewer at the ends.
Series3 running_mean(const Series3& values, Index half);

/// Frequency of the strongest line between 0.4 and 14 Hz; none if there are less than 4 s of it.
/// Below is posture; above is no rhythm of a person.
std::optional<double> strongest_line(const Series3& values, double rate_hz);

/// How alike peak rates about the main axis are in both directions: 0 one way only, 1 to and fro.
double to_and_fro(const Series3& rate);

/// Twice the 98th percentile of the angle from the mean rotation, rad.
double rotation_range(const QuatSeries& rotation);

/// 98th percentile of the angle from the mean direction, rad; rows are unit vectors.
double stray(const Series3& direction);

}  // namespace wrist
