// SPDX-License-Identifier: Apache-2.0
/// Butterworth low-pass of order 1..4, run over the channels of a sensor at once.
///
///   row of channels -> section 0 -> section 1 -> row of channels   (biquads, transposed form II)
///
/// Bilinear transform, the -3 dB frequency pre-warped so that it is exact. Coefficients come from
/// portable sine and cosine: the same bits everywhere. Source: Oppenheim and Schafer,
/// "Discrete-Time Signal Processing", chapter 7.
#pragma once

#include <array>

#include "sim/base/series.h"

namespace wrist {

/// y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2].
struct Biquad {
  double b0 = 1, b1 = 0, b2 = 0;
  double a1 = 0, a2 = 0;
};

struct LowPass {
  double rate_hz = 1;
  int section_count = 0;
  std::array<Biquad, 2> sections;
};

/// Channels filtered side by side: three axes as measured, and the same three clean.
inline constexpr Index kLanes = 6;

struct LowPassState {
  double s1[2][kLanes] = {};  // [section][lane]
  double s2[2][kLanes] = {};
  Index rows = 0;  // filtered since it settled
};

/// Throws Error(usage) unless order is 1..4 and 0 < cutoff_hz < 0.49 rate_hz.
LowPass design_low_pass(int order, double cutoff_hz, double rate_hz);

/// The state after `row` (kLanes values) has stood at the input for ever.
LowPassState settled(const LowPass& design, const double* row);

/// Filters `count` rows of kLanes values in place. Rows in pieces come out as rows at once, to the
/// bit, if some piece ends at every 512th row.
void filter(const LowPass& design, LowPassState& state, double* rows, Index count);

/// One channel, N, settled on its first sample.
Series filter(const LowPass& design, const Series& x);

/// |H| at a frequency.
double gain(const LowPass& design, double frequency_hz);

/// Group delay at 0 Hz, s. Also the time constant of the slowest pole: 1 / (w_c sin(pi / 2n)).
double delay_s(const LowPass& design);

}  // namespace wrist
