// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"
#include "sim/body/heart_rhythm.h"

namespace wrist {
namespace {

// Variation of the beat intervals. Shares of LF and respiration: McSharry et al. 2003, Nunan et al.
// 2010; scaling with the interval [assumption].
constexpr double kLfShare = 0.62, kRespirationShare = 0.52, kVlfShare = 0.55;
constexpr double kLfFrequency = 0.10;      // Hz; McSharry et al. 2003
constexpr double kLfRadius = 0.93;         // pole radius of the LF rhythm, per beat
constexpr double kVlfCoefficient = 0.985;  // per beat
constexpr double kRestingInterval = 0.92;  // s; to which the person's variation refers
constexpr double kIntervalExponent = 2.2;
constexpr double kShortestInterval = 0.28, kLongestInterval = 2.2;  // s

// Ectopic beats of the ventricles: early, then a pause that almost makes up for it [assumption].
// They contract out of step: a share of what their filling gives [assumption].
constexpr double kEctopicInterval = 0.62, kPauseInterval = 1.35, kEctopicContraction = 0.6;

// Atrial fibrillation after Hennig et al. 2006 (ar5iv cond-mat/0605295): what the conducting node
// always takes, a slow 1/f part and an exponential tail; shares and spread fitted to give intervals
// with a coefficient of variation near 0.27 [prior].
constexpr double kNodeTime = 0.30;                               // s
constexpr double kSlowShare = 0.55, kTailShare = 0.45;           // of the interval beyond kNodeTime
constexpr double kSlowSpread = 0.25;                             // of the logarithm
constexpr double kSlowestTail = 1. / 3, kFastestTail = 1. / 12;  // s; rates of 3 to 12 Hz

// Stroke volume by filling time [assumption], and its rise with exercise: at the wrists of Zhang et
// al. 2015 (TROIKA) runners' pulses are 2.1 to 2.3 times those at rest, of which the forearm gives a
// part that hangs at rest and is held up in a run. Fitted with that; 0 to 4.
constexpr double kDeadTime = 0.20, kFillingTime = 0.30;  // s
constexpr double kExerciseGain = 2.2;
constexpr double kExerciseFrom = 75, kExerciseSpan = 115;  // beats per minute
constexpr double kRespirationGain = 0.08;  // of the stroke; Charlton et al. 2016, 0.03 to 0.16

double filling(double interval) {
  return 1 - portable::exp(-(interval - kDeadTime) / kFillingTime);
}

double stroke(double interval, double heart_rate_bpm, double breath) {
  const double exercise = std::max(0., (heart_rate_bpm - kExerciseFrom) / kExerciseSpan);
  return filling(interval) / filling(kRestingInterval) * (1 + kExerciseGain * exercise) *
         (1 + kRespirationGain * breath);
}

// Second-order rhythm of unit variance at beat index, at kLfFrequency whatever the heart rate.
struct LfRhythm {
  double last = 0, before = 0;

  double next(double interval, double normal) {
    constexpr double r2 = kLfRadius * kLfRadius;
    const double c = portable::cos(2 * kPi * kLfFrequency * interval);
    const double variance = (1 - r2) * ((1 + r2) * (1 + r2) - 4 * r2 * c * c) / (1 + r2);
    const double value = 2 * kLfRadius * c * last - r2 * before + std::sqrt(variance) * normal;
    before = last;
    last = value;
    return value;
  }
};

LfRhythm stationary_rhythm(double interval, double first, double second) {
  const double c = portable::cos(2 * kPi * kLfFrequency * interval);
  const double correlation = 2 * kLfRadius * c / (1 + kLfRadius * kLfRadius);
  return {correlation * first + std::sqrt(1 - correlation * correlation) * second, first};
}

double variation_scale(const Physiology& person, double interval) {
  return person.sdnn_rest_s *
         portable::exp(kIntervalExponent * portable::log(interval / kRestingInterval));
}

// `slow`: standard normal, 1/f; `chance`: 0..1.
double fibrillation_interval(double mean, double slow, double chance) {
  const double beyond = std::max(0., mean - kNodeTime);
  const double tail = std::clamp(kTailShare * beyond, kFastestTail, kSlowestTail);
  // The mean of a log-normal exceeds its median.
  const double drift = portable::exp(kSlowSpread * slow - 0.5 * kSlowSpread * kSlowSpread);
  return kNodeTime + kSlowShare * beyond * drift - tail * portable::log(chance);
}

// The numbers every beat draws, by its index.
struct Chances {
  Series lf, vlf, tail, ectopic;
};

Chances draw_chances(Index count, const Rng& rng) {
  return {(rng / "lf").normals(count), (rng / "vlf").normals(count), (rng / "tail").uniforms(count),
          (rng / "ectopic").uniforms(count)};
}

// An ectopic beat is no other's neighbour: after it comes the pause.
BeatKind next_kind(const Physiology& person, BeatKind last, double chance) {
  if (person.fibrillation) return BeatKind::fibrillation;
  return last != BeatKind::ectopic && chance < person.ectopic_share ? BeatKind::ectopic
                                                                    : BeatKind::sinus;
}

}  // namespace

std::vector<Beat> draw_beats(const Physiology& person, const HeartPace& pace, const TimeGrid& time,
                             const Rng& rng) {
  const double first = time.start_s - kHeartLead;
  const Index most = static_cast<Index>((time.end() - first) / kShortestInterval) + 3;
  const Chances chances = draw_chances(most, rng);
  const Series lf_start = (rng / "lf_start").normals(2);
  const double vlf_innovation = std::sqrt(1 - kVlfCoefficient * kVlfCoefficient);

  double interval = 60 / value_at(pace, pace.heart_rate_bpm, first);
  LfRhythm lf = stationary_rhythm(interval, lf_start[0], lf_start[1]);
  double vlf = chances.vlf[0];
  BeatKind kind = BeatKind::sinus;
  std::vector<Beat> beats;
  double t = first + interval * ((rng / "phase").uniform() - 1);
  for (Index n = 1; t <= time.end() && n < most; ++n) {
    const double heart_rate = value_at(pace, pace.heart_rate_bpm, t), breath = respiration(pace, t);
    const double mean = 60 / heart_rate;
    vlf = kVlfCoefficient * vlf + vlf_innovation * chances.vlf[n];
    // Inspiration speeds the heart up: minus.
    const double variation = kLfShare * lf.next(mean, chances.lf[n]) + kVlfShare * vlf -
                             kRespirationShare * std::sqrt(2.) * breath;
    interval = mean + variation_scale(person, mean) * variation;
    const BeatKind last = kind;
    kind = next_kind(person, last, chances.ectopic[n]);
    if (kind == BeatKind::fibrillation)
      interval = fibrillation_interval(mean, vlf, chances.tail[n]);
    else if (kind == BeatKind::ectopic)
      interval *= kEctopicInterval;
    else if (last == BeatKind::ectopic)
      interval *= kPauseInterval;
    interval = std::clamp(interval, kShortestInterval, kLongestInterval);
    t += interval;
    const double contraction = kind == BeatKind::ectopic ? kEctopicContraction : 1;
    if (t <= time.end())
      beats.push_back({t, contraction * stroke(interval, heart_rate, breath), kind});
  }
  return beats;
}

}  // namespace wrist
