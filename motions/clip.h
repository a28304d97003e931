// SPDX-License-Identifier: Apache-2.0
/// A motion-capture clip as it was recorded: a tree of joints and their rotations over time.
///
///   file -> import_clip -> MotionClip -> clean -> retarget onto an arm -> JointMotion
///
/// Frames: at rest every joint's frame stands alike, along the clip's axes; BVH is written so,
/// other formats are brought to it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "motions/joint_map.h"
#include "sim/base/pose.h"

namespace wrist {

struct ClipJoint {
  std::string name;
  int parent = -1;         // index into MotionClip::joints; parents come first; -1: root
  Eigen::Vector3d offset;  // clip units; in the parent's frame, at rest
  QuatSeries R_PJ;         // N x 4; rotation in the parent's frame
};

struct MotionClip {
  std::string name;  // file name without folder and extension; "file:animation" if it has several
  TimeGrid time;
  std::vector<ClipJoint> joints;
  Series3 root;                                   // clip units, N x 3
  Eigen::Vector3d up = Eigen::Vector3d::UnitY();  // axis that points up; BVH: y
  std::vector<std::string> notes;  // what was understood and repaired, a sentence each
  double metres_per_unit = 0;      // m; 0: the file does not say
  bool built_rest = false;  // the rest pose is the one the clip was made on: a BVH's may not be
  JointMap map;             // the user's names for joints; empty: known rigs are tried

  /// Index of the joint of this name, or -1.
  int find(const std::string& joint) const;
};

/// Pose of every joint at one frame, in the clip's own axes and units; R is the joint's frame.
std::vector<Pose> joint_poses(const MotionClip& clip, Index frame);

/// Positions of every joint with all rotations zero, root at the origin; clip units.
std::vector<Eigen::Vector3d> rest_positions(const MotionClip& clip);

/// Reads a clip by its extension: .bvh, .fbx, .glb, .gltf, .dae. `animation` names one of
/// clip_animations; empty: the first, and a note says so if there are more. A file without motion
/// is a clip of one frame, and a note says so. Throws Error(bad_data) that names the file, what was
/// expected and what was found; Error(io) if it cannot be read; Error(usage) for another extension
/// or an unknown animation.
MotionClip import_clip(const std::filesystem::path& file, const std::string& animation = "");

/// Every animation of a file as a clip of its own; the file is read once.
std::vector<MotionClip> import_clips(const std::filesystem::path& file);

/// The names of a file's animations; empty if there is none, one name "" for BVH.
std::vector<std::string> clip_animations(const std::filesystem::path& file);

/// Reads a BVH file: strict pre-scan of the text, then Assimp. Errors name file and line. An End
/// Site becomes a joint "<parent>_end" that never turns.
MotionClip import_bvh(const std::filesystem::path& file);

/// Whether the extension, in any case, is one that import_clip reads.
bool is_clip_file(const std::filesystem::path& file);

/// Whether it may be of a tracked hand (import_hand.h): .json, .json.gz, .handpose.
bool is_hand_file(const std::filesystem::path& file);

/// Whether it is one of handy-work's poses: .handpose.
bool is_pose_file(const std::filesystem::path& file);

/// Every clip file below `folder`, sorted by path, and every one of a tracked hand, JSON by what it
/// holds; or the file itself. Error(io) if there is none.
std::vector<std::filesystem::path> find_clips(const std::filesystem::path& folder);

}  // namespace wrist
