// SPDX-License-Identifier: Apache-2.0
/// Names of a rig made comparable, and the hand below one of its joints.
///
///   "mixamorig:LeftHandIndex1" -> "lefthandindex1" -> digit 1, first of its chain
#pragma once

#include <array>
#include <string>
#include <vector>

#include "motions/clip.h"

namespace wrist {

inline constexpr std::array<const char*, 5> kDigitNames = {"thumb", "index", "middle", "ring",
                                                           "little"};

/// The joints' names in lower case, letters and digits only, without a rig's prefix.
struct RigNames {
  explicit RigNames(const MotionClip& clip);

  /// The joint of this plain name, or -1. Of Rigify's layers, the one that deforms comes first.
  int find(const std::string& name) const;
  int parent(int joint) const { return rig.joints[static_cast<std::size_t>(joint)].parent; }
  const std::string& original(int joint) const {
    return rig.joints[static_cast<std::size_t>(joint)].name;
  }
  bool below(int joint, int ancestor) const;  // or the same

  const MotionClip& rig;
  std::vector<std::string> plain;  // per joint
  std::vector<int> layer;          // per joint: 0 deforming, 1 plain, 2 Rigify's original
};

/// Joints of the hand: those below the wrist and away from it at rest.
class RigHand {
 public:
  RigHand(const RigNames& names, int wrist);

  /// The first joint of a digit beyond the palm; empty if there is none.
  std::string knuckle(int digit) const;
  /// The joint furthest from the wrist, among thumb joints or among the others.
  std::string furthest(bool thumb) const;
  FingerNames fingers() const;

 private:
  bool has(int joint, std::string_view part) const;
  int digit_of(int joint) const;  // -1: none
  std::array<std::string, 4> chain(int digit) const;

  const RigNames& names_;
  std::vector<int> joints_;
  std::vector<double> reach_;  // clip units; from the wrist at rest
  int first_number_ = 0;       // of the thumb, where digits are numbered
};

}  // namespace wrist
