// SPDX-License-Identifier: Apache-2.0
#include "sim/body/heart_rhythm.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Kinetics. The slow part: BioMedical Engineering OnLine 2015, 10.1186/s12938-015-0112-7, 57.6 +-
// 23.6 s, recovery slower [prior]; two parts fit better than one (ibid. 2021, s12938-021-00875-7).
constexpr double kFastShare = 0.3;       // [prior]; vagal
constexpr double kFastTime = 8;          // s [prior]
constexpr double kSlowTime = 57.6;       // s
constexpr double kRecoveryFactor = 1.2;  // of the slow time, when the demand falls

constexpr double kHardBreathing = 0.7;  // Hz; at the highest demand [prior]

// Variation of the beat intervals. Shares of LF and respiration: McSharry et al. 2003, Nunan et al.
// 2010; scaling with the interval [assumption].
constexpr double kLfShare = 0.62, kRespirationShare = 0.52, kVlfShare = 0.55;
constexpr double kLfFrequency = 0.10;     // Hz; McSharry et al. 2003
constexpr double kLfRadius = 0.93;        // pole radius of the LF rhythm, per beat
constexpr double kVlfCoefficient = 0.985;  // per beat
constexpr double kRestingInterval = 0.92;  // s; to which the person's variation refers
constexpr double kIntervalExponent = 2.2;
constexpr double kShortestInterval = 0.28, kLongestInterval = 2.2;  // s

// Stroke volume by filling time [assumption], and its rise with exercise, fitted to the wrist
// signals of Zhang et al. 2015 (TROIKA).
constexpr double kDeadTime = 0.20, kFillingTime = 0.30;  // s
constexpr double kExerciseGain = 3;
constexpr double kExerciseFrom = 75, kExerciseSpan = 115;  // beats per minute
constexpr double kRespirationGain = 0.08;  // of the stroke; Charlton et al. 2016, 0.03 to 0.16

double highest_rate(const Physiology& person) {
  return std::max(208 - 0.7 * person.age_years, person.heart_rate_rest_bpm);  // Tanaka et al. 2001
}

// 0 at rest, 1 at the person's highest oxygen uptake.
double reserve_share(const Physiology& person, double demand) {
  const double reserve = std::max(person.vo2_max - kRestingDemand, 1.);
  return std::clamp((demand - kRestingDemand) / reserve, 0., 1.);
}

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

}  // namespace

HeartPace set_pace(const Physiology& person, const Series& demand, const TimeGrid& time,
                   const Rng& rng) {
  constexpr double lead = kHeartLead + 3;  // s; whole, so that the knots are the demand's
  HeartPace pace{{time.start_s - lead, 1, static_cast<Index>(lead + time.end() - time.start_s) + 3},
                 {}, {}};
  pace.heart_rate_bpm.resize(pace.time.count);
  pace.breaths.resize(pace.time.count);
  const double rest = person.heart_rate_rest_bpm, reserve = highest_rate(person) - rest;
  const double fast_step = 1 - portable::exp(-1 / kFastTime);
  const double slow_step = 1 - portable::exp(-1 / kSlowTime);
  const double recovery_step = 1 - portable::exp(-1 / (kSlowTime * kRecoveryFactor));

  double fast = reserve_share(person, demand[0]), slow = fast;
  double breath = (rng / "breath").uniform();
  for (Index k = 0; k < pace.time.count; ++k) {
    const double since_start = std::max(0., std::floor(pace.time.time(k) - time.start_s));
    const Index now = std::min(static_cast<Index>(since_start), demand.size() - 1);
    const double share = reserve_share(person, demand[now]);
    fast += fast_step * (share - fast);
    slow += (share > slow ? slow_step : recovery_step) * (share - slow);
    pace.heart_rate_bpm[k] = rest + reserve * (kFastShare * fast + (1 - kFastShare) * slow);
    pace.breaths[k] = breath;
    breath += person.respiration_hz + share * std::max(0., kHardBreathing - person.respiration_hz);
  }
  return pace;
}

double value_at(const HeartPace& pace, const Series& values, double time_s) {
  const double position = (time_s - pace.time.start_s) * pace.time.rate_hz;
  const Index k = std::clamp<Index>(static_cast<Index>(position), 0, pace.time.count - 2);
  const double u = position - static_cast<double>(k);
  return values[k] + u * (values[k + 1] - values[k]);
}

double respiration(const HeartPace& pace, double time_s) {
  const double cycles = value_at(pace, pace.breaths, time_s);
  return portable::sin(2 * kPi * (cycles - std::floor(cycles)));
}

std::vector<Beat> draw_beats(const Physiology& person, const HeartPace& pace, const TimeGrid& time,
                             const Rng& rng) {
  const double first = time.start_s - kHeartLead;
  const Index most = static_cast<Index>((time.end() - first) / kShortestInterval) + 3;
  const Series lf_steps = (rng / "lf").normals(most);
  const Series lf_start = (rng / "lf_start").normals(2);
  const Series vlf_steps = (rng / "vlf").normals(most);
  const double vlf_innovation = std::sqrt(1 - kVlfCoefficient * kVlfCoefficient);

  double interval = 60 / value_at(pace, pace.heart_rate_bpm, first);
  LfRhythm lf = stationary_rhythm(interval, lf_start[0], lf_start[1]);
  double vlf = vlf_steps[0];
  std::vector<Beat> beats;
  double t = first + interval * ((rng / "phase").uniform() - 1);
  for (Index n = 1; t <= time.end() && n < most; ++n) {
    const double heart_rate = value_at(pace, pace.heart_rate_bpm, t), breath = respiration(pace, t);
    const double mean = 60 / heart_rate;
    vlf = kVlfCoefficient * vlf + vlf_innovation * vlf_steps[n];
    // Inspiration speeds the heart up: minus.
    const double variation = kLfShare * lf.next(mean, lf_steps[n]) + kVlfShare * vlf -
                             kRespirationShare * std::sqrt(2.) * breath;
    interval = std::clamp(mean + variation_scale(person, mean) * variation, kShortestInterval,
                          kLongestInterval);
    t += interval;
    if (t <= time.end()) beats.push_back({t, stroke(interval, heart_rate, breath)});
  }
  return beats;
}

}  // namespace wrist
