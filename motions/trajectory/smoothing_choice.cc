// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/smoothing_choice.h"

#include <algorithm>
#include <cmath>
#include <unsupported/Eigen/FFT>

#include "sim/base/constants.h"

namespace wrist {
namespace {

// Half widths over which spectra are averaged, as ratios of frequencies: a sixth of an octave for
// levels, a third for slopes.
constexpr double kLevelWidth = 1.122462, kSlopeWidth = 1.259921;
// Share of the rate up to which a spectrum is looked at; the last bins hold what folds back.
constexpr double kTop = 0.42;
// Bounds of what people do [assumed]: below the first, noise is never looked for; above the second
// a hump of acceleration is noise (tremor ends at 12 Hz, motion.md 2.6); above the third lines are
// too.
constexpr double kMotionFrom = 3, kHumpsTo = 20, kLinesTo = 40;  // Hz
// A line stands this far above what is lower in frequency; a hump of acceleration falls by this
// within an octave. These and the next three: chosen on known motions (smoothing_stats_test.cc) and
// one BROAD trial.
constexpr double kLine = 3, kHump = 1.5;
// Motion has ended where acceleration no longer falls to this within a third of an octave.
constexpr double kStep = 1.25, kFall = 0.75;
// Noise that is flat at its lower end falls by no more than this in the octave above it.
constexpr double kFlat = 4;
constexpr double kNoiseBand = 1.5;  // the level is read from there to this multiple
// Signal is what stands this far above the noise; below, it goes on as f^-kTail. In a BROAD trial
// of hand-held motion positions fall as f^-6 to f^-7 there.
constexpr double kDetected = 2.5, kTail = 6;
constexpr double kGrid = 1.05;       // ratio of the cutoffs tried
constexpr double kNothing = 1e-200;  // so that a body at rest has a logarithm

Series hann(Index count) {
  Series phase = Series::LinSpaced(count, 0.5, static_cast<double>(count) - 0.5) *
                 (2 * kPi / static_cast<double>(count));
  return 0.5 - 0.5 * phase.cos();
}

// Mean over [f / width, f * width] around every frequency. Summed from the top down: the bottom is
// larger by twenty orders of magnitude.
Series averaged(const Series& f, const Series& x, double width) {
  const Index n = f.size();
  Series above(n + 1);
  above[n] = 0;
  for (Index i = n - 1; i >= 0; --i) above[i] = above[i + 1] + x[i];
  Series mean(n);
  Index low = 0, high = 0;
  for (Index i = 0; i < n; ++i) {
    while (f[low] < f[i] / width) ++low;
    while (high < n && f[high] <= f[i] * width) ++high;
    mean[i] = (above[low] - above[high]) / static_cast<double>(high - low);
  }
  return mean;
}

Index first_from(const Series& f, double frequency) {
  return std::lower_bound(f.begin(), f.end(), frequency) - f.begin();
}

Series median_of(const std::vector<WindowSpectrum>& windows) {
  Series median(windows[0].power.size());
  std::vector<double> at(windows.size());
  for (Index i = 0; i < median.size(); ++i) {
    for (std::size_t k = 0; k < at.size(); ++k) at[k] = windows[k].power[i];
    std::sort(at.begin(), at.end());
    const std::size_t half = at.size() / 2;
    median[i] = at.size() % 2 == 1 ? at[half] : (at[half - 1] + at[half]) / 2;
  }
  return median;
}

// The last bin that shows motion: a line, or a hump of the spectrum of acceleration.
Index last_of_motion(const Series& f, const Series& power, const Series& acceleration) {
  const Index first = std::min(first_from(f, kMotionFrom), f.size() - 1);
  Index last = first;
  double lowest = power[first];
  for (Index i = first; i < f.size() && f[i] <= kLinesTo; ++i) {
    lowest = std::min(lowest, power[i]);
    const Index octave = std::max(first_from(f, 2 * f[i]) - i, Index{1});
    const bool hump =
        f[i] <= kHumpsTo && acceleration[i] > kHump * acceleration.segment(i, octave).minCoeff();
    if (hump || power[i] > kLine * lowest) last = i;
  }
  return last;
}

// Whether the level at bin `i` lasts for an octave, or half of one where the spectrum ends.
bool is_flat(const Series& f, const Series& level, Index i) {
  const Index stop = std::min(first_from(f, 2 * f[i]) + 1, f.size());
  const double octaves = std::log2(f[stop - 1] / f[i]);
  return octaves >= 0.5 &&
         level.segment(i, stop - i).minCoeff() * std::pow(kFlat, octaves) >= level[i];
}

// Where the spectrum of acceleration, which motion up to bin `last` made fall, stops falling.
Index end_of_fall(const Series& f, const Series& acceleration, Index last) {
  const Index end = f.size() - 1;
  const auto step = [&](Index i) { return std::min(first_from(f, kStep * f[i]), end); };
  while (last < end && acceleration[step(last)] < kFall * acceleration[last]) ++last;
  return last;
}

// Where it stops falling, or beyond that where noise is flat, if it is somewhere: motion can hide
// where it meets noise, but not pass for white.
Index noise_begins(const Series& f, const Series& power) {
  const Series level = averaged(f, power.max(kNothing).log(), kSlopeWidth).exp();
  const Series acceleration = level * f.square().square();
  const Index fallen = end_of_fall(f, acceleration, last_of_motion(f, power, acceleration));
  for (Index i = fallen; i < f.size() && f[i] <= kLinesTo; ++i)
    if (is_flat(f, level, i)) return i;
  return std::min(fallen, first_from(f, f[f.size() - 1] / 1.2));
}

// The cutoff's gain at every frequency is 1 / (1 + ratio^6).
double expected_error(const WindowSpectrum& w, const Series& signal, double noise, double cutoff,
                      int order) {
  double sum = 0;
  for (Index i = 0; i < signal.size(); ++i) {
    const double f = w.frequency_hz[i], square = (f / cutoff) * (f / cutoff);
    const double gain = 1 / (1 + square * square * square);
    const double error = (1 - gain) * (1 - gain) * signal[i] + gain * gain * noise;
    sum += error * (order == 2 ? f * f * f * f : f * f);
  }
  return sum;
}

}  // namespace

WindowSpectrum window_spectrum(const Eigen::ArrayXXd& values, double rate_hz) {
  const Index n = values.rows(), bins = n / 2;
  const Series window = hann(n), ramp = Series::LinSpaced(n, -1, 1);
  Eigen::FFT<double> fft;
  fft.SetFlag(Eigen::FFT<double>::HalfSpectrum);
  Eigen::VectorXd windowed(n);
  Eigen::VectorXcd transform(n / 2 + 1);
  Series power = Series::Zero(bins);
  for (Index c = 0; c < values.cols(); ++c) {
    const Series centred = values.col(c) - values.col(c).mean();
    const double slope = (centred * ramp).sum() / ramp.square().sum();
    windowed = ((centred - slope * ramp) * window).matrix();
    fft.fwd(transform, windowed);
    power += transform.array().abs2().segment(1, bins);
  }
  power *= 2 / (rate_hz * window.square().sum());
  const Series f =
      Series::LinSpaced(bins, 1, static_cast<double>(bins)) * rate_hz / static_cast<double>(n);
  return {f, averaged(f, power, kLevelWidth)};
}

double noise_level(const std::vector<WindowSpectrum>& windows) {
  const Series& all = windows[0].frequency_hz;
  const double rate = 2 * all[all.size() - 1];
  const Index bins = std::max(first_from(all, kTop * rate), Index{4});
  const Series f = all.head(bins), power = median_of(windows).head(bins);
  const Index from = noise_begins(f, power);
  const Index count = std::max(first_from(f, kNoiseBand * f[from]) - from, Index{1});
  return power.segment(from, count).mean();
}

double best_cutoff(const WindowSpectrum& window, double noise, int order) {
  const Series& all = window.frequency_hz;
  const double rate = 2 * all[all.size() - 1];
  const Index bins = std::max(first_from(all, kTop * rate), Index{4});
  const Series f = all.head(bins), power = window.power.head(bins);
  Series signal = (power > kDetected * noise).select(power - noise, 0.0);
  Index last = bins - 1;
  while (last >= 0 && signal[last] == 0) --last;
  if (last >= 0)
    signal.tail(bins - 1 - last) =
        std::min(signal[last], noise) * (f.tail(bins - 1 - last) / f[last]).pow(-kTail);
  double best = kLowestCutoff, least = expected_error(window, signal, noise, best, order);
  for (double cutoff = kGrid * kLowestCutoff; cutoff < rate; cutoff *= kGrid) {
    const double error = expected_error(window, signal, noise, cutoff, order);
    if (error < least) least = error, best = cutoff;
  }
  return std::min(best, rate);
}

}  // namespace wrist
