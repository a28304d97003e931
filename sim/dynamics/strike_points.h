// SPDX-License-Identifier: Apache-2.0
/// Where a body of the arm strikes something: the round ends of its flesh.
#pragma once

#include <vector>

#include "sim/dynamics/held_object.h"
#include "sim/dynamics/surfaces.h"

namespace wrist {

/// A ball of flesh fixed in `body`.
struct StrikePoint {
  Body body = Body::hand;
  Eigen::Vector3d p_B = Eigen::Vector3d::Zero();  // m
  double radius = 0;                              // m
  Material flesh;
};

/// Of a hand: heel and knuckles of the palm on both sides, or the tip of what it holds.
std::vector<StrikePoint> strike_points(const ArmModel& arm, Body striker,
                                       const HeldObject* held = nullptr);

/// The body of this hand that `other` names ("palm" is the hand), or -1.
int body_named(const std::string& other);

}  // namespace wrist
