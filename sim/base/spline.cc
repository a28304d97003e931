// SPDX-License-Identifier: Apache-2.0
#include "sim/base/spline.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

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
