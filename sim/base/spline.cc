// SPDX-License-Identifier: Apache-2.0
#include "sim/base/spline.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr Index kHalfBand = 5;
// Small enough to interpolate to 1e-9, large enough to fix the two coefficients beyond either end.
constexpr double kInterpolationPenalty = 1e-10;

// clang-format off
// Row j: polynomial coefficients of u^0..u^5 of the cardinal quintic B-spline's piece j, times 120.
const Eigen::Matrix<double, 6, 6> kBasis = (Eigen::Matrix<double, 6, 6>() <<
    1, -5, 10, -10, 5, -1,
    26, -50, 20, 20, -20, 5,
    66, 0, -60, 0, 30, -10,
    26, 50, 20, -20, -20, 10,
    1, 5, 10, 10, 5, -5,
    0, 0, 0, 0, 0, 1).finished() / 120;
// clang-format on

// int (s''')^2 over one interval as a quadratic form in its six coefficients: s''' is a quadratic
// B-spline in the third differences.
Eigen::Matrix<double, 6, 6> jerk_form() {
  Eigen::Matrix<double, 3, 6> difference = Eigen::Matrix<double, 3, 6>::Zero();
  for (int i = 0; i < 3; ++i) difference.row(i).segment<4>(i) << -1, 3, -3, 1;
  const Eigen::Matrix3d gram =
      (Eigen::Matrix3d() << 6, 13, 1, 13, 54, 13, 1, 13, 6).finished() / 120;
  return difference.transpose() * gram * difference;
}

using Band = Eigen::Array<double, kHalfBand + 1, Eigen::Dynamic>;  // band(d, i) = A(i + d, i)

Band normal_equations(Index samples, double lambda) {
  Band band = Band::Zero(kHalfBand + 1, samples + 4);
  const Eigen::Matrix<double, 6, 6> form = lambda * jerk_form();
  const auto add = [&band](Index start, const auto& block) {
    for (Index i = 0; i < block.cols(); ++i)
      for (Index j = i; j < block.rows(); ++j) band(j - i, start + i) += block(j, i);
  };
  const Eigen::Matrix<double, 5, 1> at_knot = kBasis.col(0).head<5>();
  const Eigen::Matrix<double, 5, 5> data = at_knot * at_knot.transpose();
  for (Index k = 0; k < samples; ++k) add(k, data);
  for (Index k = 0; k + 1 < samples; ++k) add(k, form);
  return band;
}

// In-place L D L^T of a symmetric band matrix: band(0, i) becomes D, the rest L.
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

using Rows = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// All channels at once: a row of x is one coefficient of every channel.
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

// Columns of `values` that move; a channel at rest is its own spline.
std::vector<Index> moving_columns(const Eigen::ArrayXXd& values) {
  std::vector<Index> moving;
  for (Index c = 0; c < values.cols(); ++c)
    if ((values.col(c) != values(0, c)).any()) moving.push_back(c);
  return moving;
}

// Consecutive samples in one piece.
struct Run {
  Index piece, start, count;
};
struct Outputs {
  double* __restrict value, * __restrict first, * __restrict second;
};

// Horner's scheme; within a run the coefficients are constants.
WRIST_SIMD void evaluate(const std::vector<Run>& runs, const double* pieces, const double* u,
                         double rate, Outputs out) {
  for (const Run& run : runs) {
    const double* p = pieces + 6 * run.piece;
    const double p0 = p[0], p1 = p[1], p2 = p[2], p3 = p[3], p4 = p[4], p5 = p[5];
    for (Index i = run.start; i < run.start + run.count; ++i) {
      const double x = u[i];
      out.value[i] = p0 + x * (p1 + x * (p2 + x * (p3 + x * (p4 + x * p5))));
      out.first[i] = rate * (p1 + x * (2 * p2 + x * (3 * p3 + x * (4 * p4 + x * (5 * p5)))));
      out.second[i] = rate * rate * (2 * p2 + x * (6 * p3 + x * (12 * p4 + x * (20 * p5))));
    }
  }
}

}  // namespace

Spline fit_spline(const TimeGrid& knots, const Eigen::ArrayXXd& values, double cutoff_hz) {
  require(knots.count >= 6 && values.rows() == knots.count, ErrorKind::bad_data,
          "a motion needs at least 6 samples to be differentiated, found " +
              std::to_string(values.rows()));
  require(values.allFinite(), ErrorKind::bad_data, "a motion to be splined is not finite");
  const double lambda =
      cutoff_hz > 0 ? std::pow(knots.rate_hz / (2 * kPi * cutoff_hz), 6) : kInterpolationPenalty;
  Band band = normal_equations(knots.count, lambda);
  factorise(band);

  const std::vector<Index> moving = moving_columns(values);
  Rows coefficients = Rows::Zero(knots.count + 4, std::ssize(moving));
  const Eigen::Array<double, 5, 1> at_knot = kBasis.col(0).head<5>();
  for (Index k = 0; k < knots.count; ++k)
    for (Index j = 0; j < 5; ++j)
      for (std::size_t m = 0; m < moving.size(); ++m)
        coefficients(k + j, static_cast<Index>(m)) += at_knot[j] * values(k, moving[m]);
  solve(band, coefficients);

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

SplineSamples sample(const Spline& spline, const TimeGrid& grid, Index first, Index count) {
  const TimeGrid& knots = spline.knots;
  const double slack = 1e-6 / knots.rate_hz;
  require(
      grid.count > 0 && grid.start_s >= knots.start_s - slack && grid.end() <= knots.end() + slack,
      ErrorKind::internal, "a spline was sampled outside its knots");
  SplineSamples out{Eigen::ArrayXXd(grid.count, count), Eigen::ArrayXXd(grid.count, count),
                    Eigen::ArrayXXd(grid.count, count)};
  // Where every sample lies is the same for all channels.
  std::vector<Run> runs;
  Series u(grid.count);
  const double rate = knots.rate_hz, ratio = knots.rate_hz / grid.rate_hz;
  const double start = (grid.start_s - knots.start_s) * rate;
  for (Index i = 0; i < grid.count; ++i) {
    const double position = start + ratio * static_cast<double>(i);
    const Index k = std::clamp<Index>(static_cast<Index>(position), 0, knots.count - 2);
    u[i] = position - static_cast<double>(k);
    if (runs.empty() || runs.back().piece != k) runs.push_back({k, i, 0});
    ++runs.back().count;
  }
  for (Index c = 0; c < count; ++c) {
    const auto& pieces = spline.pieces[static_cast<std::size_t>(first + c)];
    if (pieces.cols() == 1 && knots.count > 2) {
      out.value.col(c).setConstant(pieces(0, 0));
      out.first.col(c).setZero();
      out.second.col(c).setZero();
      continue;
    }
    evaluate(runs, pieces.data(), u.data(), rate,
             {out.value.col(c).data(), out.first.col(c).data(), out.second.col(c).data()});
  }
  return out;
}

Eigen::ArrayXXd sample_at(const Spline& spline, const Series& times) {
  const TimeGrid& knots = spline.knots;
  const double slack = 1e-6 / knots.rate_hz;
  require((times >= knots.start_s - slack).all() && (times <= knots.end() + slack).all(),
          ErrorKind::internal, "a spline was sampled outside its knots");
  Eigen::ArrayXXd values(times.size(), std::ssize(spline.pieces));
  for (Index c = 0; c < values.cols(); ++c) {
    const auto& pieces = spline.pieces[static_cast<std::size_t>(c)];
    const bool still = pieces.cols() == 1 && knots.count > 2;
    for (Index i = 0; i < times.size(); ++i) {
      const double position = (times[i] - knots.start_s) * knots.rate_hz;
      const Index k = std::clamp<Index>(static_cast<Index>(position), 0, knots.count - 2);
      const double u = position - static_cast<double>(k);
      const auto p = pieces.col(still ? 0 : k);
      values(i, c) =
          still ? p[0] : p[0] + u * (p[1] + u * (p[2] + u * (p[3] + u * (p[4] + u * p[5]))));
    }
  }
  return values;
}

double smoothing_gain(double frequency_hz, double cutoff_hz) {
  return cutoff_hz > 0 ? 1 / (1 + std::pow(frequency_hz / cutoff_hz, 6)) : 1;
}

}  // namespace wrist
