// SPDX-License-Identifier: Apache-2.0
/// What is measured of one window, synthetic or real alike.
///
///   accel, gyro of a window -> features, one Welch segment of each
#pragma once

#include <array>

#include "sim/base/series.h"

namespace wrist::report {

struct FeatureInfo {
  const char *name, *label, *unit;
  bool log;  // best seen on a logarithmic axis
};

inline constexpr std::array<FeatureInfo, 5> kFeatures = {{
    {"accel_rms", "acceleration, rms about its mean", "m/s2", true},
    {"gyro_rms", "angular rate, rms", "rad/s", true},
    {"accel_peak", "largest departure of |a| from its median", "m/s2", true},
    {"gyro_peak", "largest angular rate", "rad/s", true},
    {"dominant_frequency", "strongest frequency of the acceleration above 0.3 Hz", "Hz", true},
}};

struct WindowMeasure {
  std::array<double, kFeatures.size()> features;  // as kFeatures; NaN where there is none
  Series frequency_hz;
  Series accel, gyro;  // one-sided, summed over the axes; gyro is empty if there is none
};

/// accel: N x 3, m/s2; gyro: N x 3, rad/s, or no rows; all finite, N of 4 or more.
WindowMeasure measure_window(const Series3& accel, const Series3& gyro, double rate_hz);

}  // namespace wrist::report
