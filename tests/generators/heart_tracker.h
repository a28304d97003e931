// SPDX-License-Identifier: Apache-2.0
/// A heart-rate tracker as published for runners: what the arm does is taken off the spectrum of
/// the light, and the heart is looked for near where it was.
///
///   8 s windows every 2 s -> |light| / most - |acceleration| / most -> largest near the last -> Hz
///
/// After Zhang 2015 (JOSS), spectral subtraction and verification, without its joint sparse
/// spectra; parameters as there where it gives any, else [assumed].
#pragma once

#include "tests/generators/wrist_spectra.h"

namespace wrist::testing {

struct TrackedHeart {
  std::vector<double> error_bpm;  // of every window, absolute
};

namespace tracker {

inline constexpr double kSlowest = 0.7, kFastest = 3.5;  // Hz
inline constexpr double kStride = 10. / 60;              // Hz; the heart's most between windows
inline constexpr double kLeast = 0.2;                    // of the largest: less is not a peak
inline constexpr int kLost = 3;                          // windows

// Magnitudes over their largest, one every kStep from kSlowest.
inline Series magnitudes(const Series& x) {
  Series m(static_cast<Index>((kFastest - kSlowest) / kStep) + 1);
  for (Index k = 0; k < m.size(); ++k)
    m[k] = std::abs(line(x, kSlowest + kStep * static_cast<double>(k)));
  return m / m.maxCoeff();
}

// What the light has that the arm has not.
inline Series without_arm(const Exercise& window, Index channel) {
  const Series light = magnitudes(window.light.col(channel));
  Series arm = Series::Zero(light.size());
  for (Index axis = 0; axis < 3; ++axis) arm = arm.max(magnitudes(window.accel.col(axis)));
  const Series left = (light - arm).max(0.);
  return (left < kLeast * left.maxCoeff()).select(0., left);
}

// The largest within `reach` of `last`, or a negative number.
inline double nearest_peak(const Series& left, double last, double reach) {
  double best = 0, at = -1;
  for (Index k = 0; k < left.size(); ++k) {
    const double f = kSlowest + kStep * static_cast<double>(k);
    if (std::abs(f - last) <= reach && left[k] > best) best = left[k], at = f;
  }
  return at;
}

}  // namespace tracker

/// Starts from the largest peak of the first window, which is to be at rest. Where what is largest
/// stays together elsewhere for kLost windows, the heart is there.
inline TrackedHeart track_heart(const Exercise& whole, Index channel) {
  TrackedHeart tracked;
  double heart = 0, other = 0;
  int elsewhere = 0;
  each_window(whole, [&](const Exercise& window) {
    const Series left = tracker::without_arm(window, channel);
    if (heart == 0) heart = largest_peak(window.light.col(channel));
    if (const double at = tracker::nearest_peak(left, heart, tracker::kStride); at > 0) heart = at;
    const double largest = tracker::nearest_peak(left, heart, tracker::kFastest);
    const bool away = std::abs(largest - heart) > tracker::kStride;
    const bool together = std::abs(largest - other) <= tracker::kStride;
    elsewhere = !away ? 0 : together ? elsewhere + 1 : 1;
    other = largest;
    if (elsewhere >= tracker::kLost) heart = largest;
    tracked.error_bpm.push_back(60 * std::abs(heart - window.heart_hz.mean()));
  });
  return tracked;
}

}  // namespace wrist::testing
