// SPDX-License-Identifier: Apache-2.0
#include "sim/body/heart.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/heart_pulse.h"
#include "sim/body/heart_rhythm.h"

namespace wrist {
namespace {

constexpr double kSuperficialDelay = 0.012;  // s; green after infrared, 0 to 30 ms [assumption]
constexpr double kArrivalJitter = 0.0045;  // s; pulse rate varies more than heart rate, PMC7035641

void check(const Physiology& person, const Series& demand, const TimeGrid& time) {
  require(demand.size() > 0 && demand.allFinite() && demand.minCoeff() >= 0, ErrorKind::usage,
          "heart: expected an oxygen demand of at least one value, finite and not negative");
  require(time.count > 0 && time.rate_hz > 0, ErrorKind::usage,
          "heart: expected a clock with samples");
  const double rest = person.heart_rate_rest_bpm;
  require(rest >= 30 && rest <= 150, ErrorKind::usage,
          "heart_rate_rest_bpm: expected 30 to 150, found " + std::to_string(rest));
  require(person.age_years >= 5 && person.age_years <= 110, ErrorKind::usage,
          "age_years: expected 5 to 110, found " + std::to_string(person.age_years));
  require(person.sdnn_rest_s >= 0 && person.sdnn_rest_s <= 0.3, ErrorKind::usage,
          "sdnn_rest_s: expected 0 to 0.3, found " + std::to_string(person.sdnn_rest_s));
  require(person.ectopic_share >= 0 && person.ectopic_share <= 0.5, ErrorKind::usage,
          "ectopic_share: expected 0 to 0.5, found " + std::to_string(person.ectopic_share));
}

// One pulse on its way into `volume`.
struct Arrival {
  double time_s, strength;
  double rise = 1;  // by what it is stretched
};

void add_pulse(const Series& kernel, const Arrival& pulse, const TimeGrid& time, Series& volume) {
  const double arrival = pulse.time_s, per_second = kPulseRate / pulse.rise;
  const double first = std::ceil((arrival - time.start_s) * time.rate_hz);
  const double last = (arrival - time.start_s) * time.rate_hz +
                      static_cast<double>(kPulseSamples - 2) / per_second * time.rate_hz;
  const double step = per_second / time.rate_hz;
  const double origin = (time.start_s - arrival) * per_second;
  const Index end = std::min(time.count, static_cast<Index>(std::max(0., std::floor(last) + 1)));
  for (Index i = static_cast<Index>(std::max(0., first)); i < end; ++i) {
    const double position = std::max(0., origin + static_cast<double>(i) * step);
    const Index k = std::min(static_cast<Index>(position), kPulseSamples - 2);
    const double u = position - static_cast<double>(k);
    volume[i] += pulse.strength * (kernel[k] + u * (kernel[k + 1] - kernel[k]));
  }
}

HeartMotion without_beats(const HeartPace& pace, const TimeGrid& time) {
  HeartMotion heart;
  heart.time = time;
  heart.pulse_superficial = heart.pulse_deep = Series::Zero(time.count);
  heart.heart_rate_bpm.resize(time.count);
  heart.respiration.resize(time.count);
  for (Index i = 0; i < time.count; ++i) {
    heart.heart_rate_bpm[i] = value_at(pace, pace.heart_rate_bpm, time.time(i));
    heart.respiration[i] = respiration(pace, time.time(i));
  }
  return heart;
}

// Of the squeeze that there is at an instant.
Delay delay_at(const Series& squeeze, double time_s, double age_years) {
  if (squeeze.size() == 0) return {};
  const double last = static_cast<double>(squeeze.size() - 1);
  const double second = std::clamp(std::floor(time_s), 0., last);
  return pressure_delay(squeeze[static_cast<Index>(second)], age_years);
}

}  // namespace

std::string to_string(BeatKind kind) {
  if (kind == BeatKind::sinus) return "sinus";
  return kind == BeatKind::ectopic ? "ectopic" : "fibrillation";
}

double oxygen_demand(double enmo_g) {
  constexpr double kIntercept = 7.28, kSlope = 32.0;  // ml/kg/min; per g: Hildebrand et al. 2014
  // The regression was fitted to activities; someone who sits still has no more than a resting
  // demand.
  constexpr double kStill = 0.030;  // g [assumption]
  if (enmo_g >= kStill) return kIntercept + kSlope * enmo_g;
  return kRestingDemand +
         std::max(0., enmo_g) / kStill * (kIntercept + kSlope * kStill - kRestingDemand);
}

HeartMotion beat(const Physiology& person, const Series& demand, const TimeGrid& time,
                 const Rng& rng, const Series& squeeze) {
  check(person, demand, time);
  require(squeeze.allFinite(), ErrorKind::internal, "heart: contact pressure is not finite");
  const HeartPace pace = set_pace(person, demand, time, rng);
  const std::vector<Beat> beats = draw_beats(person, pace, time, rng / "rhythm");
  const Series kernel = pulse_kernel(person.age_years);
  const double travel = pulse_arrival_time(person.age_years);
  const Series jitter = (rng / "arrival").normals(static_cast<Index>(beats.size()));

  HeartMotion heart = without_beats(pace, time);
  for (std::size_t n = 0; n < beats.size(); ++n) {
    const Delay delay = delay_at(squeeze, beats[n].time_s - time.start_s, person.age_years);
    const double arrival =
        beats[n].time_s + travel + kArrivalJitter * jitter[static_cast<Index>(n)] + delay.foot;
    add_pulse(kernel, {arrival, beats[n].strength, delay.rise}, time, heart.pulse_deep);
    add_pulse(kernel, {arrival + kSuperficialDelay, beats[n].strength, delay.rise}, time,
              heart.pulse_superficial);
    heart.beats_s.push_back(beats[n].time_s);
    heart.arrivals_s.push_back(arrival);
    heart.strength.push_back(beats[n].strength);
    heart.kind.push_back(beats[n].kind);
  }
  return heart;
}

}  // namespace wrist
