// SPDX-License-Identifier: Apache-2.0
#include "motions/bvh_hierarchy.h"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace wrist {
namespace {

constexpr std::size_t kLongestName = 255;  // bytes; readers keep names in fixed buffers
constexpr std::array<std::string_view, 6> kChannels = {"Xposition", "Yposition", "Zposition",
                                                       "Xrotation", "Yrotation", "Zrotation"};

// The hierarchy as it is read: the joints that are still open, innermost last.
class Hierarchy {
 public:
  Hierarchy(BvhText& in, const BvhLimits& limits) : in_(in), limits_(limits) {}

  void read(BvhScan& scan) {
    in_.expect("HIERARCHY");
    in_.expect("ROOT");
    open_joint(scan);
    while (!open_.empty()) read_entry(scan);
  }

 private:
  struct Open {
    int node;
    bool offset = false, channels = false, end_site = false;
  };

  BvhNode& node(BvhScan& scan) { return scan.nodes[static_cast<std::size_t>(open_.back().node)]; }

  void read_entry(BvhScan& scan) {
    const std::string_view word = in_.next();
    if (word == "OFFSET") return read_offset(open_.back().offset);
    if (word == "CHANNELS") return read_channels(scan);
    if (word == "JOINT") {
      require_channels(scan, "before its child JOINT");
      return open_joint(scan);
    }
    if (word == "End") return read_end_site(scan);
    if (word != "}") in_.fail("OFFSET, CHANNELS, JOINT, End Site or }");
    require_channels(scan, "before its }");
    open_.pop_back();
  }

  void open_joint(BvhScan& scan) {
    const std::string name = read_name();
    if (!names_.insert(name).second) in_.fail("a joint name not used before");
    if (++scan.joints > limits_.joints)
      in_.fail("at most " + std::to_string(limits_.joints) + " joints", " as one more");
    if (static_cast<int>(open_.size()) >= limits_.depth)
      in_.fail("joints nested at most " + std::to_string(limits_.depth) + " deep", " deeper");
    scan.nodes.push_back({name, open_.empty() ? -1 : open_.back().node});
    open_.push_back({static_cast<int>(scan.nodes.size()) - 1});
    in_.expect("{");
  }

  std::string read_name() {
    const std::string_view word = in_.next();
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) {
      return static_cast<unsigned char>(c) > ' ' && c != '{' && c != '}' && c != '\x7f';
    });
    if (word.empty() || !plain) in_.fail("a joint name of one plain word, apart from { and }");
    if (word.size() > kLongestName)
      in_.fail("a joint name of at most " + std::to_string(kLongestName) + " characters");
    return std::string(word);
  }

  void read_offset(bool& seen) {
    if (seen) in_.fail("one OFFSET per joint", " again");
    for (int axis = 0; axis < 3; ++axis) in_.number(in_.next());
    seen = true;
  }

  void require_channels(BvhScan& scan, const std::string& when) {
    const std::string& name = node(scan).name;
    if (!open_.back().channels) in_.fail("CHANNELS of joint " + quoted(name) + " " + when);
    if (!open_.back().offset) in_.fail("OFFSET of joint " + quoted(name) + " " + when);
  }

  void read_channels(BvhScan& scan) {
    BvhNode& joint = node(scan);
    if (open_.back().channels) in_.fail("one CHANNELS per joint", " again");
    joint.channels = static_cast<int>(in_.count("a channel count from 0 to 6", 6));
    std::array<bool, 6> used{};
    int positions = 0;
    for (int c = 0; c < joint.channels; ++c) {
      const auto channel = std::find(kChannels.begin(), kChannels.end(), in_.next_on_line());
      if (channel == kChannels.end())
        in_.fail(std::to_string(joint.channels) + " channels, such as Xposition or Zrotation");
      bool& seen = used[static_cast<std::size_t>(channel - kChannels.begin())];
      if (seen) in_.fail("every channel once");
      seen = true;
      positions += channel - kChannels.begin() < 3;
    }
    if (!in_.next_on_line().empty())
      in_.fail("a line end after " + std::to_string(joint.channels) + " channels");
    joint.has_position = positions > 0;
    // Readers drop positions, silently, unless all six channels are there.
    if (positions > 0 && joint.channels != 6)
      in_.fail_found(
          "rotations, or three positions and three rotations, for joint " + quoted(joint.name),
          positions == joint.channels ? "positions only"
                                      : std::to_string(positions) + " positions in " +
                                            std::to_string(joint.channels) + " channels");
    open_.back().channels = true;
  }

  void read_end_site(BvhScan& scan) {
    in_.expect("Site");
    require_channels(scan, "before its End Site");
    if (open_.back().end_site) in_.fail("one End Site per joint", " again");
    open_.back().end_site = true;
    BvhNode end{"", open_.back().node};
    end.end_site = true;
    scan.nodes.push_back(end);
    in_.expect("{");
    in_.expect("OFFSET");
    bool offset = false;
    read_offset(offset);
    in_.expect("}");
  }

  BvhText& in_;
  const BvhLimits& limits_;
  std::vector<Open> open_;
  std::unordered_set<std::string> names_;
};

}  // namespace

void read_hierarchy(BvhText& in, const BvhLimits& limits, BvhScan& scan) {
  Hierarchy(in, limits).read(scan);
}

}  // namespace wrist
