// SPDX-License-Identifier: Apache-2.0
/// The banded least squares behind both ways to fit a spline (spline.h); not for anybody else.
///
///   (B^T B + lambda J) c = B^T y -> L D L^T -> c
#pragma once

#include "sim/base/series.h"

namespace wrist::spline_band {

inline constexpr Index kHalfBand = 5;

/// Row j: polynomial coefficients of u^0..u^5 of the cardinal quintic B-spline's piece j.
extern const Eigen::Matrix<double, 6, 6> kBasis;

using Band = Eigen::Array<double, kHalfBand + 1, Eigen::Dynamic>;  // band(d, i) = A(i + d, i)
using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Adds a symmetric block whose first row and column are `start`.
template <typename Block>
void add_block(Band& band, Index start, const Block& block) {
  for (Index i = 0; i < block.cols(); ++i)
    for (Index j = i; j < block.rows(); ++j) band(j - i, start + i) += block(j, i);
}

/// Adds lambda int s'''^2 over `intervals`, in units of a knot's spacing.
void add_jerk(Band& band, Index intervals, double lambda);

/// In-place L D L^T of a symmetric band matrix: band(0, i) becomes D, the rest L.
void factorise(Band& band);

/// All channels at once: a row of x is one coefficient of every channel.
void solve(const Band& band, Rows& x);

}  // namespace wrist::spline_band
