// SPDX-License-Identifier: Apache-2.0
/// Small glTF files made by tests, to be read and to be broken.
#pragma once

#include <Eigen/Geometry>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "motions/clip.h"

namespace wrist::testing {

using nlohmann::json;

class GlbMaker {
 public:
  GlbMaker() {
    doc = {{"asset", {{"version", "2.0"}}},
           {"nodes", json::array()},
           {"accessors", json::array()},
           {"bufferViews", json::array()}};
  }

  int node(const std::string& name, int parent, const Eigen::Vector3d& t = {0, 0, 0},
           const Eigen::Quaterniond& r = Eigen::Quaterniond::Identity()) {
    const int index = static_cast<int>(doc["nodes"].size());
    doc["nodes"].push_back({{"name", name},
                            {"translation", {t.x(), t.y(), t.z()}},
                            {"rotation", {r.x(), r.y(), r.z(), r.w()}}});
    if (parent >= 0) doc["nodes"][static_cast<std::size_t>(parent)]["children"].push_back(index);
    return index;
  }

  /// An accessor of single-precision numbers; its index.
  int floats(const std::string& type, const std::vector<double>& values) {
    const std::size_t width = type == "SCALAR" ? 1 : type == "VEC3" ? 3 : 4;
    doc["bufferViews"].push_back(
        {{"buffer", 0}, {"byteOffset", binary.size()}, {"byteLength", 4 * values.size()}});
    for (const double value : values) {
      const auto single = static_cast<float>(value);
      binary.append(reinterpret_cast<const char*>(&single), sizeof single);
    }
    doc["accessors"].push_back({{"bufferView", doc["bufferViews"].size() - 1},
                                {"componentType", 5126},
                                {"type", type},
                                {"count", values.size() / width}});
    return static_cast<int>(doc["accessors"].size()) - 1;
  }

  /// Keys of a node in the last animation; `values` as the file has them, rotations x y z w.
  void keys(int node, const std::string& path, const std::vector<double>& times,
            const std::vector<double>& values, const std::string& mode = "LINEAR") {
    json& animation = doc["animations"].back();
    const int input = floats("SCALAR", times),
              output = floats(path == "rotation" ? "VEC4" : "VEC3", values);
    animation["samplers"].push_back(
        {{"input", input}, {"output", output}, {"interpolation", mode}});
    animation["channels"].push_back({{"sampler", animation["samplers"].size() - 1},
                                     {"target", {{"node", node}, {"path", path}}}});
  }

  void animation(const std::string& name) {
    doc["animations"].push_back(
        {{"name", name}, {"samplers", json::array()}, {"channels", json::array()}});
  }

  std::string glb() const {
    json whole = doc;
    whole["buffers"] = {{{"byteLength", binary.size()}}};
    return pack_glb(whole.dump(), binary);
  }

  /// Text whose one buffer is at `uri`.
  std::string gltf(const std::string& uri) const {
    json whole = doc;
    whole["buffers"] = {{{"byteLength", binary.size()}, {"uri", uri}}};
    return whole.dump();
  }

  static std::string word(std::uint32_t value) {
    return std::string(reinterpret_cast<const char*>(&value), sizeof value);
  }
  static std::string pack_glb(std::string text, std::string bytes) {
    while (text.size() % 4 != 0) text += ' ';
    while (bytes.size() % 4 != 0) bytes += '\0';
    const auto size = [](const std::string& s) { return static_cast<std::uint32_t>(s.size()); };
    const std::string chunks =
        word(size(text)) + "JSON" + text + word(size(bytes)) + std::string("BIN\0", 4) + bytes;
    return "glTF" + word(2) + word(12 + size(chunks)) + chunks;
  }

  json doc;
  std::string binary;
};

inline std::vector<double> xyzw(const Eigen::Quaterniond& q) {
  return {q.x(), q.y(), q.z(), q.w()};
}

inline void append(std::vector<double>& list, const std::vector<double>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

/// A clip as a glTF whose joints rest in the frames `rest_0J`, one per joint, as bones do.
inline GlbMaker glb_of(const MotionClip& clip, const std::vector<Eigen::Quaterniond>& rest_0J) {
  GlbMaker made;
  made.animation("made");
  std::vector<double> times;
  for (Index i = 0; i < clip.time.count; ++i) times.push_back(clip.time.time(i));
  for (std::size_t j = 0; j < clip.joints.size(); ++j) {
    const ClipJoint& joint = clip.joints[j];
    const bool root = joint.parent < 0;
    const Eigen::Quaterniond above =
        root ? Eigen::Quaterniond::Identity() : rest_0J[static_cast<std::size_t>(joint.parent)];
    const Eigen::Vector3d offset = above.conjugate() * joint.offset;
    const int node = made.node(joint.name, joint.parent, offset, above.conjugate() * rest_0J[j]);
    std::vector<double> turns, places;
    for (Index i = 0; i < clip.time.count; ++i) {
      append(turns, xyzw(above.conjugate() * quaternion(joint.R_PJ, i) * rest_0J[j]));
      append(places, {clip.root(i, 0), clip.root(i, 1), clip.root(i, 2)});
    }
    made.keys(node, "rotation", times, turns);
    if (root) made.keys(node, "translation", times, places);
  }
  return made;
}

/// Upper and lower bone along y, two keys of the lower's turn about z from 0 to 90 deg in 1 s.
inline GlbMaker two_bones(const std::string& mode, const std::vector<double>& turns) {
  GlbMaker made;
  const int upper = made.node("upper", -1, {1, 2, 3});
  const int lower = made.node("lower", upper, {0, 0.5, 0});
  made.node("tip", lower, {0, 0.25, 0});
  made.animation("bend");
  made.keys(lower, "rotation", {0, 1}, turns, mode);
  return made;
}

inline std::vector<double> quarter_turn() {
  std::vector<double> turns = xyzw(Eigen::Quaterniond::Identity());
  append(turns, {0, 0, std::sqrt(0.5), std::sqrt(0.5)});
  return turns;
}

}  // namespace wrist::testing
