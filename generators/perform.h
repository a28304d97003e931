// SPDX-License-Identifier: Apache-2.0
/// What the arm does in a scenario: a clip retargeted onto it, or a library activity with gestures.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <variant>

#include "generators/recipe.h"
#include "motions/clip.h"
#include "motions/hand_pose.h"
#include "sim/body/joint_motion.h"

namespace wrist {

/// The clips of a recipe, read and cleaned once. A clip that could not be read holds its error.
class ClipLibrary {
 public:
  /// Reads every clip on up to `jobs` threads. Never throws for a bad clip.
  ClipLibrary(const std::vector<ClipSource>& sources, int jobs);
  /// A clip of a body. Error(usage) also for one of a hand.
  const MotionClip& clip(const std::string& name) const;
  /// The clip on an arm. Throws the clip's own Error(bad_data), or Error(usage) for an unknown name.
  JointMotion motion(const std::string& name, const ArmModel& arm) const;

 private:
  using Entry = std::variant<MotionClip, HandRecording, std::string>;  // or why it could not be read
  const Entry& sound_entry(const std::string& name) const;

  std::map<std::string, Entry> clips_;
};

/// Before a recording starts, filters, strap and blood get this long to settle into the motion.
inline constexpr double kLead = 0.25;  // s

/// The motion over [-kLead, duration]; a clip that is shorter ends sooner. Labels and events are in
/// seconds of the recording.
JointMotion perform(const Scenario& scenario, const ArmModel& arm, const Assets& assets,
                    const ClipLibrary& clips, const Rng& rng);

/// How long the recording is, s: the scenario's duration, or the motion if that ends sooner.
double recorded_duration(const Scenario& scenario, const JointMotion& motion);

}  // namespace wrist
