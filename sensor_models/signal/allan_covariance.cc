// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/allan_covariance.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"

namespace wrist {
namespace {

constexpr Index kFrequencies = 8000;  // even in the logarithm: the first 400 lobes of a window are
                                      // resolved, what is behind them is noise of the sum
constexpr double kLongest = 20;       // records; longer periods add nothing

double density(const NoisePowers& noise, double f) {
  const double w = 2 * kPi * f;
  return noise.white + noise.flicker / w + noise.walk / (w * w) + noise.angle * w * w;
}

double window(double f, double tau, double rate_hz) {
  const double top = std::sin(kPi * f * tau);
  const double ratio = top * top / (tau * rate_hz * std::sin(kPi * f / rate_hz));
  return 2 * ratio * ratio;
}

}  // namespace

Eigen::MatrixXd allan_covariance(const Eigen::VectorXd& taus, const NoisePowers& noise, Index count,
                                 double rate_hz) {
  const double length = static_cast<double>(count) / rate_hz;
  const double lowest = 1 / (kLongest * length);
  const double step = std::log(rate_hz / 2 / lowest) / static_cast<double>(kFrequencies);
  Eigen::MatrixXd seen(kFrequencies, taus.size());
  for (Index i = 0; i < kFrequencies; ++i) {
    const double f = lowest * std::exp((static_cast<double>(i) + 0.5) * step);
    const double weight = density(noise, f) * std::sqrt(4 * f * step);  // f > 0 stands for both
    for (Index k = 0; k < taus.size(); ++k) seen(i, k) = weight * window(f, taus[k], rate_hz);
  }
  Eigen::MatrixXd sum = seen.transpose() * seen;
  for (Index i = 0; i < sum.rows(); ++i)
    for (Index k = 0; k < sum.cols(); ++k) sum(i, k) /= length - 2 * std::max(taus[i], taus[k]);
  return sum;
}

}  // namespace wrist
