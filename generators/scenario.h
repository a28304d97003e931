// SPDX-License-Identifier: Apache-2.0
/// Everything one recording depends on, fully drawn and serialisable.
///
///   Recipe (distributions) -> draw_scenario(index) -> Scenario -> make_recording
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "generators/sensor_settings.h"
#include "sensor_models/imu/imu_spec.h"
#include "sensor_models/imu/warm_up.h"
#include "sensor_models/magnetometer/magnetometer.h"
#include "sensor_models/transport/transport.h"
#include "sim/body/subject.h"
#include "sim/body/tendon.h"
#include "sim/dynamics/tissue_modes.h"
#include "sim/strap/worn_watch.h"

namespace wrist {

enum class Fidelity { ideal, worn, full };
std::string to_string(Fidelity fidelity);
/// Throws Error(usage) that lists the three names.
Fidelity parse_fidelity(const std::string& text);

/// An activity that follows another within a recording, and a gesture laid over it.
struct MotionPart {
  std::string activity, gesture;
  double start_s = 0;          // s; when the way over to it begins
};

/// A gesture of a day-like recording, laid over whatever goes on then.
struct LaidGesture {
  std::string gesture;
  double start_s = 0;          // s; later if another one is not over by then
};

/// What the arm does: a library activity or a clip, and optionally a gesture laid over either.
struct MotionParams {
  std::string clip;            // name of a clip, or empty
  std::string clip_class;      // what the clip shows, or empty
  std::string activity;        // library activity when there is no clip, such as "walk"
  std::string gesture;         // gesture laid over it, or empty
  double tempo = 1;            // multiplies speed
  double amplitude = 1;        // multiplies the size of parametric movement
  std::optional<double> under;  // multiplies it further in what gestures are laid over; none: 1
  double fatigue = 0;          // 0..1; by how much pace and size have fallen at the end
  std::string style;           // asset name, or empty; tempo and amplitude have it in them
  double warp = 0;             // spread of the logarithm of the pace, which wanders
  double lean = 0, elbow = 0;  // rad; of the trunk, forward; of the elbow, more bent
  double restless = 1;         // multiplies drift of posture and tremor
  std::vector<MotionPart> then;  // what follows, in order
  double transition_s = 1.5;   // s; from one activity to the next
  std::vector<LaidGesture> events;  // of a day-like recording
};

/// Of a day that several recordings are cut from: same person, watch and wear.
struct DayPart {
  std::uint64_t day = 0, sequence = 0;  // of the person; within the day
  std::uint64_t seed = 0;               // the day's
};

struct Scenario {
  std::uint64_t index = 0;     // global, over all shards
  std::uint64_t seed = 0;      // from (recipe, index) alone
  std::uint64_t device_seed = 0;  // the same unit may record many sessions
  Fidelity fidelity = Fidelity::worn;
  double duration_s = 10;
  std::string class_name;      // the class the recording is about
  std::string subject_id;
  SubjectParams subject;
  std::uint64_t habit_seed = 0;  // how the person moves, in every recording
  TendonSpec tendons;          // the person's
  TissueModes tissue{};        // of the person's forearm, between bone and strap
  Side side = Side::left;
  MotionParams motion;
  std::optional<DayPart> day;
  std::string watch, strap;    // asset names
  std::string device_id;       // watch and unit
  std::string placement_id;    // side and tightness word
  WearParams wear;
  double illuminance_lux = 200;
  WarmUp warm_up;              // of the watch, since it was put on
  ImuEffects imu;              // multipliers of the inertial errors
  EarthField earth;
  TransportParams transport;
  SensorSettings sensor;
  std::map<std::string, double> quantiles;  // of a recipe with [tails]: of what was drawn
  std::string split;           // "train", "validation", "test"
};

/// Where the motion comes from, as the clip vocabulary names it: "02_10" or "activity:walk".
std::string motion_source(const MotionParams& motion);

/// One line of JSON with every field, SI units; keys sorted.
std::string to_json(const Scenario& scenario);

}  // namespace wrist
