// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cctype>

#include "motions/clip.h"
#include "motions/import_scene.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

std::string extension_of(const fs::path& file) {
  std::string extension = file.extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return extension;
}

MotionScene read_scene(const fs::path& file) {
  const std::string extension = extension_of(file);
  require(
      is_clip_file(file), ErrorKind::usage,
      file.string() + ": expected .bvh, .fbx, .glb, .gltf or .dae, found \"" + extension + "\"");
  const bool gltf = extension == ".glb" || extension == ".gltf";
  MotionScene scene = gltf ? read_gltf(file) : read_assimp(file);
  check_scene(scene, file.string());
  std::erase_if(scene.animations, [](const SceneAnimation& a) { return a.tracks.empty(); });
  for (std::size_t a = 0; a < scene.animations.size(); ++a) {
    std::string& name = scene.animations[a].name;
    if (name.empty()) name = "animation_" + std::to_string(a + 1);
    const auto same = [&](const SceneAnimation& other) { return other.name == name; };
    const auto here = scene.animations.begin() + static_cast<std::ptrdiff_t>(a);
    while (std::any_of(scene.animations.begin(), here, same)) name += "'";
  }
  return scene;
}

MotionClip clip_of(const MotionScene& scene, std::size_t animation, const fs::path& file) {
  const std::size_t count = scene.animations.size();
  std::string name = file.stem().string();
  if (count > 1) name += ":" + scene.animations[animation].name;
  return scene_clip(scene, count == 0 ? -1 : static_cast<int>(animation), name, file.string());
}

std::string listed(const MotionScene& scene) {
  std::string list;
  for (const SceneAnimation& animation : scene.animations)
    list += (list.empty() ? "" : ", ") + animation.name;
  return list.empty() ? "none" : list;
}

}  // namespace

bool is_hand_file(const fs::path& file) {
  const std::string extension = extension_of(file);
  return extension == ".json" || extension == ".handpose" ||
         (extension == ".gz" && extension_of(file.stem()) == ".json");
}

bool is_pose_file(const fs::path& file) { return extension_of(file) == ".handpose"; }

bool is_clip_file(const fs::path& file) {
  const std::string extension = extension_of(file);
  return extension == ".bvh" || extension == ".fbx" || extension == ".glb" ||
         extension == ".gltf" || extension == ".dae";
}

MotionClip import_clip(const fs::path& file, const std::string& animation) {
  if (extension_of(file) == ".bvh") {
    require(
        animation.empty(), ErrorKind::usage,
        file.string() + ": a BVH file has one animation without a name, not \"" + animation + "\"");
    return import_bvh(file);
  }
  const MotionScene scene = read_scene(file);
  std::size_t wanted = 0;
  if (!animation.empty()) {
    while (wanted < scene.animations.size() && scene.animations[wanted].name != animation) ++wanted;
    require(
        wanted < scene.animations.size(), ErrorKind::usage,
        file.string() + ": there is no animation \"" + animation + "\"; it has " + listed(scene));
  }
  MotionClip clip = clip_of(scene, wanted, file);
  if (animation.empty() && scene.animations.size() > 1)
    clip.notes.push_back("the first of " + std::to_string(scene.animations.size()) +
                         " animations: " + listed(scene));
  return clip;
}

std::vector<MotionClip> import_clips(const fs::path& file) {
  if (extension_of(file) == ".bvh") return {import_bvh(file)};
  const MotionScene scene = read_scene(file);
  std::vector<MotionClip> clips;
  for (std::size_t a = 0; a < std::max<std::size_t>(1, scene.animations.size()); ++a)
    clips.push_back(clip_of(scene, a, file));
  return clips;
}

std::vector<std::string> clip_animations(const fs::path& file) {
  if (extension_of(file) == ".bvh") return {""};
  std::vector<std::string> names;
  for (const SceneAnimation& animation : read_scene(file).animations)
    names.push_back(animation.name);
  return names;
}

}  // namespace wrist
