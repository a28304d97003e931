// SPDX-License-Identifier: Apache-2.0
#include "sim/base/spline_band.h"

#include <algorithm>

namespace wrist::spline_band {
namespace {

// int (s''')^2 over one interval as a quadratic form in its six coefficients: s''' is a quadratic
// B-spline in the third differences.
Eigen::Matrix<double, 6, 6> jerk_form() {
  Eigen::Matrix<double, 3, 6> difference = Eigen::Matrix<double, 3, 6>::Zero();
  for (int i = 0; i < 3; ++i) difference.row(i).segment<4>(i) << -1, 3, -3, 1;
  const Eigen::Matrix3d gram =
      (Eigen::Matrix3d() << 6, 13, 1, 13, 54, 13, 1, 13, 6).finished() / 120;
  return difference.transpose() * gram * difference;
}

}  // namespace

// clang-format off
const Eigen::Matrix<double, 6, 6> kBasis = (Eigen::Matrix<double, 6, 6>() <<
    1, -5, 10, -10, 5, -1,
    26, -50, 20, 20, -20, 5,
    66, 0, -60, 0, 30, -10,
    26, 50, 20, -20, -20, 10,
    1, 5, 10, 10, 5, -5,
    0, 0, 0, 0, 0, 1).finished() / 120;
// clang-format on

void add_jerk(Band& band, Index intervals, double lambda) {
  const Eigen::Matrix<double, 6, 6> form = lambda * jerk_form();
  for (Index k = 0; k < intervals; ++k) add_block(band, k, form);
}

void factorise(Band& band) {
  const Index n = band.cols();
  for (Index i = 0; i < n; ++i) {
    const Index reach = std::min(kHalfBand, n - 1 - i);
    for (Index j = 1; j <= reach; ++j) {
      const double factor = band(j, i) / band(0, i);
      for (Index l = j; l <= reach; ++l) band(l - j, i + j) -= factor * band(l, i);
    }
    band.col(i).tail(kHalfBand) /= band(0, i);
  }
}

void solve(const Band& band, Rows& x) {
  const Index n = band.cols();
  for (Index i = 0; i < n; ++i)
    for (Index j = 1; j <= std::min(kHalfBand, n - 1 - i); ++j)
      x.row(i + j) -= band(j, i) * x.row(i);
  for (Index i = 0; i < n; ++i) x.row(i) /= band(0, i);
  for (Index i = n - 1; i >= 0; --i)
    for (Index j = 1; j <= std::min(kHalfBand, n - 1 - i); ++j)
      x.row(i) -= band(j, i) * x.row(i + j);
}

}  // namespace wrist::spline_band
