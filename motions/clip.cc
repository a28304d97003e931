// SPDX-License-Identifier: Apache-2.0
#include "motions/clip.h"

#include <algorithm>

#include "motions/import_hand.h"
#include "sim/base/error.h"

namespace wrist {
int MotionClip::find(const std::string& joint) const {
  for (std::size_t i = 0; i < joints.size(); ++i)
    if (joints[i].name == joint) return static_cast<int>(i);
  return -1;
}

std::vector<Pose> joint_poses(const MotionClip& clip, Index frame) {
  std::vector<Pose> poses;
  poses.reserve(clip.joints.size());
  for (const ClipJoint& joint : clip.joints) {
    const Eigen::Quaterniond R_PJ = quaternion(joint.R_PJ, frame);
    if (joint.parent < 0)
      poses.push_back({R_PJ, clip.root.row(frame).matrix().transpose()});
    else
      poses.push_back(poses[static_cast<std::size_t>(joint.parent)] * Pose{R_PJ, joint.offset});
  }
  return poses;
}

std::vector<Eigen::Vector3d> rest_positions(const MotionClip& clip) {
  std::vector<Eigen::Vector3d> rest;
  rest.reserve(clip.joints.size());
  for (const ClipJoint& joint : clip.joints)
    rest.push_back(joint.parent < 0 ? Eigen::Vector3d(Eigen::Vector3d::Zero())
                                    : Eigen::Vector3d(rest[static_cast<std::size_t>(joint.parent)] +
                                                      joint.offset));
  return rest;
}

std::vector<std::filesystem::path> find_clips(const std::filesystem::path& folder) {
  namespace fs = std::filesystem;
  std::vector<fs::path> clips;
  std::error_code fault;
  if (fs::is_regular_file(folder, fault)) {
    if (is_clip_file(folder) || is_hand_file(folder)) clips.push_back(folder);
  } else {
    fs::recursive_directory_iterator entry(folder, fault), end;
    for (; !fault && entry != end; entry.increment(fault)) {
      std::error_code no_hand;
      const bool clip = is_clip_file(entry->path()) && entry->is_regular_file(fault);
      if (clip || (is_hand_file(entry->path()) && entry->is_regular_file(no_hand) &&
                   holds_hand(entry->path())))
        clips.push_back(entry->path());
    }
  }
  require(!fault, ErrorKind::io, folder.string() + ": " + fault.message());
  require(!clips.empty(), ErrorKind::io,
          folder.string() +
              ": expected a clip file (.bvh, .fbx, .glb, .gltf, .dae) or one of a hand (.json, "
              ".json.gz, .handpose) here or below, found none");
  std::sort(clips.begin(), clips.end());
  return clips;
}

}  // namespace wrist
