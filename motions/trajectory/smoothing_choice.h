// SPDX-License-Identifier: Apache-2.0
/// How much a captured motion must be smoothed before it is differentiated, judged by its spectrum.
///
///   window -> its spectrum -> signal: what stands above the noise -> cutoff
///   windows about it -> median of spectra -> where motion ends -> noise
///
/// The cutoff minimises the expected error of a derivative, int (2 pi f)^2k ((1 - H)^2 signal +
/// H^2 noise) df with the spline's gain H = 1 / (1 + (f / cutoff)^6): Wiener's criterion over the
/// filters the spline can be. Noise counts as white from where motion ends; what trackers and
/// resampling take from it at high frequencies lies where H is small anyway.
///
/// Where motion ends is read off the spectrum of acceleration: motion makes it fall, noise makes it
/// rise or stay. Source of the criterion: Wiener 1949; of the idea to read noise off the top of the
/// spectrum: Winter 2009, section 3.4.4.
#pragma once

#include <vector>

#include "sim/base/series.h"

namespace wrist {

/// Of all channels of a window together, averaged over a third of an octave.
struct WindowSpectrum {
  Series frequency_hz;  // B; from one step above 0
  Series power;         // B, Q^2/Hz, one-sided
};

/// Hann window, straight line taken out. `values`: N x C, N >= kFewestForSpectrum, Q.
WindowSpectrum window_spectrum(const Eigen::ArrayXXd& values, double rate_hz);

inline constexpr Index kFewestForSpectrum = 64;  // samples; fewer say nothing about noise [assumed]

/// The level of white noise in the median of windows of the same frequencies. Q^2/Hz.
double noise_level(const std::vector<WindowSpectrum>& windows);

/// The cutoff for the least error of derivative `order` (1 or 2) in this window, Hz: from
/// kLowestCutoff to the rate, where the spline interpolates.
double best_cutoff(const WindowSpectrum& window, double noise, int order);

inline constexpr double kLowestCutoff = 2;  // Hz; people who hold still sway below it [assumed]

}  // namespace wrist
