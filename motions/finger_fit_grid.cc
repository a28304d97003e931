// SPDX-License-Identifier: Apache-2.0
#include "motions/finger_fit_grid.h"

#include <algorithm>
#include <cmath>

#include "sim/base/spline.h"

namespace wrist {
namespace {

// Slope at a stamp between two intervals: zero at a turn, else their weighted harmonic mean.
double inner_slope(double before, double after, double width_before, double width_after) {
  if (before * after <= 0) return 0;
  const double total = 3 * (width_before + width_after);
  return total /
         ((2 * width_after + width_before) / before + (width_after + 2 * width_before) / after);
}

Series slopes(const Series& t, const Series& y) {
  const Index n = t.size();
  const Series width = t.tail(n - 1) - t.head(n - 1);
  const Series secant = (y.tail(n - 1) - y.head(n - 1)) / width;
  Series slope(n);
  slope[0] = secant[0];
  slope[n - 1] = secant[n - 2];
  for (Index i = 1; i + 1 < n; ++i)
    slope[i] = inner_slope(secant[i - 1], secant[i], width[i - 1], width[i]);
  return slope;
}

double hermite(const Series& t, const Series& y, const Series& slope, Index i, double at) {
  const double width = t[i + 1] - t[i], u = (at - t[i]) / width, v = 1 - u;
  return v * v * ((1 + 2 * u) * y[i] + u * width * slope[i]) +
         u * u * ((1 + 2 * v) * y[i + 1] - v * width * slope[i + 1]);
}

}  // namespace

Eigen::ArrayXXd on_grid(const Series& stamps, const Eigen::ArrayXXd& values, const TimeGrid& grid) {
  const Index last = stamps.size() - 1;
  Eigen::ArrayXXd out(grid.count, values.cols());
  for (Index c = 0; c < values.cols(); ++c) {
    const Series y = values.col(c), slope = slopes(stamps, y);
    Index i = 0;
    for (Index k = 0; k < grid.count; ++k) {
      const double at = std::clamp(grid.time(k), stamps[0], stamps[last]);
      while (i + 1 < last && stamps[i + 1] < at) ++i;
      out(k, c) = hermite(stamps, y, slope, i, at);
    }
  }
  return out;
}

Eigen::ArrayXXd smoothed(const Eigen::ArrayXXd& values, const TimeGrid& grid, double cutoff_hz) {
  return sample(fit_spline(grid, values, cutoff_hz), grid, 0, values.cols()).value;
}

}  // namespace wrist
