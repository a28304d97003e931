// SPDX-License-Identifier: Apache-2.0
#include "sim/base/resample.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"

namespace wrist {
namespace {

struct Between {
  Index before;
  double share;  // of the next sample
};

Between locate(const TimeGrid& from, double t) {
  const double position =
      std::clamp((t - from.start_s) * from.rate_hz, 0.0, static_cast<double>(from.count - 1));
  const Index before = std::min(static_cast<Index>(position), std::max<Index>(0, from.count - 2));
  return {before, position - static_cast<double>(before)};
}

Series instants(const TimeGrid& grid) {
  Series times(grid.count);
  for (Index i = 0; i < grid.count; ++i) times[i] = grid.time(i);
  return times;
}

}  // namespace

Eigen::ArrayXXd resample(const Eigen::ArrayXXd& values, const TimeGrid& from, const TimeGrid& to) {
  return resample(values, from, instants(to));
}

QuatSeries resample_rotation(const QuatSeries& rotations, const TimeGrid& from,
                             const TimeGrid& to) {
  return resample_rotation(rotations, from, instants(to));
}

Eigen::ArrayXXd resample(const Eigen::ArrayXXd& values, const TimeGrid& from,
                         const Series& times_s) {
  require(values.rows() == from.count && from.count > 1, ErrorKind::internal,
          "resample: values and their grid differ in length");
  Eigen::ArrayXXd out(times_s.size(), values.cols());
  for (Index i = 0; i < times_s.size(); ++i) {
    const Between at = locate(from, times_s[i]);
    out.row(i) = (1 - at.share) * values.row(at.before) + at.share * values.row(at.before + 1);
  }
  return out;
}

QuatSeries resample_rotation(const QuatSeries& rotations, const TimeGrid& from,
                             const Series& times_s) {
  QuatSeries out(times_s.size(), 4);
  for (Index i = 0; i < times_s.size(); ++i) {
    const Between at = locate(from, times_s[i]);
    const Eigen::Array4d a = rotations.row(at.before), b = rotations.row(at.before + 1);
    const double sign = (a * b).sum() < 0 ? -1 : 1;
    const Eigen::Array4d q = (1 - at.share) * a + at.share * sign * b;
    out.row(i) = q / std::sqrt(q.square().sum());
  }
  return out;
}

}  // namespace wrist
