// SPDX-License-Identifier: Apache-2.0
#include "generators/report/window_measure.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sensor_models/signal/spectrum.h"

namespace wrist::report {
namespace {

constexpr double kLeastFrequency = 0.3;  // Hz; below it is posture, not movement [assumed]
constexpr double kRounding = 1e-18;      // (m/s2)^2/Hz; what is left of a constant
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Series lengths(const Series3& rows) { return rows.square().rowwise().sum().sqrt(); }

double median(Series values) {
  const auto middle = values.begin() + values.size() / 2;
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

double rms_about_mean(const Series3& rows) {
  return std::sqrt((rows.rowwise() - rows.colwise().mean()).square().rowwise().sum().mean());
}

double peak_of_length(const Series3& accel) {
  const Series length = lengths(accel);
  return (length - median(length)).abs().maxCoeff();
}

// The top of the parabola through the logarithms of the peak and its neighbours, in bins: under a
// Hann window, a sine between two bins is found to a few hundredths of a bin.
double refine(const Series& density, Index peak) {
  if (peak == 0 || peak + 1 == density.size()) return static_cast<double>(peak);
  const Eigen::Array3d three = density.segment(peak - 1, 3);
  if (three.minCoeff() <= 0) return static_cast<double>(peak);
  const Eigen::Array3d y = three.log();
  const double curvature = y[0] - 2 * y[1] + y[2];
  return static_cast<double>(peak) + (curvature < 0 ? 0.5 * (y[0] - y[2]) / curvature : 0);
}

double dominant_frequency(const Series& frequency_hz, const Series& density) {
  const Index first = std::count_if(frequency_hz.begin(), frequency_hz.end(),
                                    [](double f) { return f <= kLeastFrequency; });
  if (first >= density.size()) return kNone;
  Index peak = 0;
  if (density.tail(density.size() - first).maxCoeff(&peak) < kRounding) return kNone;
  return refine(density, first + peak) * frequency_hz[1];
}

}  // namespace

WindowMeasure measure_window(const Series3& accel, const Series3& gyro, double rate_hz) {
  const Index count = accel.rows();
  const bool turns = gyro.rows() > 0;
  const Spectrum of_accel = welch(accel, rate_hz, count);
  WindowMeasure m;
  m.frequency_hz = of_accel.frequency_hz;
  m.accel = of_accel.density.rowwise().sum();
  if (turns) m.gyro = welch(gyro, rate_hz, count).density.rowwise().sum();
  m.features = {rms_about_mean(accel), turns ? std::sqrt(lengths(gyro).square().mean()) : kNone,
                peak_of_length(accel), turns ? lengths(gyro).maxCoeff() : kNone,
                dominant_frequency(m.frequency_hz, m.accel)};
  return m;
}

}  // namespace wrist::report
