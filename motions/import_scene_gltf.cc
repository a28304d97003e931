// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "motions/import_scene.h"
#include "motions/import_scene_bytes.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

using nlohmann::json;

constexpr int kDeepestJson = 64;  // levels; glTF needs fewer than 10

struct Gltf {
  std::filesystem::path path;
  std::string file;
  json root;
  std::string_view binary;                     // of a GLB
  std::map<std::size_t, std::string> buffers;  // read when needed

  [[noreturn]] void fail(const std::string& expected, const std::string& found) const {
    throw Error(ErrorKind::bad_data, file + ": expected " + expected + ", found " + found);
  }

  // The list under a key of the root, empty if there is none.
  const json& list(const char* key) const {
    static const json kNone = json::array();
    const auto found = root.find(key);
    if (found == root.end()) return kNone;
    if (!found->is_array()) fail(std::string("a list of ") + key, found->type_name());
    return *found;
  }

  // A whole number from 0 to below `end`.
  std::size_t whole(const json& object, const char* key, std::size_t end) const {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_unsigned() || found->get<std::uint64_t>() >= end)
      fail(std::string(key) + " from 0 to below " + std::to_string(end),
           found == object.end() ? "nothing" : found->dump().substr(0, 40));
    return found->get<std::size_t>();
  }
  std::size_t whole_or(const json& object, const char* key, std::size_t end) const {
    return object.contains(key) ? whole(object, key, end) : 0;
  }
  const json& entry(const char* key, std::size_t index) const { return list(key).at(index); }
};

constexpr std::size_t kAny = std::size_t{1} << 40;  // of a size in bytes

// Parses JSON, not nested deeper than any glTF is.
json parse(std::string_view text, const std::string& file) {
  const QuietFloats quiet;
  try {
    return json::parse(text, [&file](int depth, json::parse_event_t, const json&) {
      require(depth <= kDeepestJson, ErrorKind::bad_data,
              file + ": expected JSON of at most " + std::to_string(kDeepestJson) + " levels");
      return true;
    });
  } catch (const json::exception& error) {
    throw Error(ErrorKind::bad_data, file + ": expected JSON: " + error.what());
  }
}

void check_version(const Gltf& g) {
  const auto asset = g.root.find("asset");
  const bool known = asset != g.root.end() && asset->is_object() && asset->contains("version") &&
                     (*asset)["version"].is_string();
  if (!known) g.fail("asset.version of glTF", "none");
  const auto version = (*asset)["version"].get<std::string>();
  if (!version.starts_with("2.")) g.fail("glTF 2", "version \"" + version.substr(0, 20) + '"');
}

std::string_view buffer_bytes(Gltf& g, std::size_t index) {
  const json& buffer = g.entry("buffers", index);
  if (!buffer.contains("uri")) {
    if (index != 0 || g.binary.empty()) g.fail("a uri or a binary chunk of the buffer", "neither");
    return g.binary;
  }
  const auto [held, fresh] = g.buffers.try_emplace(index);
  if (fresh) held->second = linked_bytes(buffer["uri"].get<std::string>(), g.path);
  return held->second;
}

std::size_t components_of(const Gltf& g, const json& accessor) {
  const auto type = accessor.value("type", std::string());
  if (type == "SCALAR") return 1;
  if (type == "VEC3") return 3;
  if (type == "VEC4") return 4;
  g.fail("an accessor of type SCALAR, VEC3 or VEC4", '"' + type.substr(0, 20) + '"');
}

Eigen::ArrayXXd numbers(Gltf& g, std::size_t index) {
  const json& accessor = g.entry("accessors", index);
  if (accessor.contains("sparse") || !accessor.contains("bufferView"))
    g.fail("an animation's numbers in one buffer view", "a sparse or empty accessor");
  const json& view =
      g.entry("bufferViews", g.whole(accessor, "bufferView", g.list("bufferViews").size()));
  if (view.contains("extensions"))
    g.fail("plain numbers", "a compressed animation (unpack the file first): " +
                                view["extensions"].dump().substr(0, 60));
  const std::string_view bytes = buffer_bytes(g, g.whole(view, "buffer", g.list("buffers").size()));
  const std::size_t begin = g.whole_or(view, "byteOffset", kAny);
  const std::size_t length = g.whole(view, "byteLength", kAny);
  if (begin > bytes.size() || length > bytes.size() - begin)
    g.fail("a buffer view inside its buffer of " + std::to_string(bytes.size()) + " bytes",
           std::to_string(length) + " bytes at " + std::to_string(begin));
  return unpack(bytes.substr(begin, length),
                {static_cast<int>(g.whole(accessor, "componentType", 1 << 16)),
                 components_of(g, accessor), g.whole(accessor, "count", SceneLimits::keys + 1),
                 g.whole_or(accessor, "byteOffset", kAny), g.whole_or(view, "byteStride", 1 << 16)},
                g.file);
}

Eigen::ArrayXd vector_of(const Gltf& g, const json& node, const char* key, std::size_t size) {
  const json& list = node[key];
  const bool sound =
      list.is_array() && list.size() == size &&
      std::all_of(list.begin(), list.end(), [](const json& value) { return value.is_number(); });
  if (!sound) g.fail(std::to_string(size) + " numbers as a node's " + key, "something else");
  Eigen::ArrayXd values(static_cast<Index>(size));
  for (std::size_t i = 0; i < size; ++i) values[static_cast<Index>(i)] = list[i].get<double>();
  if (!(values.abs() < SceneLimits::value).all())
    g.fail(std::string("a sensible ") + key + " of a node", list.dump().substr(0, 60));
  return values;
}

Eigen::Quaterniond quaternion_of(const Gltf& g, const Eigen::ArrayXd& xyzw) {
  const Eigen::Quaterniond q(xyzw[3], xyzw[0], xyzw[1], xyzw[2]);
  if (!(q.norm() > 1e-6 && q.norm() < 1e6)) g.fail("a rotation of length 1", "none");
  return q.normalized();
}

SceneNode read_node(const Gltf& g, const json& object, std::size_t index) {
  SceneNode node;
  node.name = object.value("name", std::string());
  if (node.name.empty()) node.name = "node_" + std::to_string(index);
  node.solid = object.contains("mesh") || object.contains("camera");
  if (object.contains("matrix")) {
    const Eigen::ArrayXd m = vector_of(g, object, "matrix", 16);
    set_matrix(node, Eigen::Map<const Eigen::Matrix4d>(m.data()));
  }
  if (object.contains("translation")) node.translation = vector_of(g, object, "translation", 3);
  if (object.contains("rotation"))
    node.rotation = quaternion_of(g, vector_of(g, object, "rotation", 4));
  if (object.contains("scale")) node.scale = vector_of(g, object, "scale", 3);
  return node;
}

std::vector<int> read_parents(const Gltf& g, const json& nodes) {
  std::vector<int> parents(nodes.size(), -1);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].is_object()) g.fail("nodes that are objects", nodes[i].type_name());
    if (!nodes[i].contains("children")) continue;
    for (const json& child : nodes[i]["children"]) {
      if (!child.is_number_unsigned() || child.get<std::uint64_t>() >= nodes.size())
        g.fail("children that are nodes", child.dump().substr(0, 40));
      int& parent = parents[child.get<std::size_t>()];
      if (parent >= 0) g.fail("a node with one parent", "two of node " + child.dump());
      parent = static_cast<int>(i);
    }
  }
  return parents;
}

// Where each node of the file stands once parents come first; those in a ring are missing.
std::vector<std::size_t> parents_first(const std::vector<int>& parents) {
  std::vector<std::vector<std::size_t>> children(parents.size());
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < parents.size(); ++i)
    if (parents[i] < 0)
      order.push_back(i);
    else
      children[static_cast<std::size_t>(parents[i])].push_back(i);
  for (std::size_t k = 0; k < order.size(); ++k)
    order.insert(order.end(), children[order[k]].begin(), children[order[k]].end());
  return order;
}

// Nodes in an order with parents first; returns where each node of the file went.
std::vector<int> read_nodes(const Gltf& g, MotionScene& scene) {
  const json& nodes = g.list("nodes");
  if (nodes.size() > static_cast<std::size_t>(SceneLimits::nodes))
    g.fail("at most " + std::to_string(SceneLimits::nodes) + " nodes",
           std::to_string(nodes.size()));
  const std::vector<int> parents = read_parents(g, nodes);
  const std::vector<std::size_t> order = parents_first(parents);
  if (order.size() != nodes.size()) g.fail("a tree of nodes", "nodes that are their own ancestors");
  std::vector<int> place(nodes.size(), -1);
  for (const std::size_t i : order) {
    place[i] = static_cast<int>(scene.nodes.size());
    scene.nodes.push_back(read_node(g, nodes[i], i));
    if (parents[i] >= 0) scene.nodes.back().parent = place[static_cast<std::size_t>(parents[i])];
  }
  for (const json& skin : g.list("skins"))
    for (const json& joint : skin.at("joints")) {
      if (!joint.is_number_unsigned() || joint.get<std::uint64_t>() >= place.size())
        g.fail("joints of a skin that are nodes", joint.dump().substr(0, 40));
      scene.nodes[static_cast<std::size_t>(place[joint.get<std::size_t>()])].skinned = true;
    }
  return place;
}

// From x y z w, as the file has rotations, to w x y z.
Eigen::ArrayXXd w_first(const Eigen::ArrayXXd& xyzw) {
  Eigen::ArrayXXd wxyz(xyzw.rows(), 4);
  wxyz << xyzw.col(3), xyzw.leftCols<3>();
  return wxyz;
}

KeyMode mode_of(const Gltf& g, const json& sampler) {
  const auto mode = sampler.value("interpolation", std::string("LINEAR"));
  if (mode == "LINEAR") return KeyMode::linear;
  if (mode == "STEP") return KeyMode::step;
  if (mode == "CUBICSPLINE") return KeyMode::cubic;
  g.fail("LINEAR, STEP or CUBICSPLINE", '"' + mode.substr(0, 20) + '"');
}

void read_sampler(Gltf& g, const json& sampler, KeyTrack& track) {
  const std::size_t accessors = g.list("accessors").size();
  track.mode = mode_of(g, sampler);
  const Eigen::ArrayXXd times = numbers(g, g.whole(sampler, "input", accessors));
  Eigen::ArrayXXd values = numbers(g, g.whole(sampler, "output", accessors));
  const Index width = track.path == KeyPath::rotation ? 4 : 3, keys = times.rows();
  const Index rows = keys * (track.mode == KeyMode::cubic ? 3 : 1);
  if (times.cols() != 1 || values.cols() != width || values.rows() != rows)
    g.fail(std::to_string(rows) + " values of " + std::to_string(width) + " numbers for " +
               std::to_string(keys) + " keys",
           std::to_string(values.rows()) + " of " + std::to_string(values.cols()));
  track.times = times.col(0);
  if (width == 4) values = w_first(values);
  if (track.mode != KeyMode::cubic) {
    track.values = std::move(values);
    return;
  }
  // In-tangent, value, out-tangent of each key, one after the other.
  const auto every_third = [&](Index first) -> Eigen::ArrayXXd {
    return values(Eigen::seqN(first, keys, 3), Eigen::all);
  };
  track.tangent_in = every_third(0);
  track.values = every_third(1);
  track.tangent_out = every_third(2);
}

SceneAnimation read_animation(Gltf& g, const json& object, const std::vector<int>& place) {
  static const std::map<std::string, KeyPath> kPaths = {{"translation", KeyPath::translation},
                                                        {"rotation", KeyPath::rotation},
                                                        {"scale", KeyPath::scale}};
  SceneAnimation animation;
  animation.name = object.value("name", std::string());
  const json& samplers = object.at("samplers");
  for (const json& channel : object.at("channels")) {
    const json& target = channel.at("target");
    const auto path = kPaths.find(target.value("path", std::string()));
    if (path == kPaths.end() || !target.contains("node")) continue;  // such as a face's weights
    KeyTrack track;
    track.node = place[g.whole(target, "node", place.size())];
    track.path = path->second;
    read_sampler(g, samplers.at(g.whole(channel, "sampler", samplers.size())), track);
    animation.tracks.push_back(std::move(track));
  }
  return animation;
}

}  // namespace

MotionScene read_gltf(const std::filesystem::path& file) {
  const std::string bytes = read_scene_bytes(file);
  Gltf g{file, file.string(), {}, {}, {}};
  GlbParts parts{bytes, {}};
  std::string extension = file.extension().string();
  if (bytes.starts_with("glTF") || extension == ".glb" || extension == ".GLB")
    parts = split_glb(bytes, g.file);
  g.root = parse(parts.json, g.file);
  g.binary = parts.binary;
  if (!g.root.is_object()) g.fail("a JSON object", g.root.type_name());
  MotionScene scene;
  try {
    check_version(g);
    const std::vector<int> place = read_nodes(g, scene);
    for (const json& animation : g.list("animations"))
      scene.animations.push_back(read_animation(g, animation, place));
  } catch (const json::exception& error) {
    throw Error(ErrorKind::bad_data, g.file + ": not sound glTF: " + error.what());
  }
  return scene;
}

}  // namespace wrist
