// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/spline.h"
#include "sim/base/spline_band.h"

namespace wrist {
namespace {

using spline_band::add_block;
using spline_band::add_jerk;
using spline_band::Band;
using spline_band::factorise;
using spline_band::kBasis;
using spline_band::Rows;
using spline_band::solve;

// Small enough to interpolate to 1e-9, large enough to fix the two coefficients beyond either end.
constexpr double kInterpolationPenalty = 1e-10;
// Highest cutoff through scattered samples, of the knots' rate: a gap of tens of knots, which the
// penalty alone bridges, still leaves the equations some digits.
constexpr double kHighestScatteredCutoff = 1;

double penalty(const TimeGrid& knots, double cutoff_hz) {
  return std::pow(knots.rate_hz / (2 * kPi * cutoff_hz), 6);
}

void check(const TimeGrid& knots, const Eigen::ArrayXXd& values, Index expected) {
  require(knots.count >= 6 && values.rows() == expected && expected > 0, ErrorKind::bad_data,
          "a motion needs at least 6 samples to be differentiated, found " +
              std::to_string(values.rows()));
  require(values.allFinite(), ErrorKind::bad_data, "a motion to be splined is not finite");
}

// Columns of `values` that move; a channel at rest is its own spline.
std::vector<Index> moving_columns(const Eigen::ArrayXXd& values) {
  std::vector<Index> moving;
  for (Index c = 0; c < values.cols(); ++c)
    if ((values.col(c) != values(0, c)).any()) moving.push_back(c);
  return moving;
}

// What each coefficient sees of samples at the knots, of the channels that move.
Rows right_hand_side(const Eigen::ArrayXXd& values, const std::vector<Index>& moving) {
  Rows sums = Rows::Zero(values.rows() + 4, std::ssize(moving));
  const Eigen::Array<double, 5, 1> at_knot = kBasis.col(0).head<5>();
  for (Index k = 0; k < values.rows(); ++k)
    for (Index j = 0; j < 5; ++j)
      for (std::size_t m = 0; m < moving.size(); ++m)
        sums(k + j, static_cast<Index>(m)) += at_knot[j] * values(k, moving[m]);
  return sums;
}

// Where a time lies, and what the six B-splines that reach it are worth there.
struct Reach {
  Index piece;
  Eigen::Matrix<double, 6, 1> weight;
};

Reach reach(const TimeGrid& knots, double time_s) {
  const double position = (time_s - knots.start_s) * knots.rate_hz;
  const Index k = std::clamp<Index>(static_cast<Index>(position), 0, knots.count - 2);
  const double u = position - static_cast<double>(k);
  require(u > -1e-6 && u < 1 + 1e-6, ErrorKind::internal, "fit_spline: a time outside the knots");
  Eigen::Matrix<double, 6, 1> powers;
  powers << 1, u, u * u, u * u * u, u * u * u * u, u * u * u * u * u;
  return {k, kBasis * powers};
}

// From B-spline coefficients to polynomials.
Spline spline_of(const TimeGrid& knots, const Eigen::ArrayXXd& values,
                 const std::vector<Index>& moving, const Rows& coefficients) {
  Spline spline{knots, {}};
  for (Index c = 0; c < values.cols(); ++c) {
    spline.pieces.push_back(Eigen::Array<double, 6, Eigen::Dynamic>::Zero(6, 1));
    spline.pieces.back()(0, 0) = values(0, c);
  }
  for (std::size_t m = 0; m < moving.size(); ++m) {
    const Eigen::VectorXd b = coefficients.col(static_cast<Index>(m));
    auto& pieces = spline.pieces[static_cast<std::size_t>(moving[m])];
    pieces.resize(6, knots.count - 1);
    for (Index k = 0; k + 1 < knots.count; ++k)
      pieces.col(k) = (kBasis.transpose() * b.segment<6>(k)).array();
  }
  return spline;
}

}  // namespace

Spline fit_spline(const TimeGrid& knots, const Eigen::ArrayXXd& values, double cutoff_hz) {
  check(knots, values, knots.count);
  Band band = Band::Zero(spline_band::kHalfBand + 1, knots.count + 4);
  const Eigen::Matrix<double, 5, 1> at_knot = kBasis.col(0).head<5>();
  const Eigen::Matrix<double, 5, 5> square = at_knot * at_knot.transpose();
  for (Index k = 0; k < knots.count; ++k) add_block(band, k, square);
  add_jerk(band, knots.count - 1,
           cutoff_hz > 0 ? penalty(knots, cutoff_hz) : kInterpolationPenalty);
  factorise(band);
  const std::vector<Index> moving = moving_columns(values);
  Rows coefficients = right_hand_side(values, moving);
  solve(band, coefficients);
  return spline_of(knots, values, moving, coefficients);
}

Spline fit_spline(const TimeGrid& knots, const Series& times_s, const Eigen::ArrayXXd& values,
                  double cutoff_hz) {
  check(knots, values, times_s.size());
  require(cutoff_hz > 0, ErrorKind::internal, "fit_spline: expected a cutoff above 0");
  const std::vector<Index> moving = moving_columns(values);
  Band band = Band::Zero(spline_band::kHalfBand + 1, knots.count + 4);
  Rows coefficients = Rows::Zero(knots.count + 4, std::ssize(moving));
  for (Index i = 0; i < times_s.size(); ++i) {
    const Reach at = reach(knots, times_s[i]);
    const Eigen::Matrix<double, 6, 6> square = at.weight * at.weight.transpose();
    add_block(band, at.piece, square);
    for (Index j = 0; j < 6; ++j)
      for (std::size_t m = 0; m < moving.size(); ++m)
        coefficients(at.piece + j, static_cast<Index>(m)) += at.weight[j] * values(i, moving[m]);
  }
  add_jerk(band, knots.count - 1,
           penalty(knots, std::min(cutoff_hz, kHighestScatteredCutoff * knots.rate_hz)));
  factorise(band);
  solve(band, coefficients);
  return spline_of(knots, values, moving, coefficients);
}

}  // namespace wrist
