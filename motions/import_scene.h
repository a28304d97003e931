// SPDX-License-Identifier: Apache-2.0
/// Clips from scene files: FBX, glTF and Collada.
///
///   file -> pre-scan -> read_gltf or read_assimp -> MotionScene -> scene_clip -> MotionClip
///
/// glTF is read here, from its JSON: other readers drop interpolation modes and tangents. FBX and
/// Collada go through Assimp, in a process of its own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "motions/clip.h"

namespace wrist {

/// Local transform of a node: translate, rotate, scale, in this order from the left.
struct SceneNode {
  std::string name;
  int parent = -1;  // index into MotionScene::nodes; parents come first; -1: a root
  Eigen::Vector3d translation = Eigen::Vector3d::Zero();  // scene units
  Eigen::Quaterniond rotation = Eigen::Quaterniond::Identity();
  Eigen::Vector3d scale = Eigen::Vector3d::Ones();
  bool skinned = false;  // a joint of some skin
  bool solid = false;    // carries a mesh, a camera or a light
};

enum class KeyPath { translation, rotation, scale };
enum class KeyMode { step, linear, cubic };  // cubic: Hermite

/// The keys of one property of one node.
struct KeyTrack {
  int node = 0;
  KeyPath path = KeyPath::translation;
  KeyMode mode = KeyMode::linear;
  Series times;                             // s, K; increasing
  Eigen::ArrayXXd values;                   // scene units or 1; K x 3, rotations K x 4 (w x y z)
  Eigen::ArrayXXd tangent_in, tangent_out;  // per s, as values; cubic only
};

struct SceneAnimation {
  std::string name;
  std::vector<KeyTrack> tracks;
};

struct MotionScene {
  std::vector<SceneNode> nodes;
  std::vector<SceneAnimation> animations;
  Eigen::Vector3d up = Eigen::Vector3d::UnitY();
  double metres_per_unit = 1;      // m
  std::vector<std::string> notes;  // a sentence each
};

struct SceneLimits {
  static constexpr std::uintmax_t bytes = std::uintmax_t{512} << 20;
  static constexpr int depth = 256;  // of nested nodes
  static constexpr int nodes = 4096;
  static constexpr Index keys = 1 << 22;            // of one track
  static constexpr double value = 1e9;              // of any number in the file
  static constexpr std::int64_t samples = 1 << 25;  // frames times joints: 1 GiB of quaternions
};

/// Reads .gltf and .glb. Throws Error(bad_data).
MotionScene read_gltf(const std::filesystem::path& file);

/// Reads .fbx and .dae. A crash, a hang or an absurd demand for memory of the reader is an
/// Error(bad_data) as well.
MotionScene read_assimp(const std::filesystem::path& file);

/// Fails at what is certainly not a whole FBX or Collada file.
void scan_fbx(std::string_view bytes, const std::string& file);
void scan_collada(std::string_view text, const std::string& file);

/// Takes a matrix apart; a mirror becomes a negative scale along x, shear is left out.
void set_matrix(SceneNode& node, const Eigen::Matrix4d& X);

/// Throws Error(bad_data) unless names, tree, keys and numbers are within SceneLimits and sound.
void check_scene(const MotionScene& scene, const std::string& file);

/// One animation (index; -1: the pose at rest) as a clip called `name`.
MotionClip scene_clip(const MotionScene& scene, int animation, const std::string& name,
                      const std::string& file);

/// The rate an animation is sampled at, what it is in a sentence, and when it begins and ends.
struct KeyGrid {
  double rate_hz = 60, start_s = 0, end_s = 0;
  bool as_keyed = false;  // every key lies on the grid and the tracks are dense
  std::string note;
};
KeyGrid key_grid(const SceneAnimation& animation);

/// Whether the keys of a track differ by more than rounding.
bool track_moves(const KeyTrack& track);

/// One track at one time; held before the first key and after the last. Rotations are unit.
Eigen::Vector4d key_value(const KeyTrack& track, double time_s);

/// For every node its parent among the joints that make up the clip, -1 for the root; -2 for nodes
/// that are no joints. `notes` receives what was left out or rebuilt.
std::vector<int> joint_tree(const MotionScene& scene, int animation,
                            std::vector<std::string>& notes);

}  // namespace wrist
