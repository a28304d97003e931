// SPDX-License-Identifier: Apache-2.0
/// A rigged hand without an arm as a glTF: palm down, fingers along -z, named as A-Frame's.
#pragma once

#include "sim/body/subject.h"
#include "tests/support/glb.h"

namespace wrist::testing {

struct GlbHand {
  Side side = Side::right;
  double size = 1;             // of a hand 0.18 m long
  double duration_s = 0.25;    // s; of every animation
  double rest = 0.1;           // rad; bend of every joint where an animation begins
  double thumb_below = 0.010;  // m, at size 1; of the knuckles
  std::string wrist = "Palm";
  std::string left_out;  // a joint that is not there
};

inline constexpr double kGlbProximal = 0.045, kGlbMiddle = 0.027;  // m; at size 1

/// Where a digit begins, m, at size 1: 0 thumb to 4 little.
inline Eigen::Vector3d glb_knuckle(int digit, Side side) {
  const double thumb = side == Side::right ? -1 : 1;
  if (digit == 0) return {0.030 * thumb, 0, -0.025};
  return {(0.05 - 0.02 * digit) * thumb, 0, -0.090};
}

inline Eigen::Quaterniond glb_bend(double angle) {  // towards the palm, which faces down
  return Eigen::Quaterniond(Eigen::AngleAxisd(-angle, Eigen::Vector3d::UnitX()));
}

/// Makes every node a joint of a skin, as an exporter does.
inline void skin_all(GlbMaker& made) {
  json joints = json::array();
  for (std::size_t n = 0; n < made.doc["nodes"].size(); ++n) joints.push_back(n);
  made.doc["skins"] = {{{"joints", joints}}};
}

/// Its nodes; every animation of `bends` turns all three joints of the fingers straight to that
/// angle, rad.
inline GlbMaker hand_glb(const GlbHand& hand,
                         const std::vector<std::pair<std::string, double>>& bends) {
  GlbMaker made;
  const int palm = made.node(hand.wrist, -1);
  std::vector<int> bending;
  for (int digit = 0; digit < 5; ++digit) {
    int parent = palm;
    const std::string name = digit == 0 ? "T" : "F" + std::to_string(digit);
    const double links[] = {0, kGlbProximal, kGlbMiddle};
    for (int k = 0; k < 3; ++k) {
      const std::string joint = name + "abc"[k];
      if (joint == hand.left_out) break;
      Eigen::Vector3d at =
          k == 0 ? glb_knuckle(digit, hand.side) : Eigen::Vector3d(0, 0, -links[k]);
      if (digit == 0 && k == 0) at.y() = -hand.thumb_below;
      parent = made.node(joint, parent, hand.size * at, glb_bend(digit == 0 ? 0 : hand.rest));
      if (digit > 0) bending.push_back(parent);
    }
  }
  skin_all(made);
  for (const auto& [name, bend] : bends) {
    made.animation(name);
    for (const int joint : bending) {
      std::vector<double> keys;
      for (const double angle : {hand.rest, bend}) append(keys, xyzw(glb_bend(angle)));
      made.keys(joint, "rotation", {0, hand.duration_s}, keys);
    }
  }
  return made;
}

}  // namespace wrist::testing
