// SPDX-License-Identifier: Apache-2.0
/// Gestures of the fingers, laid over whatever the arm does.
///
///   JointMotion + style -> fingers' strokes, what they touch and when -> JointMotion
///
/// Timing and kinematics of pinches: motions/README.md.
#pragma once

#include <string>
#include <vector>

#include "sim/base/rng.h"
#include "sim/body/joint_motion.h"

namespace wrist {

/// One person's double pinch, this time. Defaults are the middles of the published ranges.
struct DoublePinchStyle {
  double close_s = 0.15;         // s; from the first movement of the finger to full closure
  double hold_s = 0.06;          // s
  double open_s = 0.20;          // s
  double interval_s = 0.27;      // s; between the two closures
  double reopening = 0.7;        // 0..1; how far the fingers part between the taps
  double second_tap = 0.95;      // press of the second tap over the first
  double press = 0.004;          // m; how far the pads would go into each other
  double wrist_extension = 0.02; // rad; co-contraction of the wrist during the gesture
};

/// Uniform over the published ranges; intervals vary by 6-12 % within a person.
DoublePinchStyle draw_double_pinch(const Rng& rng);

/// The names lay_gesture knows.
std::vector<std::string> gesture_names();

/// Finger angles at which thumb and index pads touch with `overlap` m to spare: the closed pinch.
/// Shape: kHinges; only thumb and index differ from `rest`.
Eigen::Array<double, kHinges, 1> pinch_pose(const ArmModel& arm,
                                            const Eigen::Array<double, kHinges, 1>& rest,
                                            double overlap);

/// Distance between the pads of thumb and index, m; negative when they overlap.
double pinch_gap(const ArmModel& arm, const Eigen::Array<double, kHinges, 1>& angles);

/// Lays one double pinch over `motion`, starting at `start_s`; adds a label, an event and the two
/// contacts. Fingers follow the gesture in place of what they did. Returns when it is over, s.
/// Throws Error(usage) if it does not fit into the motion.
double lay_double_pinch(JointMotion& motion, const ArmModel& arm, double start_s,
                        const DoublePinchStyle& style);

}  // namespace wrist
