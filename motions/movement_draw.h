// SPDX-License-Identifier: Apache-2.0
/// From ranges to numbers: what a person is used to, and how they do it this time.
///
///   MovementSpec + habit + instance -> poses and a timetable of phases
#pragma once

#include "motions/movement_spec.h"
#include "sim/base/rng.h"

namespace wrist {

/// How a whole recording is done.
struct MovementStyle {
  double tempo = 1;      // multiplies the pace
  double amplitude = 1;  // multiplies swings and relative poses
  double fatigue = 0;    // 0..1; towards the end of the recording pace and size fall by this share
  double restless = 1;   // multiplies drift of posture and tremor
};

/// Draws from the ranges of one spec for one person and one instance of it.
class Drawer {
 public:
  /// `habit`: the person's; `once`: the instance's.
  Drawer(const MovementSpec& spec, const Rng& habit, const Rng& once);

  /// The person's value, and about it the instance's with coefficient of variation `cv`.
  double habitual(const Range& range, const std::string& key) const;
  double value(const Range& range, const std::string& key, double cv) const;
  double size(const Range& range, const std::string& key) const;      // cv of sizes
  /// The person's value of `key`, varied anew for each `repetition`.
  double repeated(const Range& range, const std::string& key, const std::string& repetition) const;
  double duration(const Range& range, const std::string& key) const;  // cv of durations
  const Rng& once() const { return once_; }

 private:
  const MovementSpec& spec_;
  Rng habit_, once_;
};

/// One phase of one instance, in its place.
struct Span {
  const PhaseSpec* phase = nullptr;
  double start_s = 0, duration_s = 0;  // s
  int repetition = 0;
  int instance = 0;
  std::string key;  // names its draws: "3/strike#2"

  double end_s() const { return start_s + duration_s; }
  /// How long its stroke lasts: with what runs into the next phase.
  double stroke_s() const { return duration_s * (1 + phase->overlap); }
};

/// The phases of the `instance`-th time it is done, from `start_s`, loops unrolled.
std::vector<Span> timetable(const MovementSpec& spec, const Drawer& draw, int instance,
                            double start_s, double tempo);

}  // namespace wrist
