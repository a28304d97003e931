// SPDX-License-Identifier: Apache-2.0
/// The outward recursion over many instants at once: one array per component, so that it vectorises.
///
///   thorax -> over a ball joint, over hinges, to a fixed frame -> pose, w, alpha, specific force
///
/// The same equations as body_states (arm_motion.h), quaternions in place of matrices.
#pragma once

#include "sim/base/pose.h"
#include "sim/base/spline.h"

namespace wrist {

inline constexpr Index kFrameLanes = 256;  // instants at a time

using Lanes = double[kFrameLanes];

/// A moving frame B at every instant: everything in its own axes but the pose.
struct FrameBlock {
  Lanes R_WB[4];    // w x y z
  Lanes p_WB[3];    // m
  Lanes w[3];       // rad/s
  Lanes force[3];   // m/s2; specific force of the origin
  Lanes alpha[3];   // rad/s2
};

/// How a child frame C turns in its parent P at every instant.
struct TurnBlock {
  Lanes R_PC[4];
  Lanes w[3];       // rad/s, in C
  Lanes alpha[3];   // rad/s2, in C
};

/// The rotation splined in channels [channel, channel + 4) of `samples` (at most kFrameLanes rows).
void load_rotation(TurnBlock& turn, const SplineSamples& samples, Index channel);

/// A hinge about `axis` (unit, in C), turned by R_PJ at angle zero.
void load_hinge(TurnBlock& turn, const Eigen::Quaterniond& R_PJ, const Eigen::Vector3d& axis,
                const SplineSamples& angle);

/// A frame at rest in its parent.
void load_fixed(TurnBlock& turn, const Eigen::Quaterniond& R_PC);

/// A frame of orientation `turn` whose origin moves as channels [channel, channel + 3).
void load_root(FrameBlock& frame, const TurnBlock& turn, const SplineSamples& samples, Index channel);

/// From parent to child: joint at r in the parent, turned by `turn`.
void step_outward(FrameBlock& frame, const Eigen::Vector3d& r, const TurnBlock& turn);

/// Writes the first `count` instants to rows [first, first + count) of `motion`.
void store(const FrameBlock& frame, RigidSeries& motion, Index first, Index count);

}  // namespace wrist
