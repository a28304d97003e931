// SPDX-License-Identifier: Apache-2.0
/// Heart rate, breathing, and the instants of the beats.
///
///   demand -> settled rate -> fast + slow part -> heart rate, breathing rate (1 Hz)
///   heart rate -> + LF, respiratory, VLF variation, or ectopic, or fibrillating -> beats
#pragma once

#include "sim/body/heart.h"

namespace wrist {

/// What changes over seconds, at 1 Hz; linear in between.
struct HeartPace {
  TimeGrid time;
  Series heart_rate_bpm;
  Series breaths;  // 1; phase of breathing, in cycles since the first instant
};

/// Seconds before the recording from which beats are drawn: longer than a pulse lasts.
inline constexpr double kHeartLead = 8;

HeartPace set_pace(const Physiology& person, const Series& demand, const TimeGrid& time,
                   const Rng& rng);

/// `values` (pace.time.count) at an instant.
double value_at(const HeartPace& pace, const Series& values, double time_s);

/// -1..1, inspiration positive.
double respiration(const HeartPace& pace, double time_s);

struct Beat {
  double time_s = 0;    // R wave
  double strength = 1;  // relative to a resting beat after 0.92 s
  BeatKind kind = BeatKind::sinus;
};

/// The beats from kHeartLead before `time` to its end.
std::vector<Beat> draw_beats(const Physiology& person, const HeartPace& pace, const TimeGrid& time,
                             const Rng& rng);

}  // namespace wrist
