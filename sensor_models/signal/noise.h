// SPDX-License-Identifier: Apache-2.0
/// Noise of the kinds an Allan plot tells apart: white, flicker, random walk.
///
///   density -> white | instability -> sum of Gauss-Markov states | walk -> summed steps
///
/// Every recursion is the exact discretisation at any rate, and stationary from its first sample
/// (a random walk starts at 0). Densities are one-sided. Terms: IEEE Std 952-1997 annex C.
#pragma once

#include <array>
#include <vector>

#include "sim/base/rng.h"

namespace wrist {

/// Standard deviation per sample of white noise, Q. density: Q/sqrt(Hz), one-sided; Allan N is
/// density / sqrt 2.
double white_sd(double density, double rate_hz);

/// First-order Gauss-Markov state: autocovariance sd^2 exp(-|lag| / time_s).
struct GaussMarkov {
  double sd = 0;      // Q
  double time_s = 1;  // correlation time
};

/// `count` samples, stationary from the first.
Series gauss_markov(const GaussMarkov& state, double rate_hz, Index count, const Rng& rng);

/// The sum of states, each from the sub-stream of its number.
Series gauss_markov_sum(const std::vector<GaussMarkov>& states, double rate_hz, Index count,
                        const Rng& rng);

/// The states whose sum has the density B^2 / (2 pi f), two-sided, and so an Allan deviation of
/// sqrt(2 ln 2 / pi) B = 0.664 B, flat within 0.5 % for 1..100 s and more.
std::vector<GaussMarkov> flicker_states(double instability);

/// Flicker noise of bias instability B (Q), to be interpolated linearly. States faster than
/// `rate_hz` keep their low-frequency density, so that a few Hz are enough.
Series flicker(double instability, double rate_hz, Index count, const Rng& rng);

/// Random walk of K (Q/sqrt(s)) from 0; Allan deviation K sqrt(tau / 3).
Series random_walk(double walk, double rate_hz, Index count, const Rng& rng);

/// Correlation times of flicker noise, two per decade from 0.01 s to 10^4 s.
inline constexpr int kFlickerStates = 13;

/// Flicker and random walk in one, node after node for as long as one likes: the memory of a run
/// that never ends. Both are as `flicker` and `random_walk` make them.
class DriftStream {
 public:
  DriftStream(double instability, double walk, double rate_hz, const Rng& rng);

  /// The next node, Q; the first one has the walk at 0.
  double next();

 private:
  std::array<double, kFlickerStates> decay_ = {}, start_ = {}, step_ = {}, state_ = {};
  double walk_step_ = 0, walk_ = 0;
  Index node_ = 0;
  Rng rng_;
  Series normals_;  // of the nodes at hand
};

}  // namespace wrist
