// SPDX-License-Identifier: Apache-2.0
/// The parts of a movement as functions of time on tracks: strokes, rhythms, noise, jolts, and the
/// restlessness of a living arm.
#pragma once

#include "motions/movement.h"

namespace wrist {

/// Progress 0..1 of a stroke at share `s` of its duration.
double stroke_progress(StrokeShape shape, double s);

/// Displacement of a ring that begins at 0: a rise, then a decaying oscillation whose acceleration
/// peaks near 1. `since`: s.
double jolt_ring(double since, double frequency_hz, double decay_s);

/// What one instance of a movement needs to draw itself onto tracks.
struct Instance {
  const MovementSpec& spec;
  const MovementStyle& style;
  Drawer draw;
  std::vector<Span> spans;
  double start_s = 0, end_s = 0;       // s; with the way back of an event
  std::array<double, 2> whole_s{};     // s; of the recording, over which one tires

  /// Where a part says it happens: the spans of these phases, or the whole instance.
  std::vector<std::array<double, 2>> when(const std::vector<std::string>& during) const;
  /// Pace and size at time t: 1 fresh, less towards the end as fatigue says.
  double freshness(double t) const;
};

/// Each adds its part to `performance.tracks`, and its touches to `performance.touches`.
void add_strokes(Performance& performance, const Instance& instance, bool and_return);
void add_rhythms(Performance& performance, const Instance& instance);
void add_noises(Performance& performance, const Instance& instance);
void add_phase_jolts(Performance& performance, const Instance& instance);

/// Posture drifts below 0.4 Hz by `drift` rad rms, trembles at 8-12 Hz with 1-5 mg at the wrist, and
/// breathing lifts the shoulders. `restless` multiplies drift and tremor.
void add_restlessness(Performance& performance, const ArmModel& arm, double drift, double restless,
                      const Rng& rng);

}  // namespace wrist
