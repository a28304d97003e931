// SPDX-License-Identifier: Apache-2.0
/// The frames of a Leap recording, whole or packed, every value checked.
///
///   JSON -> columns (packed) -> frame n -> hands, fingers -> key -> number, vector -> LeapFrame
#pragma once

#include <array>
#include <string>
#include <vector>

#include "motions/import_leap.h"

namespace wrist {

struct LeapHand {
  double id = 0;
  Side side = Side::right;
  Eigen::Vector3d distal, normal;  // unit, square to each other; normal out of the palm
  Eigen::Vector3d palm;            // m
  double pinch = 0, grab = 0;      // 0..1
  bool has_carpals = false;        // else a finger's carpal stands at its knuckle
  std::array<std::array<Eigen::Vector3d, kJointsPerDigit>, 5> joints;  // m; by digit and HandJoint
};

struct LeapFrame {
  std::string where;  // "FILE: frame N"
  double time_s = 0;  // of the controller's clock; rising
  std::vector<LeapHand> hands;
};

/// Throws Error(bad_data) "FILE: frame N: KEY: expected ..., found ...".
std::vector<LeapFrame> read_leap_frames(const std::string& text, const std::string& file,
                                        const LeapLimits& limits);

}  // namespace wrist
