// SPDX-License-Identifier: Apache-2.0
/// C4 splines through uniform samples: smooth up to jerk and its rate, derivatives analytic.
///
///   samples -> quintic B-spline minimising sum (s - y)^2 + lambda int s'''^2 -> value, s', s''
///
/// The penalty makes a zero-phase low-pass of gain 1 / (1 + (f / cutoff)^6): no group delay, one half
/// at the cutoff. Source: Unser, Aldroubi, Eden 1993, "B-spline signal processing".
#pragma once

#include <vector>

#include "sim/base/series.h"

namespace wrist {

/// One polynomial of degree 5 per interval and channel, in u = (t - t_k) * rate. A channel that never
/// moves has a single column.
struct Spline {
  TimeGrid knots;
  std::vector<Eigen::Array<double, 6, Eigen::Dynamic>> pieces;  // per channel: 6 x (knots.count - 1)
};

/// Values and derivatives of C channels on a grid.
struct SplineSamples {
  Eigen::ArrayXXd value;   // Q, N x C
  Eigen::ArrayXXd first;   // Q/s, N x C
  Eigen::ArrayXXd second;  // Q/s2, N x C
};

/// Fits every column of `values` (knots.count x C; at least 6 rows, finite). `cutoff_hz` 0 interpolates.
Spline fit_spline(const TimeGrid& knots, const Eigen::ArrayXXd& values, double cutoff_hz);

/// The same through samples at any times inside the knots, ascending; `knots.rate_hz` should be about
/// their rate and `cutoff_hz` is above 0, taken as at most knots.rate_hz. The penalty alone bridges
/// where samples are missing: with the least jerk. Throws Error(internal) outside the knots.
Spline fit_spline(const TimeGrid& knots, const Series& times_s, const Eigen::ArrayXXd& values,
                  double cutoff_hz);

/// Evaluates channels [first, first + count) on a grid inside the knots. Throws Error(internal) outside.
SplineSamples sample(const Spline& spline, const TimeGrid& grid, Index first, Index count);

/// Values of every channel at any times inside the knots, in any order. Shape: times.size() x C. Throws
/// Error(internal) outside.
Eigen::ArrayXXd sample_at(const Spline& spline, const Series& times_s);

/// The -3 dB frequency of smoothing over its cutoff, where one half is left: (sqrt 2 - 1)^(1/6).
inline constexpr double kMinus3Db = 0.863384;

/// What fit_spline keeps of a sinusoid, well below the knots' Nyquist frequency.
double smoothing_gain(double frequency_hz, double cutoff_hz);

}  // namespace wrist
