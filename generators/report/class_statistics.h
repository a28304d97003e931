// SPDX-License-Identifier: Apache-2.0
/// The windows of one class, added one by one.
///
///   window -> features kept as floats, spectra summed per sampling rate -> figures
///
/// Memory grows by 20 bytes a window, whatever its length.
#pragma once

#include <map>
#include <string>

#include "generators/report/distribution.h"
#include "generators/report/signal_figures.h"
#include "generators/report/window_measure.h"

namespace wrist::report {

class ClassStatistics {
 public:
  explicit ClassStatistics(std::string name) : name_(std::move(name)) {}

  /// Windows of one rate must be of one length.
  void add(const WindowMeasure& measure, double rate_hz);

  const std::string& name() const { return name_; }
  std::int64_t windows() const { return windows_; }
  const Sample& feature(std::size_t k) const { return features_[k]; }

  /// The mean over all windows. Watches of different rates meet on one grid: steps of the coarsest,
  /// up to the lowest of their Nyquist frequencies, for above it only some of them could see and
  /// the mean would step. 0 Hz is left out, as the means of the windows were.
  SpectrumFigure spectrum() const;

 private:
  struct Sum {
    Series frequency_hz, accel, gyro;
    std::int64_t windows = 0, with_gyro = 0;
  };
  std::string name_;
  std::int64_t windows_ = 0;
  std::array<Sample, kFeatures.size()> features_;
  std::map<double, Sum> sums_;  // by rate
};

/// One figure per feature, with the quantiles of each class that has windows.
std::vector<FeatureFigure> feature_figures(const std::vector<ClassStatistics>& classes);
/// One figure per class that has windows.
std::vector<SpectrumFigure> spectrum_figures(const std::vector<ClassStatistics>& classes);

}  // namespace wrist::report
