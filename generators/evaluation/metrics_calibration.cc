// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/metrics_calibration.h"

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"

namespace wrist::evaluation {
namespace {

std::vector<std::size_t> width_bins(const std::vector<double>& confidence, int count) {
  std::vector<std::size_t> bins;
  for (const double c : confidence)
    bins.push_back(static_cast<std::size_t>(std::clamp(std::ceil(c * count) - 1, 0., count - 1.)));
  return bins;
}

// Equals go where the first of them would.
std::vector<std::size_t> mass_bins(const std::vector<double>& confidence, int count) {
  std::vector<double> sorted = confidence;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> bins;
  for (const double c : confidence) {
    const auto below = std::lower_bound(sorted.begin(), sorted.end(), c) - sorted.begin();
    bins.push_back(static_cast<std::size_t>(below) * static_cast<std::size_t>(count) /
                   sorted.size());
  }
  return bins;
}

}  // namespace

std::vector<CalibrationBin> calibration_bins(const std::vector<double>& confidence,
                                             const std::vector<bool>& right, int count, Bins bins) {
  require(confidence.size() == right.size() && count > 0, ErrorKind::internal,
          "calibration_bins: a confidence and an outcome per window, at least one bin");
  const std::vector<std::size_t> of =
      bins == Bins::equal_width ? width_bins(confidence, count) : mass_bins(confidence, count);
  std::vector<CalibrationBin> all(static_cast<std::size_t>(count));
  for (std::size_t i = 0; i < of.size(); ++i) {
    CalibrationBin& bin = all[of[i]];
    ++bin.windows;
    bin.confidence += confidence[i];
    bin.accuracy += right[i];
  }
  for (CalibrationBin& bin : all) {
    const double n = static_cast<double>(std::max<std::int64_t>(1, bin.windows));
    bin.confidence /= n;
    bin.accuracy /= n;
  }
  return all;
}

double calibration_error(const std::vector<CalibrationBin>& bins) {
  double sum = 0, windows = 0;
  for (const CalibrationBin& bin : bins) {
    const double n = static_cast<double>(bin.windows);
    sum += n * std::abs(bin.accuracy - bin.confidence);
    windows += n;
  }
  return windows > 0 ? sum / windows : 0;
}

}  // namespace wrist::evaluation
