// SPDX-License-Identifier: Apache-2.0
/// The heart and what its beats do to the blood under the watch.
///
///   oxygen demand -> heart rate (two time constants) -> beat intervals (LF, HF, VLF) -> beats
///   beats -> stroke volume x pulse kernel (age) delayed by arrival time -> pulse volume
///
/// Sources: sim/README.md, section heart.
#pragma once

#include <vector>

#include "sim/base/rng.h"
#include "sim/body/subject.h"

namespace wrist {

struct HeartMotion {
  TimeGrid time;                 // the optical sensor's clock
  Series heart_rate_bpm;         // N; slow part, without beat-to-beat variation
  Series pulse_superficial;      // N; 1 = one resting beat's peak, later than deep by about 12 ms
  Series pulse_deep;             // N
  Series respiration;            // N; -1..1, inspiration positive
  std::vector<double> beats_s;   // ejection instants, including a few before the start
};

/// Oxygen uptake, ml/kg/min, from wrist acceleration; `enmo_g`: mean of max(|f| / g - 1, 0).
/// Source: Hildebrand et al. 2014.
double oxygen_demand(double enmo_g);

/// `demand`: ml/kg/min at 1 Hz from the start of `time`, at least one value; the last one holds.
HeartMotion beat(const Physiology& person, const Series& demand, const TimeGrid& time,
                 const Rng& rng);

}  // namespace wrist
