// SPDX-License-Identifier: Apache-2.0
/// Which joints of a rig are the arm, said by name: by the user, where the names are not known.
///
///   [left] shoulder = "Bone12" ... -> JointMap -> find_arm; what is empty is looked for
#pragma once

#include <array>
#include <string>

namespace wrist {

/// The joints of five digits (0 thumb .. 4 little) from the palm outwards: three that bend (thumb:
/// carpometacarpal, first, second; fingers: knuckle, middle, end joint) and the tip. Empty: none.
using FingerNames = std::array<std::array<std::string, 4>, 5>;

struct JointMap {
  struct Arm {
    std::string shoulder, elbow, wrist, hand_end;
    FingerNames fingers;
    bool operator==(const Arm&) const = default;
  };
  Arm left, right;
  std::string chest, hips;

  bool empty() const { return *this == JointMap{}; }
  bool operator==(const JointMap&) const = default;
};

}  // namespace wrist
