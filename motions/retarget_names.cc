// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cctype>

#include "motions/retarget.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

// Shoulder, elbow and wrist as rigs call them, without the side. The first triple that is there
// wins: "RightShoulder" is the collar where "RightArm" follows it, and the shoulder where
// "RightElbow" does.
constexpr std::array<std::array<const char*, 3>, 7> kArms = {{
    {"shldr", "forearm", "hand"},      // CMU in Daz and Poser names
    {"arm", "forearm", "hand"},        // Mixamo, MotionBuilder, Rokoko
    {"upperarm", "forearm", "hand"},   // Blender
    {"upperarm", "lowerarm", "hand"},  // VRM, Unreal
    {"uparm", "lowarm", "hand"},       // early BVH
    {"shoulder", "elbow", "wrist"},    // CMU in BVH names, SMPL
    {"humerus", "radius", "wrist"},    // CMU in ASF names
}};
constexpr std::array<const char*, 4> kRigPrefixes = {"mixamorig", "bip001", "bip01", "character1"};

// Lower case, letters and digits only, without what stands before a colon or a rig's prefix.
std::string plain(const std::string& name) {
  std::string out;
  for (const char c : name) {
    if (c == ':') out.clear();
    if (std::isalnum(static_cast<unsigned char>(c)))
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  for (const std::string prefix : kRigPrefixes)
    if (out.starts_with(prefix) && out.size() > prefix.size()) return out.substr(prefix.size());
  return out;
}

struct Names {
  explicit Names(const MotionClip& clip) : rig(clip) {
    for (const ClipJoint& joint : clip.joints) plain_names.push_back(plain(joint.name));
  }

  int find(const std::string& name) const {
    const auto at = std::find(plain_names.begin(), plain_names.end(), name);
    return at == plain_names.end() ? -1 : static_cast<int>(at - plain_names.begin());
  }

  // The joint of this stem on one side: "rightarm", "rarm", "armr" or "armright".
  int find_sided(const std::string& stem, Side side) const {
    const std::string word = to_string(side), letter = word.substr(0, 1);
    for (const std::string& name : {word + stem, letter + stem, stem + letter, stem + word})
      if (const int joint = find(name); joint >= 0) return joint;
    return -1;
  }

  int parent(int joint) const { return rig.joints[static_cast<std::size_t>(joint)].parent; }
  const std::string& original(int joint) const {
    return rig.joints[static_cast<std::size_t>(joint)].name;
  }

  bool below(int joint, int ancestor) const {
    while (joint > ancestor) joint = parent(joint);
    return joint == ancestor;
  }

  std::array<int, 3> arm(Side side) const {
    for (const auto& stems : kArms) {
      const std::array<int, 3> found = {find_sided(stems[0], side), find_sided(stems[1], side),
                                        find_sided(stems[2], side)};
      if (found[0] >= 0 && found[1] > found[0] && found[2] > found[1] &&
          below(found[1], found[0]) && below(found[2], found[1]))
        return found;
    }
    return {-1, -1, -1};
  }

  int common_ancestor(int a, int b) const {
    while (a != b) (a > b ? a : b) = parent(std::max(a, b));
    return a;
  }

  const MotionClip& rig;
  std::vector<std::string> plain_names;
};

// Joints of the hand: those below the wrist and away from it at rest.
struct Hand {
  Hand(const Names& all, int wrist) : names(all), wrist_joint(wrist) {
    const std::vector<Eigen::Vector3d> rest = rest_positions(all.rig);
    const auto reach_of = [&](int j) {
      return (rest[static_cast<std::size_t>(j)] - rest[static_cast<std::size_t>(wrist)]).norm();
    };
    const double forearm = reach_of(all.parent(wrist));
    for (int j = wrist + 1; j < static_cast<int>(rest.size()) && all.below(j, wrist); ++j)
      if (reach_of(j) > 0.02 * forearm) {
        joints.push_back(j);
        reach.push_back(reach_of(j));
      }
  }

  bool has(int joint, const std::string& part) const {
    return names.plain_names[static_cast<std::size_t>(joint)].find(part) != std::string::npos;
  }

  // The first joint of a finger: its knuckle where joints are numbered, else the first of that
  // name.
  std::string knuckle(const std::string& finger) const {
    for (const char* number : {"1", "proximal", ""})
      for (const int j : joints)
        if (has(j, finger) && has(j, number) && !has(j, "metacarpal")) return names.original(j);
    return "";
  }

  // The joint furthest from the wrist, among thumb joints or among the others.
  std::string furthest(bool thumb) const {
    int best = -1;
    double longest = 0;
    for (std::size_t k = 0; k < joints.size(); ++k)
      if (has(joints[k], "thumb") == thumb && reach[k] > longest) {
        best = joints[k];
        longest = reach[k];
      }
    return best < 0 ? "" : names.original(best);
  }

  const Names& names;
  int wrist_joint;
  std::vector<int> joints;
  std::vector<double> reach;
};

std::string list_joints(const MotionClip& clip) {
  std::string list;
  for (const ClipJoint& joint : clip.joints) list += (list.empty() ? "" : ", ") + joint.name;
  return list;
}

int find_hips(const Names& names) {
  for (const char* name : {"hips", "hip", "pelvis"})
    if (const int joint = names.find(name); joint >= 0) return joint;
  return 0;
}

}  // namespace

ArmJoints find_arm(const MotionClip& clip, Side side) {
  const Names names(clip);
  const auto [shoulder, elbow, wrist] = names.arm(side);
  const int other = names.arm(side == Side::left ? Side::right : Side::left)[0];
  require(shoulder >= 0 && other >= 0, ErrorKind::bad_data,
          clip.name + ": expected joints of the " + to_string(side) +
              " arm and the other shoulder, such as RightArm, RightForeArm, RightHand and LeftArm; "
              "found " +
              list_joints(clip));
  const Hand hand(names, wrist);
  ArmJoints joints;
  joints.shoulder = names.original(shoulder);
  joints.elbow = names.original(elbow);
  joints.wrist = names.original(wrist);
  joints.other_shoulder = names.original(other);
  joints.chest = names.original(names.common_ancestor(shoulder, other));
  joints.hips = names.original(find_hips(names));
  joints.thumb = hand.furthest(true);
  joints.index = hand.knuckle("index");
  joints.little = hand.knuckle("pinky").empty() ? hand.knuckle("little") : hand.knuckle("pinky");
  joints.hand_end = hand.knuckle("mid");
  if (joints.hand_end.empty()) joints.hand_end = hand.furthest(false);
  return joints;
}

}  // namespace wrist
