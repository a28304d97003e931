// SPDX-License-Identifier: Apache-2.0
/// A movement as a person writes it down: poses reached in phases, rhythms, noise, jolts, contacts.
///
///   assets/gestures/*.toml -> MovementSpec (ranges) -> perform_movement (drawn) -> JointMotion
///
/// Every range is uniform over people; once a person's value is drawn, single instances vary about it
/// and stay inside the range. Angles are rad, lengths m, times s.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "motions/movement_axis.h"
#include "sim/base/constants.h"

namespace wrist {

/// What may be drawn: the same for everyone where low equals high.
struct Range {
  double low = 0, high = 0;
};

/// One entry of a pose: axes that share one drawn value.
struct AxisValue {
  std::string key;         // as written; names the draw
  std::vector<Axis> axes;
  Range value;
  bool relative = false;   // added to what the axes do underneath, instead of replacing it
};
using PoseSpec = std::vector<AxisValue>;

/// Something touches something.
struct TouchSpec {
  Body striker = Body::index_distal;
  std::string other;         // a body of the hand, or what is not of it: "table", "other_palm"
  double at = 0.85;          // share of the phase or cycle at which it happens
  Range speed{0, 0};         // m/s; 0: from the movement itself
  Range mass{0, 0};          // kg; of what is touched and gives way; 0: as its kind does
  double hold_s = 0.02;      // s; in touch, unless the movement says otherwise
};

/// A knock from the world or the feet: a ring that dies away.
struct JoltSpec {
  Axis axis = Axis::trunk_up;
  double at = 0;             // share of the phase or cycle
  Range frequency_hz{10, 20};
  Range accel{1, 1};         // m/s2, or rad/s2 on an angle
  Range decay_s{0.05, 0.05};
};

enum class StrokeShape { minimum_jerk, lognormal, strike };

struct PhaseSpec {
  std::string name;
  Range duration_s{0.3, 0.3};
  PoseSpec to;                           // empty: stay
  StrokeShape shape = StrokeShape::minimum_jerk;
  double overlap = 0;                 // 0..0.8: how much of it runs into the next phase
  std::string loop;                   // phases of one loop, one after the other, are repeated together
  std::vector<TouchSpec> touches;
  std::vector<JoltSpec> jolts;
};

struct LoopSpec {
  std::string name;
  Range count{1, 1};                  // whole numbers; drawn per instance
};

/// One axis of a rhythm.
struct SwingSpec {
  std::string key;
  std::vector<Axis> axes;
  Range amplitude;                    // half of the whole excursion
  double phase = 0;                   // cycles
  double harmonic = 1;
};

struct RhythmSpec {
  std::string name;
  std::vector<std::string> during;    // phases; empty: all the time
  Range hz;                           // cycles per second
  std::optional<Range> hz_end;        // where a chirp ends
  double drift = 0.04;                // of the pace, slowly; standard deviation over mean
  double size_cv = 0.08;              // of the amplitude, slowly
  std::vector<SwingSpec> swings;
  std::vector<TouchSpec> touches;     // every cycle
  std::vector<JoltSpec> jolts;        // every cycle
};

/// Gaussian, about a frequency (band-limited beats) or below one.
struct NoiseSpec {
  std::string name;
  std::vector<std::string> during;
  Range hz{0, 0};                     // centre; 0: low-pass noise
  Range bandwidth_hz{0.5, 0.5};       // of the amplitude, or the cutoff of low-pass noise
  std::vector<AxisValue> rms;         // root mean square
};

struct MovementSpec {
  std::string name, file;
  std::string sha256;                 // of the file
  std::string definition, parent;
  std::vector<std::string> prompts, sources;
  std::string label;                  // class of its samples and events; empty: its own name
  bool rare = false;
  std::string mirror;                 // the movement a left arm makes for this class: left and right,
                                      // clockwise and anticlockwise change places; empty: its own

  bool event = false;                 // short instances over another movement; else it fills the time
  std::vector<std::string> over;      // events: what they are laid over
  Range pause_s{0.8, 2.5};            // between instances
  Range return_s{0.3, 0.6};           // events: back to what the arm did

  PoseSpec pose;                         // where the arm is to begin with
  std::vector<PhaseSpec> phases;
  std::vector<LoopSpec> loops;
  std::vector<RhythmSpec> rhythms;
  std::vector<NoiseSpec> noises;
  std::array<std::string, 2> labelled;  // first and last phase that carry the label; empty: all

  std::string held;                     // what the hand carries, such as "cup"; empty: nothing
  std::vector<std::string> held_during;  // phases; empty: all the time

  double restless = 0.4 * kDegree;  // rad; slow drift of posture, root mean square
  Range advance{0, 0};                // m/s; walking ahead
  Range press{0.003, 0.006};          // m; how far pads go into each other in a pinch
  double duration_cv = 0.10;          // within a person, over instances; 8-15 % [prior]
  double size_cv = 0.07;              // within a person; 5-10 % [prior]
};

}  // namespace wrist
