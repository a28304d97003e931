// SPDX-License-Identifier: Apache-2.0
/// The default fidelity before its judge: the same scenario worn (layers 1 and 2) and full (layer
/// 3).
///
///   Scenario -> motion -> simulate worn, simulate full -> what the watch feels -> differences
#pragma once

#include "generators/perform.h"

namespace wrist {

/// Bands of the specific force, Hz.
inline constexpr std::array<std::array<double, 2>, 3> kJudgedBands = {
    {{20, 60}, {60, 120}, {120, 250}}};

/// The case of the watch in one recording, by both.
struct Verdict {
  std::string motion, class_name;
  double duration_s = 0;
  double rms = 0;         // m/s2; specific force, full, below 20 Hz, gravity included
  double moving_rms = 0;  // m/s2; the same without its mean
  double difference = 0;  // m/s2; rms of worn minus full below 20 Hz
  std::array<double, kJudgedBands.size()> worn{}, full{};  // m/s2; rms in each band
  double worn_peak = 0, full_peak = 0;                     // m/s2; greatest above 20 Hz
  std::size_t worn_contacts = 0, full_contacts = 0;
  double worn_force = 0, full_force = 0;     // N; greatest contact force
  double gyro_difference = 0, gyro_rms = 0;  // rad/s; below 20 Hz
};

/// Simulates the scenario twice; its own fidelity does not matter. Throws as make_recording does.
Verdict judge(Scenario scenario, const Assets& assets, const ClipLibrary& clips);

}  // namespace wrist
