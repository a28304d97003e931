// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/allan.h"

#include <cmath>
#include <string>

#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr Index kLeastSpans = 9;  // of an averaging time in a record: fewer tell little

// Integral over samples, one longer than `values`; without the mean, which second differences do
// not see but rounding does.
Series integrate(const Series& values) {
  const double mean = values.size() == 0 ? 0 : values.mean();
  Series theta = Series::Zero(values.size() + 1);
  for (Index i = 0; i < values.size(); ++i) theta[i + 1] = theta[i] + (values[i] - mean);
  return theta;
}

double deviation_at(const Series& theta, Index m) {
  const Index n = theta.size() - 2 * m;
  const double sum = (theta.tail(n) - 2 * theta.segment(m, n) + theta.head(n)).square().sum();
  return std::sqrt(sum / (2 * static_cast<double>(n))) / static_cast<double>(m);
}

}  // namespace

std::vector<double> allan_times(Index count, double rate_hz) {
  std::vector<double> taus;
  for (Index m = 1; m <= count / kLeastSpans; m *= 2)
    taus.push_back(static_cast<double>(m) / rate_hz);
  return taus;
}

std::vector<AllanPoint> allan_deviation(const Series& values, double rate_hz,
                                        const std::vector<double>& taus) {
  const Series theta = integrate(values);
  std::vector<AllanPoint> points;
  for (const double tau : taus) {
    const Index m = static_cast<Index>(std::lround(tau * rate_hz));
    require(m >= 1 && 2 * m <= values.size(), ErrorKind::usage,
            "Allan deviation: expected an averaging time of one sample to half the record of " +
                std::to_string(static_cast<double>(values.size()) / rate_hz) + " s, found " +
                std::to_string(tau) + " s");
    points.push_back({static_cast<double>(m) / rate_hz, deviation_at(theta, m)});
  }
  return points;
}

}  // namespace wrist
