// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_names.h"

#include <gtest/gtest.h>

#include "motions/rig_fingers.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

// A clip of joints written as an indented tree, two blanks a level, a decimetre apart.
MotionClip rig(const std::string& text) {
  MotionClip clip;
  clip.name = "rig";
  clip.time = {0, 60, 3};
  std::vector<int> above;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string line = text.substr(at, end - at);
    at = end + 1;
    const std::size_t depth = line.find_first_not_of(' ') / 2;
    above.resize(depth);
    ClipJoint joint{line.substr(2 * depth),
                    depth == 0 ? -1 : above[depth - 1],
                    {0, 0.1, 0.01},
                    QuatSeries::Zero(3, 4)};
    joint.R_PJ.col(0).setOnes();
    above.push_back(static_cast<int>(clip.joints.size()));
    clip.joints.push_back(joint);
  }
  clip.root = Series3::Zero(3, 3);
  return clip;
}

// Both arms by a pattern in which @ is the side, fingers below the hand.
std::string arms(const std::string& head, const std::vector<std::string>& chain,
                 const std::string& left, const std::string& right,
                 const std::vector<std::vector<std::string>>& digits = {}) {
  std::string text = head + "\n";
  for (const std::string& side : {left, right}) {
    std::size_t depth = 1;
    const auto add = [&](std::string name, std::size_t level) {
      if (const std::size_t at = name.find('@'); at != name.npos) name.replace(at, 1, side);
      text += std::string(2 * level, ' ') + name + "\n";
    };
    for (const std::string& name : chain) add(name, depth++);
    for (const auto& digit : digits) {
      std::size_t level = depth;
      for (const std::string& name : digit) add(name, level++);
    }
  }
  return text;
}

struct Convention {
  const char* what;
  std::string text;
  std::string shoulder, elbow, wrist, hips;  // of the right arm
};

std::vector<Convention> conventions() {
  return {
      {"Daz", arms("hip", {"@Collar", "@Shldr", "@ForeArm", "@Hand"}, "l", "r"), "rShldr",
       "rForeArm", "rHand", "hip"},
      {"Daz Genesis 8",
       arms("pelvis", {"@ShldrBend", "@ShldrTwist", "@ForearmBend", "@ForearmTwist", "@Hand"}, "l",
            "r"),
       "rShldrBend", "rForearmBend", "rHand", "pelvis"},
      {"Mixamo",
       arms("mixamorig:Hips",
            {"mixamorig:@Shoulder", "mixamorig:@Arm", "mixamorig:@ForeArm", "mixamorig:@Hand"},
            "Left", "Right"),
       "mixamorig:RightArm", "mixamorig:RightForeArm", "mixamorig:RightHand", "mixamorig:Hips"},
      {"Mixamo in glTF",
       arms("mixamorigHips",
            {"mixamorig@Shoulder", "mixamorig@Arm", "mixamorig@ForeArm", "mixamorig@Hand"}, "Left",
            "Right"),
       "mixamorigRightArm", "mixamorigRightForeArm", "mixamorigRightHand", "mixamorigHips"},
      {"MotionBuilder",
       arms("Reference",
            {"Character1_@Shoulder", "Character1_@Arm", "Character1_@ForeArm", "Character1_@Hand"},
            "Left", "Right"),
       "Character1_RightArm", "Character1_RightForeArm", "Character1_RightHand", "Reference"},
      {"Bandai Namco", arms("Hips", {"Shoulder_@", "UpperArm_@", "LowerArm_@", "Hand_@"}, "L", "R"),
       "UpperArm_R", "LowerArm_R", "Hand_R", "Hips"},
      {"VRM and Unity",
       arms("hips", {"@Shoulder", "@UpperArm", "@LowerArm", "@Hand"}, "left", "right"),
       "rightUpperArm", "rightLowerArm", "rightHand", "hips"},
      {"VRoid",
       arms("J_Bip_C_Hips",
            {"J_Bip_@_Shoulder", "J_Bip_@_UpperArm", "J_Bip_@_LowerArm", "J_Bip_@_Hand"}, "L", "R"),
       "J_Bip_R_UpperArm", "J_Bip_R_LowerArm", "J_Bip_R_Hand", "J_Bip_C_Hips"},
      {"Rigify",
       arms("DEF-spine",
            {"DEF-shoulder.@", "DEF-upper_arm.@", "DEF-upper_arm.@.001", "DEF-forearm.@",
             "DEF-forearm.@.001", "DEF-hand.@"},
            "L", "R"),
       "DEF-upper_arm.R", "DEF-forearm.R", "DEF-hand.R", "DEF-spine"},
      {"Rigify's originals",
       arms("ORG-spine", {"ORG-shoulder.@", "ORG-upper_arm.@", "ORG-forearm.@", "ORG-hand.@"}, "L",
            "R"),
       "ORG-upper_arm.R", "ORG-forearm.R", "ORG-hand.R", "ORG-spine"},
      {"SMPL", arms("Pelvis", {"@_Collar", "@_Shoulder", "@_Elbow", "@_Wrist", "@_Hand"}, "L", "R"),
       "R_Shoulder", "R_Elbow", "R_Wrist", "Pelvis"},
      {"SMPL's average man",
       arms("m_avg_Pelvis",
            {"m_avg_@_Collar", "m_avg_@_Shoulder", "m_avg_@_Elbow", "m_avg_@_Wrist"}, "L", "R"),
       "m_avg_R_Shoulder", "m_avg_R_Elbow", "m_avg_R_Wrist", "m_avg_Pelvis"},
      {"Unreal", arms("pelvis", {"clavicle_@", "upperarm_@", "lowerarm_@", "hand_@"}, "l", "r"),
       "upperarm_r", "lowerarm_r", "hand_r", "pelvis"},
      {"Biped",
       arms("Bip001 Pelvis",
            {"Bip001 @ Clavicle", "Bip001 @ UpperArm", "Bip001 @ Forearm", "Bip001 @ Hand"}, "L",
            "R"),
       "Bip001 R UpperArm", "Bip001 R Forearm", "Bip001 R Hand", "Bip001 Pelvis"},
      {"Character Creator",
       arms("CC_Base_Hip",
            {"CC_Base_@_Clavicle", "CC_Base_@_Upperarm", "CC_Base_@_Forearm", "CC_Base_@_Hand"},
            "L", "R"),
       "CC_Base_R_Upperarm", "CC_Base_R_Forearm", "CC_Base_R_Hand", "CC_Base_Hip"},
      {"MakeHuman",
       arms("root",
            {"clavicle.@", "shoulder01.@", "upperarm01.@", "upperarm02.@", "lowerarm01.@",
             "lowerarm02.@", "wrist.@"},
            "L", "R"),
       "upperarm01.R", "lowerarm01.R", "wrist.R", "root"},
      {"ASF", arms("root", {"@clavicle", "@humerus", "@radius", "@wrist", "@hand"}, "l", "r"),
       "rhumerus", "rradius", "rwrist", "root"},
  };
}

TEST(RigNames, FindsEitherArmOfCommonRigs) {
  for (const Convention& c : conventions()) {
    SCOPED_TRACE(c.what);
    const MotionClip clip = rig(c.text);
    const ArmJoints right = find_arm(clip, Side::right), left = find_arm(clip, Side::left);
    EXPECT_EQ(right.shoulder, c.shoulder);
    EXPECT_EQ(right.elbow, c.elbow);
    EXPECT_EQ(right.wrist, c.wrist);
    EXPECT_EQ(right.hips, c.hips);
    EXPECT_EQ(left.other_shoulder, c.shoulder);
    EXPECT_EQ(right.other_shoulder, left.shoulder);
    EXPECT_NE(left.wrist, right.wrist);
    EXPECT_EQ(left.wrist.size(), c.wrist.size() - (c.wrist.find("Right") != std::string::npos) -
                                     (c.wrist.find("right") != std::string::npos));
  }
}

// The digits of the right hand of a rig.
FingerNames digits_of(const std::vector<std::string>& chain, const std::string& left,
                      const std::string& right,
                      const std::vector<std::vector<std::string>>& digits) {
  return find_arm(rig(arms("hips", chain, left, right, digits)), Side::right).fingers;
}

TEST(RigNames, FindsEveryFingerJoint) {
  using Names = std::array<std::string, 4>;
  const std::vector<std::string> chain = {"@UpperArm", "@LowerArm", "@Hand"};
  FingerNames f = digits_of(chain, "left", "right",
                            {{"@ThumbMetacarpal", "@ThumbProximal", "@ThumbDistal"},
                             {"@IndexProximal", "@IndexIntermediate", "@IndexDistal"},
                             {"@MiddleProximal", "@MiddleIntermediate", "@MiddleDistal"},
                             {"@RingProximal", "@RingIntermediate", "@RingDistal"},
                             {"@LittleProximal", "@LittleIntermediate", "@LittleDistal"}});
  EXPECT_EQ(f[0], (Names{"rightThumbMetacarpal", "rightThumbProximal", "rightThumbDistal", ""}));
  EXPECT_EQ(f[4],
            (Names{"rightLittleProximal", "rightLittleIntermediate", "rightLittleDistal", ""}));

  // Four joints a finger: the last is the tip.
  f = digits_of({"@Arm", "@ForeArm", "@Hand"}, "Left", "Right",
                {{"@HandThumb1", "@HandThumb2", "@HandThumb3", "@HandThumb4"},
                 {"@HandIndex1", "@HandIndex2", "@HandIndex3", "@HandIndex4"},
                 {"@HandPinky1", "@HandPinky2", "@HandPinky3", "@HandPinky4"}});
  EXPECT_EQ(f[0],
            (Names{"RightHandThumb1", "RightHandThumb2", "RightHandThumb3", "RightHandThumb4"}));
  EXPECT_EQ(f[1][3], "RightHandIndex4");
  EXPECT_EQ(f[2], Names{});
  EXPECT_EQ(f[4][0], "RightHandPinky1");

  // A joint in the palm is none of the three, an end is the tip.
  f = digits_of({"@Arm", "@ForeArm", "@Hand"}, "Left", "Right",
                {{"@InHandRing", "@HandRing1", "@HandRing2", "@HandRing3", "@HandRing3_end"},
                 {"index_metacarpal_@", "index_01_@", "index_02_@", "index_03_@"}});
  EXPECT_EQ(f[3],
            (Names{"RightHandRing1", "RightHandRing2", "RightHandRing3", "RightHandRing3_end"}));
  EXPECT_EQ(f[1], (Names{"index_01_Right", "index_02_Right", "index_03_Right", ""}));

  // Biped counts digits from 0, others from 1.
  f = digits_of({"Bip01 @ UpperArm", "Bip01 @ Forearm", "Bip01 @ Hand"}, "L", "R",
                {{"Bip01 @ Finger0", "Bip01 @ Finger01", "Bip01 @ Finger0Nub"},
                 {"Bip01 @ Finger1", "Bip01 @ Finger11", "Bip01 @ Finger12"}});
  EXPECT_EQ(f[0], (Names{"Bip01 R Finger0", "Bip01 R Finger01", "", "Bip01 R Finger0Nub"}));
  EXPECT_EQ(f[1][2], "Bip01 R Finger12");
  f = digits_of({"@Arm", "@ForeArm", "@Hand"}, "Left", "Right",
                {{"@Finger1Metacarpal", "@Finger1Proximal", "@Finger1Distal", "@Finger1Tip"},
                 {"@Finger5Metacarpal", "@Finger5Proximal", "@Finger5Medial", "@Finger5Distal",
                  "@Finger5Tip"}});
  EXPECT_EQ(f[0][0], "RightFinger1Metacarpal");
  EXPECT_EQ(f[4], (Names{"RightFinger5Proximal", "RightFinger5Medial", "RightFinger5Distal",
                         "RightFinger5Tip"}));

  // Rigify's three layers: the one that deforms.
  f = digits_of({"DEF-upper_arm.@", "DEF-forearm.@", "DEF-hand.@"}, "L", "R",
                {{"ORG-f_index.01.@", "ORG-f_index.02.@"},
                 {"DEF-f_index.01.@", "DEF-f_index.02.@", "DEF-f_index.03.@"},
                 {"MCH-f_index.01.@"}});
  EXPECT_EQ(f[1], (Names{"DEF-f_index.01.R", "DEF-f_index.02.R", "DEF-f_index.03.R", ""}));
  EXPECT_EQ(count_digits(f), 1);
}

TEST(RigNames, FindsHandsWithoutArms) {
  const MotionClip hand =
      rig("Armature\n  Palm\n    Ta\n      Tb\n        Tc\n    F1a\n      F1b\n"
          "        F1c\n    F2a\n    F3a\n    F4a\n");
  EXPECT_EQ(find_lone_hand(hand), "Palm");
  const FingerNames f = find_fingers(hand, "Palm");
  EXPECT_EQ(f[0][2], "Tc");
  EXPECT_EQ(f[1][1], "F1b");
  EXPECT_EQ(count_digits(f), 5);
  EXPECT_EQ(find_lone_hand(rig("hips\n  leg\n")), "");
  const FingerNames leap = find_fingers(
      rig("Wrist\n  Finger_00\n    Finger_01\n  Finger_10\n    Finger_11\n      Finger_12\n"
          "        Finger_13\n"),
      "Wrist");
  EXPECT_EQ(leap[0][1], "Finger_01");
  EXPECT_EQ(leap[1][0], "Finger_11") << "counted from 0: the first lies in the palm";
}

TEST(RigNames, FingersMoveOrDoNot) {
  MotionClip clip = rig("Wrist\n  index1\n    index2\n");
  clip.joints[1].R_PJ.row(0) << std::cos(0.5), std::sin(0.5), 0, 0;  // a rest pose's first frame
  const FingerNames fingers = find_fingers(clip, "Wrist");
  EXPECT_EQ(finger_motion(clip, fingers), 0);
  clip.time.count = 4;
  for (ClipJoint& joint : clip.joints) {
    joint.R_PJ.conservativeResize(4, 4);
    joint.R_PJ.row(3) << 1, 0, 0, 0;
  }
  clip.joints[2].R_PJ.row(3) << std::cos(0.2), 0, std::sin(0.2), 0;
  EXPECT_NEAR(finger_motion(clip, fingers), 0.4, 1e-9);
}

MotionClip unknown_rig() {
  return rig(
      "b0\n  b1\n    b2\n      b3\n        b4\n          b5\n  c1\n    c2\n      c3\n        c4\n");
}

TEST(RigNames, AMapNamesWhatNobodyKnows) {
  MotionClip clip = unknown_rig();
  EXPECT_THROW(find_arm(clip, Side::left), Error);
  clip.map.left.shoulder = "b1";
  clip.map.left.elbow = "b2";
  clip.map.left.wrist = "b3";
  clip.map.left.hand_end = "b5";
  clip.map.left.fingers[1] = {"b4", "b5", "", ""};
  clip.map.right.shoulder = "c1";
  clip.map.right.elbow = "c2";
  clip.map.right.wrist = "c3";
  clip.map.hips = "b0";
  const ArmJoints left = find_arm(clip, Side::left);
  EXPECT_EQ(left.elbow, "b2");
  EXPECT_EQ(left.other_shoulder, "c1");
  EXPECT_EQ(left.hand_end, "b5");
  EXPECT_EQ(left.index, "b4");
  EXPECT_EQ(left.fingers[1][1], "b5");
  EXPECT_EQ(left.chest, "b0");
  EXPECT_EQ(find_arm(clip, Side::right).wrist, "c3");
  const auto error = [&](const std::string& name) {
    MotionClip wrong = clip;
    wrong.map.left.elbow = name;
    try {
      find_arm(wrong, Side::left);
    } catch (const Error& caught) {
      EXPECT_EQ(caught.kind(), ErrorKind::bad_data);
      return std::string(caught.what());
    }
    return std::string();
  };
  EXPECT_NE(error("b9").find("joint \"b9\" that the joint map calls left.elbow"),
            std::string::npos);
  EXPECT_NE(error("c2").find("hang from each other"), std::string::npos);
  EXPECT_NE(error("b4").find("hang from each other"), std::string::npos);
}

TEST(RigNames, AMapMayReplaceOneJoint) {
  MotionClip clip = rig(arms("hips", {"@Arm", "@ForeArm", "@Hand", "@Extra"}, "Left", "Right"));
  clip.map.right.wrist = "RightExtra";
  EXPECT_EQ(find_arm(clip, Side::right).wrist, "RightExtra");
  EXPECT_EQ(find_arm(clip, Side::left).wrist, "LeftHand");
}

}  // namespace
}  // namespace wrist
