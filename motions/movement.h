// SPDX-License-Identifier: Apache-2.0
/// Performs movements: an activity that fills a stretch of time, events laid over it, one activity
/// after another.
///
///   spec + style + person + seed -> tracks, labels, events, touches -> finish -> JointMotion
///
/// Strokes add up (sigma-lognormal theory, Plamondon 1995; minimum jerk, Flash and Hogan 1985), so
/// that phases may overlap and events lie over anything.
#pragma once

#include "motions/movement_draw.h"

namespace wrist {

/// A touch whose place in time is planned; the hand's own touches are found in the movement.
struct PlannedTouch {
  TouchSpec spec;
  double time_s = 0, release_s = 0;    // s
  double from_s = 0, to_s = 0;         // s; where a touch of the hand with itself is looked for
  double speed = 0, mass = 0;          // m/s, kg; 0: from the movement, as its kind does
};

/// A performance being put together.
struct Performance {
  Tracks tracks;
  Series advance;                      // m/s, N; walking ahead
  double press = 0.0045;               // m; of pinches
  std::vector<Label> labels;
  std::vector<Event> events;
  std::vector<PlannedTouch> touches;
};

/// Samples per second of parametric movement: enough for a tap's closing stroke.
inline constexpr double kMovementRate = 240;  // Hz

/// `spec` from the first to the last sample of `time` (kMovementRate).
Performance perform_activity(const MovementSpec& spec, const ArmModel& arm, const TimeGrid& time,
                             const MovementStyle& style, const Rng& habit, const Rng& once);

/// Lays one instance of an event over the performance. Returns when it is over, s, or nothing if it
/// would not be over by `latest_s`; then nothing has changed.
std::optional<double> lay_event(Performance& performance, const MovementSpec& spec, double start_s,
                                double latest_s, const MovementStyle& style, const Rng& habit,
                                const Rng& once);

/// Goes over from `first` to `second`, which stand on the same clock, between `start_s` and
/// `start_s + duration_s`: a day of several activities.
Performance join(Performance first, const Performance& second, double start_s, double duration_s);

/// Joints, labels, events and contacts. Throws Error(internal) as pinch_pose does.
JointMotion finish(const Performance& performance, const ArmModel& arm, const std::string& name);

}  // namespace wrist
