// SPDX-License-Identifier: Apache-2.0
#include "motions/stroke.h"

#include <cmath>

#include "sim/base/spline.h"

namespace wrist {

double minimum_jerk(double s) {
  if (s <= 0) return 0;
  if (s >= 1) return 1;
  return s * s * s * (10 + s * (-15 + s * 6));
}

Series strokes(const TimeGrid& grid, const std::vector<Stroke>& list) {
  Series sum = Series::Zero(grid.count);
  for (const Stroke& stroke : list)
    for (Index i = 0; i < grid.count; ++i)
      sum[i] += stroke.amount * minimum_jerk((grid.time(i) - stroke.start_s) / stroke.duration_s);
  return sum;
}

Series smooth_noise(const TimeGrid& grid, double cutoff_hz, const Rng& rng) {
  const double knot_rate = 2 * cutoff_hz;
  const double duration = static_cast<double>(grid.count) / grid.rate_hz;
  const TimeGrid knots{grid.start_s - 2 / knot_rate, knot_rate,
                       static_cast<Index>(std::ceil(duration * knot_rate)) + 8};
  const Eigen::ArrayXXd values = rng.normals(knots.count);
  return sample(fit_spline(knots, values, 0), grid, 0, 1).value;
}

}  // namespace wrist
