// SPDX-License-Identifier: Apache-2.0
#include <assimp/config.h>
#include <assimp/scene.h>

#include <assimp/Importer.hpp>
#include <cmath>
#include <fstream>
#include <unordered_set>

#include "motions/bvh_scan.h"
#include "motions/clip.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

std::string read_text(const std::filesystem::path& file) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(file, fault);
  require(!fault, ErrorKind::io, file.string() + ": " + fault.message());
  require(size <= BvhLimits{}.bytes, ErrorKind::bad_data,
          file.string() + ":1: expected at most " + std::to_string(BvhLimits{}.bytes) +
              " bytes, found " + std::to_string(size));
  std::string text(size, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(size));
  require(in.good() || size == 0, ErrorKind::io, file.string() + ": cannot be read");
  return text;
}

// The reader's nodes in the order of the file, which is depth first.
std::vector<const aiNode*> nodes_in_order(const aiNode* root) {
  std::vector<const aiNode*> ordered, waiting{root};
  while (!waiting.empty()) {
    const aiNode* node = waiting.back();
    waiting.pop_back();
    ordered.push_back(node);
    for (unsigned c = node->mNumChildren; c > 0; --c) waiting.push_back(node->mChildren[c - 1]);
  }
  return ordered;
}

// What one joint's channel says. Positions replace the joint's offset.
void read_keys(ClipJoint& joint, Series3* root, const aiNodeAnim& channel, bool has_position) {
  const Index frames = joint.R_PJ.rows();
  for (Index i = 0; i < frames; ++i) {
    const aiQuaternion& q = channel.mRotationKeys[i].mValue;
    set_quaternion(joint.R_PJ, i, Eigen::Quaterniond(q.w, q.x, q.y, q.z).normalized());
  }
  const auto position = [&](Index i) {
    const aiVector3D& p = channel.mPositionKeys[i].mValue;
    return Eigen::Vector3d(p.x, p.y, p.z);
  };
  if (has_position) {
    joint.offset.setZero();
    for (Index i = 0; i < frames; ++i)
      joint.offset += (position(i) - joint.offset) / static_cast<double>(i + 1);
  }
  if (root != nullptr)
    for (Index i = 0; i < frames; ++i)
      root->row(i) = (has_position ? position(i) : joint.offset).transpose().array();
}

void require_as_scanned(bool condition, const std::string& file, const std::string& what) {
  require(condition, ErrorKind::bad_data,
          file + ": the reader's " + what + " differ from the text's");
}

// Fills a clip from the reader's scene, checking it against what the pre-scan found.
void read_scene(MotionClip& clip, const aiScene& scene, const BvhScan& scan,
                const std::string& file) {
  const std::vector<const aiNode*> nodes = nodes_in_order(scene.mRootNode);
  require_as_scanned(nodes.size() == scan.nodes.size(), file, "nodes");
  require_as_scanned(scene.mNumAnimations == 1 &&
                         scene.mAnimations[0]->mNumChannels == static_cast<unsigned>(scan.joints),
                     file, "channels");
  clip.root = Series3::Zero(scan.frames, 3);
  unsigned next_channel = 0;
  for (std::size_t n = 0; n < nodes.size(); ++n) {
    const BvhNode& scanned = scan.nodes[n];
    const aiMatrix4x4& X = nodes[n]->mTransformation;
    ClipJoint joint{
        scanned.name, scanned.parent, {X.a4, X.b4, X.c4}, QuatSeries::Zero(scan.frames, 4)};
    joint.R_PJ.col(0).setOnes();
    if (!scanned.end_site) {
      const aiNodeAnim& channel = *scene.mAnimations[0]->mChannels[next_channel++];
      const auto frames = static_cast<unsigned>(scan.frames);
      require_as_scanned(scanned.name == channel.mNodeName.C_Str(), file, "channel names");
      require_as_scanned(channel.mNumRotationKeys == frames &&
                             channel.mNumPositionKeys == (scanned.has_position ? frames : 1),
                         file, "key counts");
      read_keys(joint, n == 0 ? &clip.root : nullptr, channel, scanned.has_position);
      if (n > 0 && scanned.has_position)
        clip.notes.push_back("joint " + joint.name +
                             " moves in its parent: its mean offset is kept");
    }
    require(joint.R_PJ.allFinite() && joint.offset.allFinite(), ErrorKind::bad_data,
            file + ": joint " + joint.name + " is not finite once read");
    clip.joints.push_back(std::move(joint));
  }
  require(clip.root.allFinite(), ErrorKind::bad_data, file + ": the root is not finite once read");
}

void name_end_sites(MotionClip& clip) {
  std::unordered_set<std::string> names;
  for (const ClipJoint& joint : clip.joints) names.insert(joint.name);
  for (ClipJoint& joint : clip.joints) {
    if (!joint.name.empty()) continue;
    joint.name = clip.joints[static_cast<std::size_t>(joint.parent)].name + "_end";
    while (!names.insert(joint.name).second) joint.name += "_end";
  }
}

int find_upper_joint(const MotionClip& clip) {
  for (const char* part : {"head", "neck", "chest"})
    for (std::size_t j = 1; j < clip.joints.size(); ++j) {
      std::string name = clip.joints[j].name;
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      if (name.find(part) != name.npos) return static_cast<int>(j);
    }
  return -1;
}

// BVH means y up, but some exporters write z up. Believed only where both the rest pose and the
// mean posture say so: a person may lie, and bones may be drawn along any axis.
void find_up(MotionClip& clip) {
  const int upper = find_upper_joint(clip);
  if (upper < 0) return;
  const auto head = static_cast<std::size_t>(upper);
  const Eigen::Vector3d rest = rest_positions(clip)[head];
  Eigen::Vector3d mean = Eigen::Vector3d::Zero();
  const Index step = std::max<Index>(1, clip.time.count / 64);
  for (Index i = 0; i < clip.time.count; i += step) {
    const std::vector<Pose> poses = joint_poses(clip, i);
    mean += poses[head].p - poses[0].p;
  }
  constexpr double kNear = 0.85;  // cosine
  for (const Eigen::Vector3d& axis : {Eigen::Vector3d(0, 0, 1), Eigen::Vector3d(1, 0, 0)})
    if (axis.dot(rest) > kNear * rest.norm() && axis.dot(mean) > kNear * mean.norm()) {
      clip.up = axis;
      clip.notes.push_back(axis.z() > 0 ? "the clip's z axis points up"
                                        : "the clip's x axis points up");
    }
}

}  // namespace

MotionClip import_bvh(const std::filesystem::path& file) {
  const std::string text = read_text(file);
  const BvhScan scan = scan_bvh(text, file.string());

  Assimp::Importer importer;
  importer.SetPropertyInteger(AI_CONFIG_IMPORT_NO_SKELETON_MESHES, 1);
  const aiScene* scene = importer.ReadFileFromMemory(text.data(), text.size(), 0, "bvh");
  require(scene != nullptr && scene->mRootNode != nullptr, ErrorKind::bad_data,
          file.string() + ": " + importer.GetErrorString());

  MotionClip clip;
  clip.name = file.stem().string();
  clip.time = {0, scan.rate_hz, scan.frames};
  if (std::abs(scan.rate_hz * scan.frame_time_s - 1) > 1e-12)
    clip.notes.push_back("frame time " + std::to_string(scan.frame_time_s) + " s read as " +
                         std::to_string(std::lround(scan.rate_hz)) + " Hz");
  read_scene(clip, *scene, scan, file.string());
  name_end_sites(clip);
  find_up(clip);
  return clip;
}

}  // namespace wrist
