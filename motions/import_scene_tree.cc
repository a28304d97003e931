// SPDX-License-Identifier: Apache-2.0
// Which nodes of a scene are the joints of its skeleton, and how they hang together.
#include <algorithm>
#include <array>
#include <cctype>
#include <map>

#include "motions/import_scene.h"

namespace wrist {
namespace {

constexpr int kNoJoint = -2;
constexpr std::size_t kLeastOfHand = 20;  // of the 25 joints, to call it a WebXR hand

// The WebXR hand: joints and what they hang from. Source: W3C WebXR Hand Input Module, level 1.
std::map<std::string, std::string> webxr_parents() {
  std::map<std::string, std::string> parents = {{"thumbmetacarpal", "wrist"},
                                                {"thumbphalanxproximal", "thumbmetacarpal"},
                                                {"thumbphalanxdistal", "thumbphalanxproximal"},
                                                {"thumbtip", "thumbphalanxdistal"}};
  for (const std::string digit : {"index", "middle", "ring", "pinky"}) {
    std::string above = "wrist";
    for (const char* part :
         {"metacarpal", "phalanxproximal", "phalanxintermediate", "phalanxdistal", "tip"}) {
      const std::string name = digit + "finger" + part;
      parents[name] = above;
      above = name;
    }
  }
  return parents;
}

std::string letters(const std::string& name) {
  std::string out;
  for (const char c : name)
    if (std::isalpha(static_cast<unsigned char>(c)))
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

struct Tree {
  explicit Tree(const MotionScene& of) : scene(of), kept(of.nodes.size(), false) {}

  int above(int node) const { return scene.nodes[static_cast<std::size_t>(node)].parent; }
  bool is_kept(int node) const { return kept[static_cast<std::size_t>(node)]; }

  // Joints of skins and what has keys, with all that hangs from them and is no mesh.
  void choose(int animation) {
    std::vector<bool> marked(kept.size(), false), dead(kept.size(), false);
    for (std::size_t n = 0; n < kept.size(); ++n) marked[n] = scene.nodes[n].skinned;
    if (animation >= 0)
      for (const KeyTrack& track : scene.animations[static_cast<std::size_t>(animation)].tracks)
        if (!scene.nodes[static_cast<std::size_t>(track.node)].solid)
          marked[static_cast<std::size_t>(track.node)] = true;
    const bool bare = std::none_of(marked.begin(), marked.end(), [](bool m) { return m; });
    for (std::size_t n = 0; n < kept.size(); ++n) {
      const SceneNode& node = scene.nodes[n];
      const auto parent = static_cast<std::size_t>(std::max(0, node.parent));
      const bool helper = node.name.find("$AssimpFbx$") != std::string::npos ||
                          (bare && node.parent < 0 && node.name == "RootNode");  // the reader's own
      dead[n] = !marked[n] && (node.solid || (node.parent >= 0 && dead[parent]));
      const bool hangs = node.parent >= 0 && kept[parent];
      kept[n] = !helper && !dead[n] && (marked[n] || bare || hangs);
    }
  }

  // For every joint the nearest joint above it.
  std::vector<int> parents() const {
    std::vector<int> found(kept.size(), kNoJoint);
    for (std::size_t n = 0; n < kept.size(); ++n) {
      if (!kept[n]) continue;
      int parent = scene.nodes[n].parent;
      while (parent >= 0 && !is_kept(parent)) parent = above(parent);
      found[n] = parent;
    }
    return found;
  }

  int common_ancestor(int a, int b) const {
    while (a != b && a >= 0 && b >= 0) (a > b ? a : b) = above(std::max(a, b));
    return a == b ? a : -1;
  }

  const MotionScene& scene;
  std::vector<bool> kept;
};

// Hands whose joints all stand beside each other, with poses in the armature's frame.
bool rebuild_webxr(const Tree& tree, std::vector<int>& parents) {
  const auto known = webxr_parents();
  std::map<std::string, int> places;
  for (std::size_t n = 0; n < parents.size(); ++n) {
    const std::string name = letters(tree.scene.nodes[n].name);
    if (parents[n] != kNoJoint && (known.count(name) > 0 || name == "wrist"))
      places[name] = static_cast<int>(n);
  }
  if (places.size() < kLeastOfHand || places.count("wrist") == 0) return false;
  const int wrist = places.at("wrist");
  bool flat = false;
  for (const auto& [name, node] : places)
    flat = flat ||
           (node != wrist && parents[static_cast<std::size_t>(node)] != places[known.at(name)] &&
            parents[static_cast<std::size_t>(node)] == parents[static_cast<std::size_t>(wrist)]);
  if (!flat) return false;
  for (const auto& [name, node] : places) {
    if (node == wrist) continue;
    std::string above = known.at(name);
    while (places.count(above) == 0) above = known.at(above);
    parents[static_cast<std::size_t>(node)] = places.at(above);
  }
  return true;
}

int root_of(const std::vector<int>& parents, int node) {
  while (parents[static_cast<std::size_t>(node)] >= 0)
    node = parents[static_cast<std::size_t>(node)];
  return node;
}

// One tree only: what is not below the largest root is left out, unless a node above joins them.
void keep_one_tree(const Tree& tree, std::vector<int>& parents, std::vector<std::string>& notes) {
  std::map<int, int> sizes;
  int joints = 0, joined = -1;
  for (std::size_t n = 0; n < parents.size(); ++n)
    if (parents[n] != kNoJoint) {
      const int root = root_of(parents, static_cast<int>(n));
      joined = sizes.empty() ? root : tree.common_ancestor(joined, root);
      ++sizes[root];
      ++joints;
    }
  if (sizes.size() <= 1) return;
  const auto largest = std::max_element(
      sizes.begin(), sizes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (2 * largest->second < joints && joined >= 0) {
    for (std::size_t n = 0; n < parents.size(); ++n)
      if (parents[n] == -1) parents[n] = joined;
    parents[static_cast<std::size_t>(joined)] = -1;
    return;
  }
  for (std::size_t n = 0; n < parents.size(); ++n)
    if (parents[n] == -1 && static_cast<int>(n) != largest->first) parents[n] = kNoJoint;
  for (std::size_t pass = 0; pass < parents.size(); ++pass) {
    bool changed = false;
    for (int& parent : parents)
      if (parent >= 0 && parents[static_cast<std::size_t>(parent)] == kNoJoint) {
        parent = kNoJoint;
        changed = true;
      }
    if (!changed) break;
  }
  notes.push_back(std::to_string(joints - largest->second) +
                  " nodes outside of the largest tree are left out");
}

}  // namespace

std::vector<int> joint_tree(const MotionScene& scene, int animation,
                            std::vector<std::string>& notes) {
  Tree tree(scene);
  tree.choose(animation);
  if (std::none_of(tree.kept.begin(), tree.kept.end(), [](bool k) { return k; }))
    tree.kept.assign(tree.kept.size(), true);
  std::vector<int> parents = tree.parents();
  if (rebuild_webxr(tree, parents))
    notes.push_back("a flat WebXR hand: its tree is built from the joints' names");
  keep_one_tree(tree, parents, notes);
  return parents;
}

}  // namespace wrist
