// SPDX-License-Identifier: Apache-2.0
/// How the signals of exercising wrists are held against TROIKA's: everything between 0.5 and 5 Hz.
///
///   samples -> band-pass -> 12.5 Hz -> windows of 8 s: largest peaks; segments of 4 s: coherence
///
/// Figures and settings: Zhang et al. 2015 (TROIKA), 12 men of 18 to 35 years on a treadmill.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <vector>

#include "sim/base/constants.h"
#include "sim/base/series.h"

namespace wrist::testing {

inline constexpr double kStudyRate = 12.5;      // Hz; of all that is below
inline constexpr double kLow = 0.5, kHigh = 5;  // Hz
inline constexpr double kReach = 3;             // s; of the band-pass, either side
inline constexpr double kNear = 0.12;           // Hz; a peak is at a frequency
inline constexpr double kStep = 0.02;           // Hz; between lines

/// A stretch of a recording, in band.
struct Exercise {
  // 1, N x 2; green and infrared over their LED current: all, the beats' part, the arm's.
  Eigen::ArrayXXd light, pulse, motion;
  Eigen::ArrayXXd accel;  // g, N x 3
  Series heart_hz;        // N; the truth
};

inline Exercise between(const Exercise& whole, double from_s, double to_s) {
  const auto first = static_cast<Index>(from_s * kStudyRate);
  const Index count = static_cast<Index>(to_s * kStudyRate) - first;
  return {whole.light.middleRows(first, count), whole.pulse.middleRows(first, count),
          whole.motion.middleRows(first, count), whole.accel.middleRows(first, count),
          whole.heart_hz.segment(first, count)};
}

/// `count` values at kStudyRate of x, sampled at t (s): an ideal band-pass behind a Hann window.
inline Eigen::ArrayXXd in_band(const Series& t, const Eigen::ArrayXXd& x, Index count) {
  const auto kernel = [](double at) {
    if (at == 0) return 2 * (kHigh - kLow);
    const double hann = 0.5 + 0.5 * std::cos(kPi * at / kReach);
    return hann * (std::sin(2 * kPi * kHigh * at) - std::sin(2 * kPi * kLow * at)) / (kPi * at);
  };
  const Eigen::ArrayXXd moving = x.rowwise() - x.colwise().mean();
  const double dt = (t[t.size() - 1] - t[0]) / static_cast<double>(t.size() - 1);
  Eigen::ArrayXXd out = Eigen::ArrayXXd::Zero(count, x.cols());
  for (Index k = 0; k < count; ++k) {
    const double now = static_cast<double>(k) / kStudyRate;
    Index i = std::lower_bound(t.begin(), t.end(), now - kReach) - t.begin();
    for (; i < t.size() && t[i] < now + kReach; ++i)
      out.row(k) += dt * kernel(t[i] - now) * moving.row(i);
  }
  return out;
}

/// Fourier sum of x without its mean behind a Hann window.
inline std::complex<double> line(const Series& x, double frequency_hz) {
  const double mean = x.mean(), n = static_cast<double>(x.size());
  std::complex<double> sum = 0;
  for (Index i = 0; i < x.size(); ++i) {
    const double hann = 0.5 - 0.5 * std::cos(2 * kPi * static_cast<double>(i) / n);
    sum += (x[i] - mean) * hann *
           std::polar(1., -2 * kPi * frequency_hz / kStudyRate * static_cast<double>(i));
  }
  return sum;
}

inline double power(const Eigen::ArrayXXd& x, double frequency_hz) {
  double sum = 0;
  for (Index k = 0; k < x.cols(); ++k) sum += std::norm(line(x.col(k), frequency_hz));
  return sum;
}

/// Of the arm's swing, from the acceleration: with the steps at twice of it. 0.8 to 1.6 Hz.
inline double swing_hz(const Eigen::ArrayXXd& accel) {
  double best = -1, at = 0;
  for (double f = 0.8; f < 1.6; f += kStep)
    if (const double p = power(accel, f) + power(accel, 2 * f); p > best) best = p, at = f;
  return at;
}

/// Where x is strongest, 0.6 to 4 Hz.
inline double largest_peak(const Eigen::ArrayXXd& x) {
  double best = -1, at = 0;
  for (double f = 0.6; f <= 4; f += kStep)
    if (const double p = power(x, f); p > best) best = p, at = f;
  return at;
}

/// Windows of 8 s, every 2 s.
template <typename See>
void each_window(const Exercise& stretch, const See& see) {
  for (double t = 0; (t + 8) * kStudyRate <= static_cast<double>(stretch.accel.rows()); t += 2)
    see(between(stretch, t, t + 8));
}

struct Shares {
  double heart = 0, cadence = 0, swing = 0;  // of windows whose largest peak is there
  double naive_error_bpm = 0;                // of that peak, were it taken for the heart's
};

inline Shares peak_shares(const Exercise& stretch, Index channel) {
  Shares s;
  double windows = 0;
  each_window(stretch, [&](const Exercise& w) {
    const double at = largest_peak(w.light.col(channel)), swing = swing_hz(w.accel);
    const double heart = w.heart_hz.mean();
    s.heart += std::abs(at - heart) < kNear;
    s.cadence += std::abs(at - 2 * swing) < kNear;
    s.swing += std::abs(at - swing) < kNear;
    s.naive_error_bpm += 60 * std::abs(at - heart);
    ++windows;
  });
  return {s.heart / windows, s.cadence / windows, s.swing / windows, s.naive_error_bpm / windows};
}

/// Multiple coherence of light with the three axes, the most within 0.13 Hz. `shift_s`: of the
/// acceleration, round the stretch.
inline double coherence(const Exercise& e, Index channel, double at_hz, double shift_s = 0) {
  const Index segment = static_cast<Index>(4 * kStudyRate), n = e.accel.rows();
  const Index shift = static_cast<Index>(shift_s * kStudyRate);
  Eigen::ArrayXXd accel(n, 3);
  accel << e.accel.bottomRows(n - shift), e.accel.topRows(shift);
  double most = 0;
  for (double f = at_hz - 0.13; f <= at_hz + 0.13; f += kStep) {
    Eigen::Matrix3cd axes = Eigen::Matrix3cd::Zero();
    Eigen::Vector3cd across = Eigen::Vector3cd::Zero();
    double own = 0;
    for (Index first = 0; first + segment <= n; first += segment / 2) {
      Eigen::Vector3cd a;
      for (Index k = 0; k < 3; ++k) a[k] = line(accel.col(k).segment(first, segment), f);
      const std::complex<double> y = line(e.light.col(channel).segment(first, segment), f);
      axes += a * a.adjoint();
      across += a * std::conj(y);
      own += std::norm(y);
    }
    most = std::max(most, std::real(across.dot(axes.ldlt().solve(across))) / own);
  }
  return most;
}

inline double rms(const Series& x) { return std::sqrt(x.square().mean()); }

inline double median(std::vector<double> v) {
  std::sort(v.begin(), v.end());
  return 0.5 * (v[(v.size() - 1) / 2] + v[v.size() / 2]);
}

}  // namespace wrist::testing
