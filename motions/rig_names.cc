// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_names.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "motions/rig_fingers.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

// Shoulder, elbow and wrist as rigs call them, without the side. The first triple that is there
// wins: "RightShoulder" is the collar where "RightArm" follows it, and the shoulder where
// "RightElbow" does.
constexpr std::array<std::array<const char*, 3>, 11> kArms = {{
    {"shldr", "forearm", "hand"},            // CMU in Daz and Poser names
    {"arm", "forearm", "hand"},              // Mixamo, MotionBuilder, Rokoko
    {"upperarm", "forearm", "hand"},         // Blender, Biped, Character Creator
    {"upperarm", "lowerarm", "hand"},        // VRM, Unity, Unreal, Bandai Namco
    {"uparm", "lowarm", "hand"},             // early BVH
    {"shoulder", "elbow", "wrist"},          // CMU in BVH names, SMPL
    {"shoulder", "elbow", "hand"},           // SMPL without wrists
    {"humerus", "radius", "wrist"},          // CMU in ASF names
    {"shldrbend", "forearmbend", "hand"},    // Daz Genesis 3 and 8
    {"shldrtwist", "forearmtwist", "hand"},  // the same, where only twists are kept
    {"upperarm01", "lowerarm01", "wrist"},   // MakeHuman
}};

std::string list_joints(const MotionClip& clip) {
  constexpr std::size_t kShown = 60;
  std::string list;
  for (std::size_t j = 0; j < std::min(kShown, clip.joints.size()); ++j)
    list += (list.empty() ? "" : ", ") + clip.joints[j].name;
  if (clip.joints.size() > kShown)
    list += " and " + std::to_string(clip.joints.size() - kShown) + " more";
  return list;
}

// The joint of this stem on one side: "rightarm", "rarm", "armr" or "armright".
int find_sided(const RigNames& names, const std::string& stem, Side side) {
  const std::string word = to_string(side), letter = word.substr(0, 1);
  for (const std::string& name : {word + stem, letter + stem, stem + letter, stem + word})
    if (const int joint = names.find(name); joint >= 0) return joint;
  return -1;
}

using Chain = std::array<int, 3>;  // shoulder, elbow, wrist; -1: not found

bool is_chain(const RigNames& names, const Chain& c) {
  return c[0] >= 0 && c[1] > c[0] && c[2] > c[1] && names.below(c[1], c[0]) &&
         names.below(c[2], c[1]);
}

Chain known_arm(const RigNames& names, Side side) {
  for (const auto& stems : kArms) {
    const Chain found = {find_sided(names, stems[0], side), find_sided(names, stems[1], side),
                         find_sided(names, stems[2], side)};
    if (is_chain(names, found)) return found;
  }
  return {-1, -1, -1};
}

// A joint the user named, or -1 where the map says nothing.
int mapped(const MotionClip& clip, const std::string& joint, const std::string& key) {
  if (joint.empty()) return -1;
  const int found = clip.find(joint);
  require(found >= 0, ErrorKind::bad_data,
          clip.name + ": expected the joint \"" + joint + "\" that the joint map calls " + key +
              ", found " + list_joints(clip));
  return found;
}

Chain arm(const RigNames& names, Side side) {
  const MotionClip& clip = names.rig;
  const JointMap::Arm& map = side == Side::left ? clip.map.left : clip.map.right;
  const std::string key = to_string(side) + ".";
  Chain chain = known_arm(names, side);
  const std::array<const std::string*, 3> given = {&map.shoulder, &map.elbow, &map.wrist};
  const std::array<const char*, 3> keys = {"shoulder", "elbow", "wrist"};
  bool any = false;
  for (std::size_t k = 0; k < chain.size(); ++k)
    if (const int joint = mapped(clip, *given[k], key + keys[k]); joint >= 0) {
      chain[k] = joint;
      any = true;
    }
  require(!any || is_chain(names, chain), ErrorKind::bad_data,
          clip.name + ": expected shoulder, elbow and wrist of the joint map's " + to_string(side) +
              " arm to hang from each other in this order, found another order "
              "or one of the three missing");
  return chain;
}

int common_ancestor(const RigNames& names, int a, int b) {
  while (a != b) (a > b ? a : b) = names.parent(std::max(a, b));
  return a;
}

int find_hips(const RigNames& names) {
  // "chips": VRoid's J_Bip_C_Hips. "spine": the hips of Rigify, asked for last.
  for (const char* name : {"hips", "hip", "pelvis", "chips", "spine"})
    if (const int joint = names.find(name); joint >= 0) return joint;
  return 0;
}

void take(std::string& found, const MotionClip& clip, const std::string& given,
          const std::string& key) {
  if (mapped(clip, given, key) >= 0) found = given;
}

// What the user says of the hand replaces what was found.
void apply_map(ArmJoints& joints, const MotionClip& clip, Side side) {
  const JointMap::Arm& map = side == Side::left ? clip.map.left : clip.map.right;
  const std::string key = to_string(side) + ".";
  take(joints.chest, clip, clip.map.chest, "chest");
  take(joints.hips, clip, clip.map.hips, "hips");
  take(joints.hand_end, clip, map.hand_end, key + "hand_end");
  for (std::size_t d = 0; d < map.fingers.size(); ++d)
    if (!map.fingers[d][0].empty()) {
      for (const std::string& name : map.fingers[d]) mapped(clip, name, key + kDigitNames[d]);
      joints.fingers[d] = map.fingers[d];
    }
  if (!map.fingers[0][0].empty()) joints.thumb = map.fingers[0][0];
  if (!map.fingers[1][0].empty()) joints.index = map.fingers[1][0];
  if (!map.fingers[4][0].empty()) joints.little = map.fingers[4][0];
}

}  // namespace

ArmJoints find_arm(const MotionClip& clip, Side side) {
  const RigNames names(clip);
  const auto [shoulder, elbow, wrist] = arm(names, side);
  const int other = arm(names, side == Side::left ? Side::right : Side::left)[0];
  require(shoulder >= 0 && other >= 0, ErrorKind::bad_data,
          clip.name + ": expected joints of the " + to_string(side) +
              " arm and the other shoulder, such as RightArm, RightForeArm, RightHand and LeftArm; "
              "found " +
              list_joints(clip));
  const RigHand hand(names, wrist);
  ArmJoints joints;
  joints.shoulder = names.original(shoulder);
  joints.elbow = names.original(elbow);
  joints.wrist = names.original(wrist);
  joints.other_shoulder = names.original(other);
  joints.chest = names.original(common_ancestor(names, shoulder, other));
  joints.hips = names.original(find_hips(names));
  joints.fingers = hand.fingers();
  joints.thumb = hand.furthest(true);
  joints.index = hand.knuckle(1);
  joints.little = hand.knuckle(4);
  joints.hand_end = hand.knuckle(2);
  if (joints.hand_end.empty()) joints.hand_end = hand.furthest(false);
  apply_map(joints, clip, side);
  return joints;
}

}  // namespace wrist
