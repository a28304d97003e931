// SPDX-License-Identifier: Apache-2.0
/// The strap as a closed loop round an arm that has bones: patches push from the skin outwards, on
/// whichever side of the arm's axis they are, so that alone they would let a band that has sunk in
/// far enough come out on the other side and the watch fly away.
///
///   middle of the band off the axis, band tilted -> beyond the slack: taut -> wrench on the case
///
/// Nothing, to the bit, within the slack. Beyond it the energy grows without bound with the
/// distance.
#pragma once

#include "sim/base/pose.h"

namespace wrist {

struct CaseMotion;
struct Wearing;
struct Wrench;

struct StrapLoop {
  double slack = 0;                   // m; of the middle off the arm's axis
  double radius = 0;                  // m; mean
  double stiffness = 0, damping = 0;  // N/m, N s/m; of the taut loop
  double height = 0;                  // m; of C above the middle of the band, along z of C
  double heading = 1;                 // 1; axis of the band along x of C, -1 if that is proximal
};

// A band that leans further than this against the arm is taut: 53 degrees, at which it has sunk in
// by 0.4 of its radius. [assumed]
inline constexpr double kLoopLeastCosine = 0.6;

/// Of a band that is round S at rest; without stiffness if the strap has none.
StrapLoop make_loop(const Pose& X_SC_rest, const Wearing& wearing);

/// `R_SC` and `p_SC`: pose of the case.
inline bool is_taut(const StrapLoop& loop, const Eigen::Matrix3d& R_SC,
                    const Eigen::Vector3d& p_SC) {
  const double y = p_SC.y() - loop.height * R_SC(1, 2);
  const double z = p_SC.z() - loop.height * R_SC(2, 2);
  return y * y + z * z > loop.slack * loop.slack || loop.heading * R_SC(0, 0) < kLoopLeastCosine;
}

/// Of the loop on the case, about C, in S axes; zero unless it is taut.
Wrench loop_forces(const StrapLoop& loop, const CaseMotion& motion);

}  // namespace wrist
