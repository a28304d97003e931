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

double highest_rate(const Physiology& person) {
  return std::max(208 - 0.7 * person.age_years, person.heart_rate_rest_bpm);  // Tanaka et al. 2001
}

// 0 at rest, 1 at the person's highest oxygen uptake.
double reserve_share(const Physiology& person, double demand) {
  const double reserve = std::max(person.vo2_max - kRestingDemand, 1.);
  return std::clamp((demand - kRestingDemand) / reserve, 0., 1.);
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

}  // namespace wrist
