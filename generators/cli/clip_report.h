// SPDX-License-Identifier: Apache-2.0
/// What is understood of a clip, and whether it can move an arm of ours.
///
///   file -> import_clips -> clean -> find_arm, retarget -> ClipReport
///   file of a tracked hand, clip of a lone one -> hand_report.h -> ClipReport
#pragma once

#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "motions/clip.h"
#include "sim/body/arm_model.h"

namespace wrist::cli {

/// One animation of one file.
struct ClipReport {
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

  std::string file, name, animation;
  bool readable = false;
  std::string problem;  // why it cannot be used; empty if it can
  std::size_t joints = 0;
  double rate_hz = 0, duration_s = 0;  // rate: 0 of a pose
  Index frames = 0;
  double metres_per_unit = kNone;      // m; from the file, else from the arm's length
  bool unit_known = false;             // the file says it
  std::vector<std::string> sides;      // arms found
  std::vector<std::string> arm[2];     // left, right: shoulder, elbow, wrist, hand end
  std::vector<std::string> digits[2];  // left, right: the joints of each digit, in one text
  std::string hand;                    // wrist of a rig's hand without an arm
  std::string hand_side;               // of a hand without an arm, rigged or tracked
  int hand_digits = 0;                 // of it
  std::string fingers = "none";        // "moving", "static" or "none"
  double noise = kNone;                // m/s2; rms of a wrist's acceleration above 10 Hz
  double frozen_s = 0;                 // s; longest stretch in which nothing moves at all
  std::vector<std::string> notes;      // what was understood and repaired
  std::vector<std::string> tree;       // joints, indented by depth
};

/// An arm to try clips on, of an average man.
ArmModel reference_arm(Side side);

/// One report per animation; one that is not readable holds the error. Never throws for a bad file.
std::vector<ClipReport> report_clips(const std::filesystem::path& file, const JointMap& map);

/// As a line of JSON; the tree only if asked for.
std::string to_json(const ClipReport& report, bool with_tree);

}  // namespace wrist::cli
