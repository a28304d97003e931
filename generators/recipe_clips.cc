// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "generators/joint_map.h"
#include "generators/recipe_motions.h"
#include "generators/sha256.h"
#include "motions/clip.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

// The animations of a file with several; one without a name of any other, be it sound or not.
std::vector<std::string> animations_of(const fs::path& file) {
  try {
    const std::vector<std::string> names = clip_animations(file);
    if (names.size() > 1) return names;
  } catch (const Error&) {  // said when the clip is made
  }
  return {""};
}

// The file's name without extension, with its folder or extension where others are called alike.
std::string unique_name(const fs::path& file, std::set<std::string>& names) {
  const std::string folder = file.parent_path().filename().string() + "/";
  for (const std::string& name :
       {file.stem().string(), folder + file.stem().string(), folder + file.filename().string()})
    if (names.insert(name).second) return name;
  return file.string();
}

}  // namespace

std::vector<ClipSource> read_clips(const TomlTable& motions) {
  const fs::path folder = motions.string("clips");
  if (folder.empty())
    motions.fail("clips", "a folder of clips, given with --set motions.clips=DIR");
  const TomlTable shows = motions.table("shows");
  const JointMap map =
      motions.has("joint_map") ? read_joint_map(motions.string("joint_map")) : JointMap{};
  std::vector<ClipSource> clips;
  std::set<std::string> names;
  for (const fs::path& file : find_clips(folder)) {
    const std::string hash = file_sha256(file), name = unique_name(file, names);
    for (const std::string& animation : animations_of(file)) {
      ClipSource clip{file, name, hash, "", animation, map};
      if (!animation.empty()) clip.name += ":" + animation;
      if (shows.has(clip.name)) clip.class_name = shows.string(clip.name);
      clips.push_back(clip);
    }
  }
  for (const std::string& key : shows.keys())
    shows.has(key);  // a clip that is not here is no error
  return clips;
}

}  // namespace wrist
