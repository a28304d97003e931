// SPDX-License-Identifier: Apache-2.0
/// The heart and what its beats do to the blood under the watch.
///
///   oxygen demand -> heart rate (two time constants) -> beat intervals (LF, HF, VLF) -> beats
///   or ectopic beats, or atrial fibrillation -> beats
///   beats -> stroke volume x pulse kernel (age) delayed by arrival time -> pulse volume
///
/// Sources: beside each number in heart_rhythm.cc and heart_pulse.cc.
#pragma once

#include <string>
#include <vector>

#include "sim/base/rng.h"
#include "sim/body/subject.h"

namespace wrist {

/// Who set a beat off: the sinus node; a ventricle, too early (an extrasystole); or atria that
/// fibrillate.
enum class BeatKind { sinus, ectopic, fibrillation };
/// "sinus", "ectopic", "fibrillation".
std::string to_string(BeatKind kind);

struct HeartMotion {
  TimeGrid time;                 // the optical sensor's clock
  Series heart_rate_bpm;         // N; slow part, without beat-to-beat variation
  Series pulse_superficial;      // N; 1 = one resting beat's peak, later than deep by about 12 ms
  Series pulse_deep;             // N
  Series respiration;            // N; -1..1, inspiration positive
  // One entry per beat, including those before the start whose pulse is still under way.
  std::vector<double> beats_s;     // R waves: the electrical start of each beat
  std::vector<double> arrivals_s;  // when its pulse begins to fill the deep vessels of the wrist
  std::vector<double> strength;    // 1; stroke relative to a resting beat after 0.92 s
  std::vector<BeatKind> kind;
};

/// Oxygen uptake of a person at rest.
inline constexpr double kRestingDemand = 3.5;  // ml/kg/min; one metabolic equivalent

/// Oxygen uptake, ml/kg/min, from wrist acceleration; `enmo_g`: mean of max(|f| / g - 1, 0).
/// Source: Hildebrand et al. 2014; below 30 mg towards kRestingDemand, which a still wrist has.
double oxygen_demand(double enmo_g);

/// `demand`: ml/kg/min at 1 Hz from the start of `time`, at least one value; the last one holds.
/// The heart has settled at the first. Throws Error(usage) for a demand that is empty, not finite
/// or negative, or for a person without a pulse. `squeeze`: Pa, contact pressure at 1 Hz like the
/// demand; empty: kind to the pulse, so that it delays none.
HeartMotion beat(const Physiology& person, const Series& demand, const TimeGrid& time,
                 const Rng& rng, const Series& squeeze = {});

}  // namespace wrist
