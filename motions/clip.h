// SPDX-License-Identifier: Apache-2.0
/// A motion-capture clip as it was recorded: a tree of joints and their rotations over time.
///
///   file -> import_clip -> MotionClip -> clean -> retarget onto an arm -> JointMotion
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/pose.h"

namespace wrist {

struct ClipJoint {
  std::string name;
  int parent = -1;         // index into MotionClip::joints; parents come first; -1: root
  Eigen::Vector3d offset;  // clip units; in the parent's frame, at rest
  QuatSeries R_PJ;         // N x 4; rotation in the parent's frame
};

struct MotionClip {
  std::string name;  // file name without folder and extension
  TimeGrid time;
  std::vector<ClipJoint> joints;
  Series3 root;                                   // clip units, N x 3
  Eigen::Vector3d up = Eigen::Vector3d::UnitY();  // axis that points up; BVH: y
  std::vector<std::string> notes;  // what was understood and repaired, a sentence each

  /// Index of the joint of this name, or -1.
  int find(const std::string& joint) const;
};

/// Pose of every joint at one frame, in the clip's own axes and units; R is the joint's frame.
std::vector<Pose> joint_poses(const MotionClip& clip, Index frame);

/// Positions of every joint with all rotations zero, root at the origin; clip units.
std::vector<Eigen::Vector3d> rest_positions(const MotionClip& clip);

/// Reads a BVH file: strict pre-scan of the text, then Assimp. Throws Error(bad_data) that names
/// file, line, what was expected and what was found; Error(io) if it cannot be read. An End Site
/// becomes a joint "<parent>_end" that never turns.
MotionClip import_bvh(const std::filesystem::path& file);

/// Every clip file below `folder` (or the file itself), sorted by path. Error(io) if there is none.
std::vector<std::filesystem::path> find_clips(const std::filesystem::path& folder);

}  // namespace wrist
