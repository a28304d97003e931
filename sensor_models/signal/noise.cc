// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/noise.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Correlation times from 1/100 of the shortest averaging time of interest (1 s) to 100 times the
// longest (100 s), two per decade.
constexpr double kShortestTime = 0.01;  // s
// Normals of a node: one per flicker state, one for the walk, and room to sixteen. Drawn for
// sixteen nodes at once, which is what the generator makes in one go.
constexpr Index kPerNode = 16, kNodes = 16;
constexpr double kRatio = 3.1622776601683795;     // sqrt(10)
constexpr double kLogRatio = 1.1512925464970229;  // ln sqrt(10)

// exp(-step / time); past 700 the result is 0 to any precision.
double decay(double time_s, double rate_hz) {
  return portable::exp(-std::min(700., 1 / (time_s * rate_hz)));
}

// Sampling a state slower than it moves folds its power down to low frequencies: the density at
// 0 Hz grows by x coth x, x = step / (2 time). This sd takes the excess out.
GaussMarkov unfolded(GaussMarkov state, double rate_hz) {
  const double a = decay(state.time_s, rate_hz);
  const double x = 0.5 / (state.time_s * rate_hz);
  state.sd *= std::sqrt((1 - a) / (x * (1 + a)));
  return state;
}

}  // namespace

double white_sd(double density, double rate_hz) { return density * std::sqrt(rate_hz / 2); }

Series gauss_markov(const GaussMarkov& state, double rate_hz, Index count, const Rng& rng) {
  const double a = decay(state.time_s, rate_hz);
  const double step = state.sd * std::sqrt((1 - a) * (1 + a));
  Series x = rng.normals(count);
  if (count > 0) x[0] *= state.sd;
  for (Index i = 1; i < count; ++i) x[i] = a * x[i - 1] + step * x[i];
  return x;
}

// State by state in step: the chain of one does not wait for the next one's.
Series gauss_markov_sum(const std::vector<GaussMarkov>& states, double rate_hz, Index count,
                        const Rng& rng) {
  struct Lane {
    double decay, step, x;
    Series normals;
  };
  std::vector<Lane> lanes;
  for (const GaussMarkov& state : states) {
    const double a = decay(state.time_s, rate_hz), step = state.sd * std::sqrt((1 - a) * (1 + a));
    lanes.push_back({a, step, 0, (rng / lanes.size()).normals(count)});
    if (count > 0) lanes.back().x = state.sd * lanes.back().normals[0];
  }
  Series sum(count);
  for (Index i = 0; i < count; ++i) {
    sum[i] = 0;
    for (Lane& lane : lanes) {
      if (i > 0) lane.x = lane.decay * lane.x + lane.step * lane.normals[i];
      sum[i] += lane.x;
    }
  }
  return sum;
}

std::vector<GaussMarkov> flicker_states(double instability) {
  const double sd = instability * std::sqrt(kLogRatio / kPi);
  std::vector<GaussMarkov> states;
  double time = kShortestTime;
  for (int i = 0; i < kFlickerStates; ++i, time *= kRatio) states.push_back({sd, time});
  return states;
}

Series flicker(double instability, double rate_hz, Index count, const Rng& rng) {
  if (instability == 0) return Series::Zero(count);
  std::vector<GaussMarkov> states;
  for (const GaussMarkov& state : flicker_states(instability))
    states.push_back(unfolded(state, rate_hz));
  return gauss_markov_sum(states, rate_hz, count, rng);
}

Series random_walk(double walk, double rate_hz, Index count, const Rng& rng) {
  Series x = Series::Zero(count);
  if (walk == 0 || count == 0) return x;
  const Series steps = walk / std::sqrt(rate_hz) * rng.normals(count - 1);
  for (Index i = 1; i < count; ++i) x[i] = x[i - 1] + steps[i - 1];
  return x;
}

DriftStream::DriftStream(double instability, double walk, double rate_hz, const Rng& rng)
    : walk_step_(walk / std::sqrt(rate_hz)), rng_(rng) {
  const std::vector<GaussMarkov> states = flicker_states(instability);
  for (std::size_t i = 0; i < states.size(); ++i) {
    const GaussMarkov state = unfolded(states[i], rate_hz);
    decay_[i] = decay(state.time_s, rate_hz);
    start_[i] = state.sd;
    step_[i] = state.sd * std::sqrt((1 - decay_[i]) * (1 + decay_[i]));
  }
}

double DriftStream::next() {
  const Index row = node_ % kNodes;
  if (row == 0)
    normals_ = (rng_ / static_cast<std::uint64_t>(node_ / kNodes)).normals(kNodes * kPerNode);
  const double* z = normals_.data() + row * kPerNode;
  const bool first = node_++ == 0;
  double sum = 0;
  for (std::size_t i = 0; i < state_.size(); ++i) {
    state_[i] = first ? start_[i] * z[i] : decay_[i] * state_[i] + step_[i] * z[i];
    sum += state_[i];
  }
  if (!first) walk_ += walk_step_ * z[kFlickerStates];
  return sum + walk_;
}

}  // namespace wrist
