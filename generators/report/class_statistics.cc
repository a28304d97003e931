// SPDX-License-Identifier: Apache-2.0
#include "generators/report/class_statistics.h"

#include <algorithm>
#include <cmath>

namespace wrist::report {
namespace {

const Numbers kProbabilities = {0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1};

void add_to(Series& sum, const Series& values) {
  if (sum.size() == 0)
    sum = values;
  else
    sum += values;
}

// Of bins in equal steps from 0, linear between two.
double value_at(const Series& bins, double step, double frequency) {
  const double at = std::min(frequency / step, static_cast<double>(bins.size() - 1));
  const Index below = std::min(static_cast<Index>(at), bins.size() - 2);
  const double share = at - static_cast<double>(below);
  return (1 - share) * bins[below] + share * bins[below + 1];
}

}  // namespace

void ClassStatistics::add(const WindowMeasure& measure, double rate_hz) {
  ++windows_;
  for (std::size_t k = 0; k < kFeatures.size(); ++k)
    if (std::isfinite(measure.features[k]))
      features_[k].push_back(static_cast<float>(measure.features[k]));
  Sum& sum = sums_[rate_hz];
  sum.frequency_hz = measure.frequency_hz;
  add_to(sum.accel, measure.accel);
  ++sum.windows;
  if (measure.gyro.size() == 0) return;
  add_to(sum.gyro, measure.gyro);
  ++sum.with_gyro;
}

SpectrumFigure ClassStatistics::spectrum() const {
  double step = 0, end = 0;
  std::int64_t with_gyro = 0;
  for (const auto& [rate_hz, sum] : sums_) {
    const double top = sum.frequency_hz[sum.frequency_hz.size() - 1];
    step = std::max(step, sum.frequency_hz[1]);
    end = end == 0 ? top : std::min(end, top);
    with_gyro += sum.with_gyro;
  }
  SpectrumFigure figure{name_, windows_, {}, {}, {}};
  for (int k = 1; step > 0 && k * step <= end * (1 + 1e-9); ++k) {
    const double frequency = k * step;
    double accel = 0, gyro = 0;
    for (const auto& [rate_hz, sum] : sums_) {
      const double own_step = sum.frequency_hz[1];
      accel += value_at(sum.accel, own_step, frequency);
      if (sum.with_gyro > 0) gyro += value_at(sum.gyro, own_step, frequency);
    }
    figure.frequency_hz.push_back(frequency);
    figure.accel.push_back(accel / static_cast<double>(windows_));
    if (with_gyro > 0) figure.gyro.push_back(gyro / static_cast<double>(with_gyro));
  }
  return figure;
}

std::vector<FeatureFigure> feature_figures(const std::vector<ClassStatistics>& classes) {
  std::vector<FeatureFigure> figures;
  for (std::size_t k = 0; k < kFeatures.size(); ++k) {
    const FeatureInfo& info = kFeatures[k];
    figures.push_back({info.name, info.label, info.unit, info.log, {}});
    for (const ClassStatistics& c : classes)
      if (!c.feature(k).empty())
        figures.back().classes.push_back({c.name(), std::ssize(c.feature(k)), kProbabilities,
                                          quantiles(c.feature(k), kProbabilities)});
  }
  return figures;
}

std::vector<SpectrumFigure> spectrum_figures(const std::vector<ClassStatistics>& classes) {
  std::vector<SpectrumFigure> figures;
  for (const ClassStatistics& c : classes)
    if (c.windows() > 0) figures.push_back(c.spectrum());
  return figures;
}

}  // namespace wrist::report
