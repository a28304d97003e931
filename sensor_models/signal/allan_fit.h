// SPDX-License-Identifier: Apache-2.0
/// What an Allan plot says: its terms, each with its uncertainty, or that the record cannot tell.
///
///   points -> weights from the estimator's own error -> non-negative fit -> N, B, K (Q, R)
///
///   AVAR(tau) = 3 Q^2 / tau^2 + N^2 / tau + (2 ln 2 / pi) B^2 + K^2 tau / 3 + R^2 tau^2 / 2
///
/// N is two-sided: what the slope of -1/2 reads at 1 s; a data sheet's density is sqrt 2 N. K is
/// what the slope of +1/2 reads at 3 s. B is the flat part over 0.664, not the flat part itself.
/// Source: IEEE Std 952-1997 annex C.
#pragma once

#include "sensor_models/signal/allan.h"

namespace wrist {

/// A coefficient, in the unit of its term.
struct AllanTerm {
  double value = 0;
  double sd = 0;            // standard error
  double at_most = 0;       // two standard errors above: what a record that cannot tell allows
  bool determined = false;  // it stands out of its own uncertainty
};

struct AllanFit {
  AllanTerm quantisation;  // Q s; 0 unless the points ask for it
  AllanTerm white;         // N, Q/sqrt(Hz)
  AllanTerm flicker;       // B, Q
  AllanTerm walk;          // K, Q/sqrt(s)
  AllanTerm ramp;          // R, Q/s; 0 unless the points ask for it
  AllanPoint minimum;      // lowest point
  bool turns = false;      // whether the curve rises again behind it
  double slope = 0;        // of log deviation over log tau in the first decade; white noise: -1/2
  double slope_sd = 0;
  std::vector<double> errors;  // relative standard error of each point
};

/// Shorter averaging times show the low-pass of a sensor rather than its noise, samples.
inline constexpr int kFirstFitted = 20;
/// Shortest record with something to fit, samples: nine spans of four times that.
inline constexpr Index kShortestFitted = 9 * 4 * kFirstFitted;

/// Averaging times from one sample to 1/9 of the record, three per doubling.
std::vector<double> allan_fit_times(Index count, double rate_hz);

/// Reads the terms off `points` of a record of `count` samples. Throws Error(bad_data) if it is
/// shorter than kShortestFitted or has no noise.
AllanFit fit_allan(const std::vector<AllanPoint>& points, Index count, double rate_hz);

/// Deviation of the fitted sum at `tau_s`. A term that is not determined counts as the fit has it.
double allan_model(const AllanFit& fit, double tau_s);

/// sqrt(2 ln 2 / pi) = 0.664: the flat part of the deviation over B.
double flat_over_flicker();

}  // namespace wrist
