// SPDX-License-Identifier: Apache-2.0
/// The joints of a scene sampled over time, on their way to a clip.
///
///   MotionScene + tree -> poses of all nodes at each time -> turns since rest, offsets -> Moving
///
/// A joint's turn since rest is L(t) L(rest)^-1 in the scene's axes, L its turn and scale in the
/// world: it needs no bone axes, and a mirror or a unit above the skeleton cancels.
#pragma once

#include "motions/import_scene.h"

namespace wrist {

/// A joint while the clip is made: its pose since rest, in the scene's axes.
struct Moving {
  int node = 0, parent = -1;                             // parent: index into the joints
  Eigen::Matrix3d unrest = Eigen::Matrix3d::Identity();  // inverse of L at rest
  Series3 p;                                             // scene units
  QuatSeries R;                                          // since rest
  double moves = 0;  // scene units; furthest from its mean place in its parent
  Eigen::Vector3d offset = Eigen::Vector3d::Zero();  // mean place in its parent
};

/// Joints depth first, so that whatever hangs from a joint follows it; not sampled yet.
std::vector<Moving> ordered_joints(const std::vector<int>& parents);

/// Fills poses at `frames` times of the grid; animation -1: at rest. True if a joint changes its
/// size. Throws Error(bad_data) where one collapses.
bool sample_joints(std::vector<Moving>& joints, const MotionScene& scene, int animation,
                   const KeyGrid& grid, Index frames, const std::string& file);

/// Finds where each joint stands in its parent. Some rigs move the hips inside a root that stays:
/// then the hips become the root, for only a root may move from place to place.
void settle_joints(std::vector<Moving>& joints, const MotionScene& scene,
                   std::vector<std::string>& notes);

}  // namespace wrist
