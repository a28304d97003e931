// SPDX-License-Identifier: Apache-2.0
// Real FBX, glTF and Collada files: hands and people of five makers.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "motions/import_scene.h"
#include "motions/retarget.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::shared_data;

#define NEED(path)                                      \
  if (!std::filesystem::exists(shared_data() / (path))) \
  GTEST_SKIP() << "SKIPPED: real data not found at " << shared_data() / (path)

double turn_degrees(const MotionClip& clip, const std::string& joint, Index a, Index b) {
  const QuatSeries& R = clip.joints[static_cast<std::size_t>(clip.find(joint))].R_PJ;
  return quaternion(R, a).angularDistance(quaternion(R, b)) / kDegree;
}

// Keyed poses a quarter of a second apart, eased: no jump at the ends, half way at the middle.
TEST(RealScenes, AFrameHandsCloseToAFistWithEase) {
  NEED("aframe_hands");
  for (const char* name :
       {"leftHand", "leftHandLow", "leftHandHigh", "rightHand", "rightHandLow", "rightHandHigh"}) {
    SCOPED_TRACE(name);
    const auto file = shared_data() / "aframe_hands" / (std::string(name) + ".glb");
    EXPECT_EQ(clip_animations(file).size(), 7u);
    const MotionClip fist = import_clip(file, "Fist");
    EXPECT_EQ(fist.time.count, 16);  // 0.25 s at 60 Hz
    EXPECT_EQ(fist.joints.size(), 16u);
    EXPECT_EQ(find_lone_hand(fist), "Palm");
    EXPECT_EQ(count_digits(find_fingers(fist, "Palm")), 5);
    double largest = 0;
    for (const char* joint : {"F1a", "F1b", "F2a", "F2b", "F3a", "F3b", "F4a", "F4b"})
      largest = std::max(largest, turn_degrees(fist, joint, 0, 15));
    EXPECT_GT(largest, 65);  // 81 deg in the standard hand
    EXPECT_LT(largest, 95);
    const double whole = turn_degrees(fist, "F2b", 0, 15), first = turn_degrees(fist, "F2b", 0, 1);
    // 3 s^2 - 2 s^3 at s = 1 / 15; a straight turn would do a fifteenth.
    EXPECT_NEAR(first / whole, 3 / 225. - 2 / 3375., 0.003);
  }
}

// The mirrored armature makes a left hand of the right one's bones: the same turns, mirrored.
TEST(RealScenes, AFrameLeftAndRightAreMirrored) {
  NEED("aframe_hands");
  const MotionClip left = import_clip(shared_data() / "aframe_hands" / "leftHand.glb", "Grip");
  const MotionClip right = import_clip(shared_data() / "aframe_hands" / "rightHand.glb", "Grip");
  for (const char* joint : {"F1a", "F2b", "Tb"})
    EXPECT_NEAR(turn_degrees(left, joint, 0, 15), turn_degrees(right, joint, 0, 15), 0.5) << joint;
  const auto tip = [](const MotionClip& clip) {
    return joint_poses(clip, 15)[static_cast<std::size_t>(clip.find("F4c"))].p;
  };
  EXPECT_NEAR(tip(left).x(), -tip(right).x(), 2e-3);
  EXPECT_NEAR(tip(left).y(), tip(right).y(), 2e-3);
}

TEST(RealScenes, WebXrHandsAreTreesOfHumanSize) {
  NEED("webxr_generic_hand");
  for (const char* side : {"left", "right"}) {
    const MotionClip hand = import_clip(shared_data() / "webxr_generic_hand" / "profiles" /
                                        "generic-hand" / (std::string(side) + ".glb"));
    ASSERT_EQ(hand.joints.size(), 25u);
    EXPECT_EQ(hand.joints[0].name, "wrist");
    const auto length = [&](const char* joint) {
      return hand.joints[static_cast<std::size_t>(hand.find(joint))].offset.norm();
    };
    // Finger links of people, m (Greiner 1991, means of both sexes within 25 %).
    EXPECT_NEAR(length("index-finger-phalanx-intermediate"), 0.043, 0.011);
    EXPECT_NEAR(length("index-finger-phalanx-distal"), 0.025, 0.007);
    EXPECT_NEAR(length("thumb-phalanx-distal"), 0.031, 0.009);
  }
}

TEST(RealScenes, YmcaIsLaidOntoBothArms) {
  NEED("mesh2motion_ymca");
  const MotionClip clip =
      clean(import_clip(shared_data() / "mesh2motion_ymca" / "human-addon-animations.glb"), {});
  EXPECT_EQ(clip.time.rate_hz, 24);
  EXPECT_EQ(clip.time.count, 30);
  EXPECT_EQ(clip.joints[0].name, "DEF-hips");
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(testing::average_man(), side);
    EXPECT_NEAR(clip_scale(clip, find_arm(clip, side), arm), 1, 0.2) << "it is in metres";
    const JointMotion motion = retarget(clip, arm, {});
    // Y: both arms up and out; some of the clip's frames lift the elbow above the shoulder.
    double highest = -1;
    for (Index i = 0; i < motion.time.count; ++i)
      highest = std::max(highest, (quaternion(motion.R_TU, i) * Eigen::Vector3d::UnitX()).z());
    EXPECT_GT(highest, 0.5);
    EXPECT_GT(motion.R_WT.col(0).square().mean() + motion.R_WT.col(3).square().mean(), 0.8);
  }
}

// The same figure as FBX and as a BVH in centimetres.
TEST(RealScenes, GenoIsTheSameInBothFormats) {
  NEED("geno_character");
  const MotionClip fbx = import_clip(shared_data() / "geno_character" / "Geno.fbx");
  const MotionClip bvh = import_clip(shared_data() / "geno_character" / "Geno_bind.bvh");
  EXPECT_EQ(fbx.joints.size(), 75u);
  EXPECT_EQ(fbx.up, Eigen::Vector3d::UnitY());
  // One stands in a T-pose and the other in an A-pose: the bones are as long.
  int compared = 0;
  for (const ClipJoint& joint : fbx.joints) {
    const int other = bvh.find(joint.name);
    if (other < 0 || joint.parent < 0) continue;
    EXPECT_NEAR(joint.offset.norm(),
                0.01 * bvh.joints[static_cast<std::size_t>(other)].offset.norm(), 2e-4)
        << joint.name;
    ++compared;
  }
  EXPECT_GE(compared, 70);
  EXPECT_EQ(find_arm(fbx, Side::left).fingers, find_arm(bvh, Side::left).fingers);
}

TEST(RealScenes, LeapHandsAreInMetres) {
  const auto folder = shared_data() / "leap_rigged_hand";
  NEED("leap_rigged_hand");
  const MotionClip arm =
      import_clip(folder / "Game Quality Hand" / "Arm_Hand" / "Leapmotion_Basehand_Rig_RIght.dae");
  EXPECT_EQ(find_lone_hand(arm), "Wrist");
  EXPECT_EQ(count_digits(find_fingers(arm, "Wrist")), 5);
  const MotionClip left = import_clip(folder / "Revamped Hand" / "handrevamp_lowpoly_rig_left.dae");
  EXPECT_EQ(left.joints.size(), 21u);
  const std::vector<Pose> poses = joint_poses(left, 0);
  double reach = 0;
  for (const Pose& pose : poses) reach = std::max(reach, (pose.p - poses[0].p).norm());
  EXPECT_GT(reach, 0.05);
  EXPECT_LT(reach, 0.5);
}

std::string bytes_of(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

// A hundred copies with bytes overwritten, another hundred cut: an error or a clip, nothing else.
void damage(const std::filesystem::path& file, const char* name) {
  const std::string whole = bytes_of(file);
  const std::filesystem::path target = testing::scratch_folder() / name;
  int refused = 0;
  for (std::uint64_t k = 0; k < 200; ++k) {
    const Rng rng = Rng(21) / name / k;
    std::string bytes = whole;
    if (k >= 100) {
      bytes.resize((rng / "size").below(whole.size()));
    } else {
      for (std::uint64_t change = 0; change <= (rng / "count").below(40); ++change)
        bytes[(rng / change / "at").below(bytes.size())] =
            static_cast<char>((rng / change / "byte").below(256));
    }
    std::ofstream(target, std::ios::binary) << bytes;
    try {
      EXPECT_TRUE(import_clip(target).root.allFinite());
      EXPECT_LT(k, 100u) << "a cut file was taken for a whole one";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
      ++refused;
    }
  }
  EXPECT_GE(refused, 99);
}

TEST(RealScenes, DamagedFilesAreErrors) {
  NEED("geno_character");
  damage(shared_data() / "geno_character" / "Geno.fbx", "damaged.fbx");
  damage(shared_data() / "aframe_hands" / "leftHandLow.glb", "damaged.glb");
  damage(shared_data() / "leap_rigged_hand" / "Revamped Hand" / "handrevamp_lowpoly_rig_left.dae",
         "damaged.dae");
}

}  // namespace
}  // namespace wrist
