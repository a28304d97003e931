// SPDX-License-Identifier: Apache-2.0
#include <assimp/config.h>
#include <assimp/scene.h>

#include <assimp/Importer.hpp>
#include <cctype>
#include <cmath>
#include <map>
#include <set>

#include "motions/import_scene.h"
#include "motions/import_scene_apart.h"
#include "motions/import_scene_bytes.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kFbxUnit = 0.01;  // m; UnitScaleFactor counts centimetres

[[noreturn]] void fail(const std::string& file, const std::string& expected,
                       const std::string& found) {
  throw Error(ErrorKind::bad_data, file + ": expected " + expected + ", found " + found);
}

Eigen::Matrix4d matrix(const aiMatrix4x4& X) {
  Eigen::Matrix4d m;
  m << X.a1, X.a2, X.a3, X.a4, X.b1, X.b2, X.b3, X.b4, X.c1, X.c2, X.c3, X.c4, X.d1, X.d2, X.d3,
      X.d4;
  return m;
}

void read_nodes(MotionScene& scene, const aiScene& from, const std::string& file) {
  std::set<std::string> bones;
  for (unsigned m = 0; m < from.mNumMeshes; ++m)
    for (unsigned b = 0; b < from.mMeshes[m]->mNumBones; ++b)
      bones.insert(from.mMeshes[m]->mBones[b]->mName.C_Str());
  std::vector<std::pair<const aiNode*, int>> waiting{{from.mRootNode, -1}};
  for (std::size_t k = 0; k < waiting.size(); ++k) {
    const auto [node, parent] = waiting[k];
    if (waiting.size() > static_cast<std::size_t>(SceneLimits::nodes))
      fail(file, "at most " + std::to_string(SceneLimits::nodes) + " nodes", "more");
    SceneNode read;
    read.name = node->mName.C_Str();
    read.parent = parent;
    const Eigen::Matrix4d X = matrix(node->mTransformation);
    if (!(X.array().abs() < SceneLimits::value).all())
      fail(file, "a finite transform of node " + read.name, "another");
    set_matrix(read, X);
    read.skinned = bones.count(read.name) > 0;
    read.solid = node->mNumMeshes > 0;
    scene.nodes.push_back(read);
    for (unsigned c = 0; c < node->mNumChildren; ++c)
      waiting.emplace_back(node->mChildren[c], static_cast<int>(k));
  }
}

template <typename Key>
KeyTrack track_of(int node, KeyPath path, const Key* keys, unsigned count,
                  double ticks_per_second) {
  KeyTrack track;
  track.node = node;
  track.path = path;
  track.times = Series(count);
  track.values = Eigen::ArrayXXd(count, path == KeyPath::rotation ? 4 : 3);
  for (unsigned k = 0; k < count; ++k) {
    track.times[k] = keys[k].mTime / ticks_per_second;
    const auto& value = keys[k].mValue;
    if constexpr (std::is_same_v<Key, aiQuatKey>)
      track.values.row(k) << value.w, value.x, value.y, value.z;
    else
      track.values.row(k) << value.x, value.y, value.z;
  }
  return track;
}

// Channels name their nodes: a name that two nodes share cannot be told apart.
int node_of(const std::map<std::string, int>& places, const std::string& name,
            const std::string& file) {
  const auto place = places.find(name);
  if (place == places.end()) return -1;
  if (place->second < 0) fail(file, "one node called " + name, "several, and keys for one of them");
  return place->second;
}

void read_animations(MotionScene& scene, const aiScene& from, const std::string& file) {
  std::map<std::string, int> places;
  for (std::size_t n = 0; n < scene.nodes.size(); ++n) {
    const auto [place, fresh] = places.try_emplace(scene.nodes[n].name, static_cast<int>(n));
    if (!fresh) place->second = -1;
  }
  for (unsigned a = 0; a < from.mNumAnimations; ++a) {
    const aiAnimation& animation = *from.mAnimations[a];
    const double ticks = animation.mTicksPerSecond;
    if (animation.mNumChannels > 0 && !(std::isfinite(ticks) && ticks > 0))
      fail(file, "a positive number of ticks per second", std::to_string(ticks));
    SceneAnimation read{animation.mName.C_Str(), {}};
    for (unsigned c = 0; c < animation.mNumChannels; ++c) {
      const aiNodeAnim& channel = *animation.mChannels[c];
      const int node = node_of(places, channel.mNodeName.C_Str(), file);
      if (node < 0) continue;
      const auto add = [&](KeyPath path, const auto* keys, unsigned count) {
        if (count > SceneLimits::keys) fail(file, "fewer keys", std::to_string(count));
        if (count > 0) read.tracks.push_back(track_of(node, path, keys, count, ticks));
      };
      add(KeyPath::translation, channel.mPositionKeys, channel.mNumPositionKeys);
      add(KeyPath::rotation, channel.mRotationKeys, channel.mNumRotationKeys);
      add(KeyPath::scale, channel.mScalingKeys, channel.mNumScalingKeys);
    }
    if (!read.tracks.empty()) scene.animations.push_back(std::move(read));
  }
}

// Axes and unit stand in the file's metadata; the reader does not apply them.
void read_fbx_settings(MotionScene& scene, const aiScene& from, const std::string& file) {
  if (from.mMetaData == nullptr) return;
  float unit = 0;
  double wide_unit = 0;
  if (from.mMetaData->Get("UnitScaleFactor", unit))
    wide_unit = static_cast<double>(unit);
  else
    from.mMetaData->Get("UnitScaleFactor", wide_unit);
  if (!(std::isfinite(wide_unit) && wide_unit > 0 && wide_unit < SceneLimits::value))
    fail(file, "a positive UnitScaleFactor", std::to_string(wide_unit));
  scene.metres_per_unit = kFbxUnit * wide_unit;
  std::int32_t axis = 1, sign = 1;
  from.mMetaData->Get("UpAxis", axis);
  from.mMetaData->Get("UpAxisSign", sign);
  if (axis < 0 || axis > 2) fail(file, "an UpAxis from 0 to 2", std::to_string(axis));
  scene.up = Eigen::Vector3d::Unit(axis) * (sign < 0 ? -1 : 1);
  char text[96];
  std::snprintf(text, sizeof text, "FBX: %g m per unit (UnitScaleFactor %g), %s%c points up",
                scene.metres_per_unit, wide_unit, sign < 0 ? "-" : "", "xyz"[axis]);
  scene.notes.push_back(text);
}

// The reader applies the unit, and turns what is not y up unless told not to.
void read_collada_settings(MotionScene& scene, std::string_view text) {
  for (const auto& [word, axis] : {std::pair{"X_UP", 0}, std::pair{"Z_UP", 2}})
    if (text.find(std::string("<up_axis>") + word) != text.npos) {
      scene.up = Eigen::Vector3d::Unit(axis);
      scene.notes.push_back(std::string("Collada: ") + "xyz"[axis] + " points up");
    }
}

MotionScene read(const std::string& bytes, bool fbx, const std::string& file) {
  Assimp::Importer importer;
  importer.SetPropertyInteger(AI_CONFIG_IMPORT_NO_SKELETON_MESHES, 1);
  importer.SetPropertyBool(AI_CONFIG_IMPORT_FBX_PRESERVE_PIVOTS, false);
  for (const char* unused :
       {AI_CONFIG_IMPORT_FBX_READ_MATERIALS, AI_CONFIG_IMPORT_FBX_READ_TEXTURES,
        AI_CONFIG_IMPORT_FBX_READ_CAMERAS, AI_CONFIG_IMPORT_FBX_READ_LIGHTS})
    importer.SetPropertyBool(unused, false);
  importer.SetPropertyBool(AI_CONFIG_IMPORT_COLLADA_IGNORE_UP_DIRECTION, true);
  const aiScene* scene =
      importer.ReadFileFromMemory(bytes.data(), bytes.size(), 0, fbx ? "fbx" : "dae");
  require(scene != nullptr && scene->mRootNode != nullptr, ErrorKind::bad_data,
          file + ": " + importer.GetErrorString());
  MotionScene found;
  read_nodes(found, *scene, file);
  read_animations(found, *scene, file);
  if (fbx)
    read_fbx_settings(found, *scene, file);
  else
    read_collada_settings(found, bytes);
  check_scene(found, file);
  return found;
}

}  // namespace

MotionScene read_assimp(const std::filesystem::path& file) {
  const std::string bytes = read_scene_bytes(file), name = file.string();
  const bool fbx = std::tolower(static_cast<unsigned char>(file.extension().string()[1])) == 'f';
  if (fbx)
    scan_fbx(bytes, name);
  else
    scan_collada(bytes, name);
  MotionScene scene = unpack_scene(run_apart([&] { return pack(read(bytes, fbx, name)); }, name));
  check_scene(scene, name);
  return scene;
}

}  // namespace wrist
