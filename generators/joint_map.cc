// SPDX-License-Identifier: Apache-2.0
#include "generators/joint_map.h"

#include <nlohmann/json.hpp>

#include "generators/toml_internal.h"
#include "motions/rig_fingers.h"

namespace wrist {
namespace {

using nlohmann::json;

// Every key a side may have, with the name it stands for.
template <typename Arm>
auto names_of(Arm& arm) {
  return std::array{std::pair{"shoulder", &arm.shoulder}, std::pair{"elbow", &arm.elbow},
                    std::pair{"wrist", &arm.wrist}, std::pair{"hand_end", &arm.hand_end}};
}

void read_arm(JointMap::Arm& arm, const TomlTable& table) {
  for (const auto& [key, name] : names_of(arm)) *name = table.string(key, "");
  for (std::size_t digit = 0; digit < kDigitNames.size(); ++digit) {
    const char* key = kDigitNames[digit];
    if (!table.has(key)) continue;
    const std::vector<std::string> names = table.strings(key);
    if (names.size() > arm.fingers[digit].size() || names[0].empty())
      table.fail(key, "one to four joints' names, from the palm to the tip");
    std::copy(names.begin(), names.end(), arm.fingers[digit].begin());
  }
}

json arm_json(const JointMap::Arm& arm) {
  json object = json::object();
  for (const auto& [key, name] : names_of(arm))
    if (!name->empty()) object[key] = *name;
  for (std::size_t digit = 0; digit < kDigitNames.size(); ++digit)
    for (const std::string& name : arm.fingers[digit])
      if (!name.empty()) object[kDigitNames[digit]].push_back(name);
  return object;
}

}  // namespace

JointMap read_joint_map(const std::filesystem::path& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable table(parsed, file.string());
  JointMap map;
  map.chest = table.string("chest", "");
  map.hips = table.string("hips", "");
  read_arm(map.left, table.table("left"));
  read_arm(map.right, table.table("right"));
  table.finish();
  if (map.empty()) table.fail("left", "a table of joints' names here or under right");
  return map;
}

std::string to_json(const JointMap& map) {
  json object = {{"left", arm_json(map.left)}, {"right", arm_json(map.right)}};
  if (!map.chest.empty()) object["chest"] = map.chest;
  if (!map.hips.empty()) object["hips"] = map.hips;
  return object.dump();
}

}  // namespace wrist
