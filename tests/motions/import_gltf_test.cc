// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "motions/retarget.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"
#include "tests/support/bvh_text.h"
#include "tests/support/glb.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Eigen::AngleAxisd;
using Eigen::Quaterniond;
using Eigen::Vector3d;
using testing::glb_of;
using testing::GlbMaker;
using testing::json;
using testing::quarter_turn;
using testing::scratch_folder;
using testing::two_bones;
using testing::write_text;
using testing::xyzw;

Quaterniond about(const Vector3d& axis, double degrees) {
  return Quaterniond(AngleAxisd(degrees * kDegree, axis));
}

MotionClip import_made(const std::string& bytes, const std::string& name = "made.glb") {
  return import_clip(write_text(scratch_folder() / name, bytes));
}

bool noted(const MotionClip& clip, const std::string& part) {
  return std::any_of(clip.notes.begin(), clip.notes.end(),
                     [&](const std::string& note) { return note.find(part) != note.npos; });
}

double degrees_at(const MotionClip& clip, const std::string& joint, Index frame) {
  const auto j = static_cast<std::size_t>(clip.find(joint));
  const Quaterniond q = quaternion(clip.joints[j].R_PJ, frame);
  return 2 * std::atan2(q.z(), q.w()) / kDegree;
}

TEST(ImportGltf, ReadsTreeTimesAndKeysByHand) {
  const MotionClip clip = import_made(two_bones("LINEAR", quarter_turn()).glb());
  EXPECT_EQ(clip.name, "made");
  EXPECT_EQ(clip.metres_per_unit, 1);
  EXPECT_EQ(clip.up, Vector3d::UnitY());
  // The upper bone is above all that is animated: the skeleton starts at the lower one.
  ASSERT_EQ(clip.joints.size(), 2u);
  EXPECT_EQ(clip.joints[0].name, "lower");
  EXPECT_EQ(clip.time.rate_hz, 60);
  EXPECT_EQ(clip.time.count, 61);
  EXPECT_TRUE(clip.root.row(0).matrix().transpose().isApprox(Vector3d(1, 2.5, 3), 1e-9));
  EXPECT_NEAR(degrees_at(clip, "lower", 15), 22.5, 1e-4);
  EXPECT_NEAR(joint_poses(clip, 60)[1].p.x(), 1 - 0.25, 1e-6);
  EXPECT_TRUE(noted(clip, "resampled at 60 Hz"));
}

TEST(ImportGltf, SaysThatStraightTurnsJumpInSpeed) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  std::vector<double> there_and_back = quarter_turn();
  testing::append(there_and_back, xyzw(Quaterniond::Identity()));
  made.doc["animations"].clear();
  made.animation("wave");
  made.keys(1, "rotation", {0, 0.5, 1}, there_and_back);
  // From +180 to -180 deg/s: a jump of 2 pi rad/s.
  EXPECT_TRUE(noted(import_made(made.glb()), "jumps by up to 6.3 rad/s"));
}

TEST(ImportGltf, HoldsStepsAndEasesZeroTangents) {
  const MotionClip step = import_made(two_bones("STEP", quarter_turn()).glb());
  EXPECT_NEAR(degrees_at(step, "lower", 59), 0, 1e-6);
  EXPECT_NEAR(degrees_at(step, "lower", 60), 90, 1e-4);
  EXPECT_TRUE(noted(step, "STEP"));

  const std::vector<double> zero(4, 0.0);
  std::vector<double> cubic;
  for (const auto& part :
       {zero, xyzw(Quaterniond::Identity()), zero, zero, xyzw(about(Vector3d::UnitZ(), 90)), zero})
    testing::append(cubic, part);
  const MotionClip eased = import_made(two_bones("CUBICSPLINE", cubic).glb());
  EXPECT_TRUE(noted(eased, "all tangents zero"));
  // At a quarter of the way 3 s^2 - 2 s^3 = 0.15625, between the components of the quaternions.
  const double z = 0.15625 * std::sin(kPi / 4), w = 1 + 0.15625 * (std::cos(kPi / 4) - 1);
  EXPECT_NEAR(degrees_at(eased, "lower", 15), 2 * std::atan2(z, w) / kDegree, 1e-4);
  EXPECT_NEAR(degrees_at(eased, "lower", 30), 45, 1e-4);
}

// x = t^3 on [0, 2] is its own Hermite curve: values 0 and 8, slopes 0 and 12.
TEST(ImportGltf, FollowsTangents) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.doc["animations"].clear();
  made.animation("slide");
  made.keys(0, "translation", {0, 2}, {0, 0, 0, 0, 0, 0, 0, 0, 0, 12, 0, 0, 8, 0, 0, 0, 0, 0},
            "CUBICSPLINE");
  const MotionClip clip = import_made(made.glb());
  for (const Index i : {0, 30, 60, 90, 120})
    EXPECT_NEAR(clip.root(i, 0), std::pow(static_cast<double>(i) / 60, 3), 1e-5) << i;
  EXPECT_TRUE(noted(clip, "CUBICSPLINE"));
  EXPECT_FALSE(noted(clip, "all tangents zero"));
}

TEST(ImportGltf, KeepsEvenRatesAsTheyAre) {
  for (const double rate : {24.0, 30000 / 1001., 30.0, 100.0, 120.0, 240.0}) {
    GlbMaker made = two_bones("LINEAR", quarter_turn());
    std::vector<double> times, turns;
    for (int i = 0; i < 200; ++i) {
      times.push_back(3 + i / rate);
      testing::append(turns, xyzw(about(Vector3d::UnitZ(), 40 * std::sin(0.1 * i))));
    }
    made.doc["animations"].clear();
    made.animation("even");
    made.keys(1, "rotation", times, turns);
    made.keys(0, "rotation", {3, 3 + 199 / rate}, std::vector<double>{0, 0, 0, 1, 0, 0, 0, 1});
    const MotionClip clip = import_made(made.glb());
    EXPECT_NEAR(clip.time.rate_hz, rate, 2e-5 * rate);
    EXPECT_EQ(clip.time.count, 200);
    EXPECT_EQ(clip.time.rate_hz == std::round(rate), rate == std::round(rate)) << rate;
    EXPECT_NEAR(degrees_at(clip, "lower", 150), 40 * std::sin(15.0), 1e-3);
    EXPECT_TRUE(clip.notes.empty()) << clip.notes[0];
  }
}

TEST(ImportGltf, ThinsWhatIsFasterThanWeNeed) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  std::vector<double> times, turns;
  for (int i = 0; i < 1001; ++i) {
    times.push_back(i / 1000.);
    testing::append(turns, xyzw(about(Vector3d::UnitZ(), 0.1 * i)));
  }
  made.doc["animations"].clear();
  made.animation("fast");
  made.keys(1, "rotation", times, turns);
  const MotionClip clip = import_made(made.glb());
  EXPECT_EQ(clip.time.rate_hz, 200);
  EXPECT_NEAR(degrees_at(clip, "lower", 100), 50, 1e-4);
  EXPECT_TRUE(noted(clip, "one in 5"));
}

TEST(ImportGltf, TurnsTheShortWayAndStaysInOneHemisphere) {
  std::vector<double> turns = quarter_turn();
  for (std::size_t k = 4; k < 8; ++k) turns[k] *= -1;  // the same turn, the other sign
  const MotionClip clip = import_made(two_bones("LINEAR", turns).glb());
  EXPECT_NEAR(degrees_at(clip, "lower", 30), 45, 1e-4);
  const QuatSeries& R = clip.joints[0].R_PJ;
  for (Index i = 1; i < R.rows(); ++i) EXPECT_GT((R.row(i) * R.row(i - 1)).sum(), 0);
}

// Bones whose frames point anywhere at rest, the same motion: the same clip.
TEST(ImportGltf, DoesNotDependOnTheBonesOwnAxes) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  const testing::Rig rig{.prefix = "mixamorig:", .units_per_metre = 1};
  const JointMotion truth = testing::known_arm_motion(arm, 60, 60);
  const MotionClip bvh = import_bvh(
      write_text(scratch_folder() / "made.bvh", testing::BvhWriter(arm, rig).write(truth)));
  std::vector<Quaterniond> rest;
  for (std::uint64_t j = 0; j < bvh.joints.size(); ++j) {
    const Rng rng = Rng(3) / j;
    rest.push_back(
        Quaterniond(rng.normal(), (rng / "x").normal(), (rng / "y").normal(), (rng / "z").normal())
            .normalized());
  }
  GlbMaker made = glb_of(bvh, rest);
  const MotionClip clip = import_made(made.glb());
  ASSERT_EQ(clip.joints.size(), bvh.joints.size());
  EXPECT_EQ(clip.time.rate_hz, 60);
  ASSERT_EQ(clip.time.count, bvh.time.count);
  for (Index i = 0; i < 60; i += 7) {
    const std::vector<Pose> found = joint_poses(clip, i), expected = joint_poses(bvh, i);
    for (std::size_t j = 0; j < expected.size(); ++j) {
      const auto k = static_cast<std::size_t>(clip.find(bvh.joints[j].name));
      EXPECT_LT((found[k].p - expected[j].p).norm(), 2e-6) << bvh.joints[j].name;
      EXPECT_LT(found[k].R.angularDistance(expected[j].R), 5e-6) << bvh.joints[j].name;
    }
  }
  const JointMotion laid = retarget(clip, arm, {});
  for (const Body body : {Body::elbow, Body::forearm, Body::wrist_deviation, Body::hand})
    EXPECT_LT((laid.angles - truth.angles).col(hinge(body)).abs().maxCoeff(), 1e-3);
}

TEST(ImportGltf, MirrorsAndUnitsAboveTheSkeletonCancel) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.doc["nodes"].push_back(
      {{"name", "armature"}, {"scale", {-0.01, 0.01, 0.01}}, {"children", {0}}});
  const MotionClip clip = import_made(made.glb());
  // Mirrored in x: the tip swings to the other side, and is a hundredth of its length away.
  EXPECT_TRUE(clip.joints[1].offset.isApprox(Vector3d(0, 0.0025, 0), 1e-6));
  EXPECT_NEAR(joint_poses(clip, 60)[1].p.x(), -0.01 + 0.0025, 1e-6);
  EXPECT_NEAR(degrees_at(clip, "lower", 60), -90, 1e-3);
  // As a matrix it is the same.
  made.doc["nodes"].back() = {
      {"name", "armature"},
      {"matrix", {-0.01, 0, 0, 0, 0, 0.01, 0, 0, 0, 0, 0.01, 0, 0, 0, 0, 1}},
      {"children", {0}}};
  EXPECT_NEAR(degrees_at(import_made(made.glb()), "lower", 60), -90, 1e-3);
}

TEST(ImportGltf, ReadsNormalisedIntegers) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  const std::int16_t turns[8] = {0, 0, 0, 32767, 0, 0, 23170, 23170};
  made.doc["bufferViews"].push_back(
      {{"buffer", 0}, {"byteOffset", made.binary.size()}, {"byteLength", sizeof turns}});
  made.binary.append(reinterpret_cast<const char*>(turns), sizeof turns);
  json& accessor = made.doc["accessors"][1];
  accessor["componentType"] = 5122;
  accessor["normalized"] = true;
  accessor["bufferView"] = made.doc["bufferViews"].size() - 1;
  EXPECT_NEAR(degrees_at(import_made(made.glb()), "lower", 60), 90, 1e-3);
}

TEST(ImportGltf, OneClipPerAnimation) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.animation("still");
  made.keys(1, "rotation", {0, 1}, {0, 0, 0, 1, 0, 0, 0, 1});
  made.animation("");
  made.keys(0, "translation", {0, 1}, {0, 0, 0, 1, 0, 0});
  made.animation("faces");  // nothing that moves a node
  const auto file = write_text(scratch_folder() / "many.glb", made.glb());
  EXPECT_EQ(clip_animations(file), (std::vector<std::string>{"bend", "still", "animation_3"}));
  const std::vector<MotionClip> clips = import_clips(file);
  ASSERT_EQ(clips.size(), 3u);
  EXPECT_EQ(clips[1].name, "many:still");
  EXPECT_EQ(import_clip(file, "still").name, "many:still");
  EXPECT_TRUE(noted(import_clip(file), "the first of 3 animations: bend, still, animation_3"));
  try {
    import_clip(file, "wave");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("bend, still"), std::string::npos) << error.what();
  }
}

TEST(ImportGltf, AFileWithoutMotionIsAPose) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.doc.erase("animations");
  const MotionClip clip = import_made(made.glb());
  EXPECT_EQ(clip.time.count, 1);
  EXPECT_EQ(clip.joints.size(), 3u);
  EXPECT_TRUE(noted(clip, "no motion: a pose of 3 joints"));
}

TEST(ImportGltf, LeavesMeshesOutAndKeepsEndsOfBones) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.doc["skins"] = {{{"joints", {0, 1}}}};
  made.node("body", 0);
  made.doc["nodes"].back()["mesh"] = 0;
  made.node("prop", -1);
  const MotionClip clip = import_made(made.glb());
  ASSERT_EQ(clip.joints.size(), 3u);
  EXPECT_EQ(clip.find("body"), -1);
  EXPECT_EQ(clip.find("prop"), -1);
  EXPECT_EQ(clip.joints[2].name, "tip");
}

TEST(ImportGltf, HipsThatMoveInAStillRootBecomeTheRoot) {
  GlbMaker made;
  const int root = made.node("root", -1), hips = made.node("hips", root, {0, 1, 0});
  for (const char* name : {"a", "b", "c"}) made.node(name, hips, {0, 0.3, 0});
  made.node("ik", root, {0.1, 0, 0});
  made.doc["skins"] = {{{"joints", {0, 1, 2, 3, 4, 5}}}};
  made.animation("walk");
  made.keys(hips, "translation", {0, 1}, {0, 1, 0, 0, 1, 2});
  const MotionClip clip = import_made(made.glb());
  EXPECT_EQ(clip.joints[0].name, "hips");
  EXPECT_NEAR(clip.root(30, 2), 1, 1e-6);
  EXPECT_TRUE(noted(clip, "the root is hips"));
}

TEST(ImportGltf, JointsThatStrayKeepTheirMeanOffset) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.doc["animations"].clear();
  made.animation("stretch");
  made.keys(0, "rotation", {0, 1}, quarter_turn());
  made.keys(2, "translation", {0, 1}, {0, 0.2, 0, 0, 0.3, 0});
  const MotionClip clip = import_made(made.glb());
  EXPECT_NEAR(clip.joints[2].offset.y(), 0.25, 1e-6);
  EXPECT_TRUE(noted(clip, "1 joints move in their parents, by up to 0.05 m"));
}

TEST(ImportGltf, NumbersJointsThatShareAName) {
  GlbMaker made = two_bones("LINEAR", quarter_turn());
  made.doc["nodes"][2]["name"] = "lower";
  const MotionClip clip = import_made(made.glb());
  EXPECT_EQ(clip.joints[1].name, "lower#2");
  EXPECT_TRUE(noted(clip, "share a name"));
}

TEST(ImportGltf, BuildsTheTreeOfAFlatHand) {
  GlbMaker made;
  const int armature = made.node("Armature", -1);
  json joints = json::array();
  const auto add = [&](const std::string& name, double y) {
    joints.push_back(made.node(name, armature, {0, y, 0}));
  };
  for (const char* digit : {"pinky", "ring", "middle", "index"})
    for (int k = 4; k >= 0; --k)
      add(std::string(digit) + "-finger-" +
              std::vector<const char*>{"metacarpal", "phalanx-proximal", "phalanx-intermediate",
                                       "phalanx-distal", "tip"}[static_cast<std::size_t>(k)],
          0.1 + 0.02 * k);
  for (const char* part :
       {"thumb-tip", "thumb-phalanx-distal", "thumb-phalanx-proximal", "thumb-metacarpal"})
    add(part, 0.1);
  add("wrist", 0);
  made.doc["skins"] = {{{"joints", joints}}};
  const MotionClip clip = import_made(made.glb());
  ASSERT_EQ(clip.joints.size(), 25u);
  EXPECT_EQ(clip.joints[0].name, "wrist");
  const auto parent = [&](const std::string& name) {
    const int p = clip.joints[static_cast<std::size_t>(clip.find(name))].parent;
    return clip.joints[static_cast<std::size_t>(p)].name;
  };
  EXPECT_EQ(parent("ring-finger-tip"), "ring-finger-phalanx-distal");
  EXPECT_EQ(parent("ring-finger-metacarpal"), "wrist");
  EXPECT_EQ(parent("thumb-tip"), "thumb-phalanx-distal");
  EXPECT_EQ(parent("thumb-phalanx-proximal"), "thumb-metacarpal");
  EXPECT_NEAR(clip.joints[static_cast<std::size_t>(clip.find("index-finger-tip"))].offset.y(), 0.02,
              1e-6);
  const FingerNames fingers = find_fingers(clip, find_lone_hand(clip));
  EXPECT_EQ(fingers[1][0], "index-finger-phalanx-proximal");
  EXPECT_EQ(fingers[1][3], "index-finger-tip");
  EXPECT_EQ(fingers[0][0], "thumb-metacarpal");
}

TEST(ImportGltf, ReadsBuffersBesideItAndInside) {
  const std::filesystem::path folder = scratch_folder();
  const GlbMaker made = two_bones("LINEAR", quarter_turn());
  std::filesystem::create_directories(folder / "in");
  write_text(folder / "in" / "the keys.bin", made.binary);
  const auto file = write_text(folder / "a.gltf", made.gltf("in/the%20keys.bin"));
  EXPECT_NEAR(degrees_at(import_clip(file), "lower", 60), 90, 1e-3);
  // "AAAAAA..." in base64 is zeros: times that do not increase.
  const auto zeros = write_text(
      folder / "b.gltf", made.gltf("data:application/octet-stream;base64," + std::string(64, 'A')));
  EXPECT_THROW(import_clip(zeros), Error);
}

TEST(ImportClip, GoesByTheExtension) {
  const std::filesystem::path folder = scratch_folder();
  EXPECT_EQ(import_clip(write_text(folder / "a.BVH", testing::small_bvh())).joints.size(), 3u);
  EXPECT_EQ(clip_animations(folder / "a.BVH"), std::vector<std::string>{""});
  EXPECT_THROW(import_clip(folder / "a.BVH", "walk"), Error);
  for (const char* name : {"b.fbx", "c.glb", "d.gltf", "e.DAE", "f.txt", "g.obj"})
    write_text(folder / name, "x");
  EXPECT_EQ(find_clips(folder).size(), 5u);
  try {
    import_clip(folder / "g.obj");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
  }
  try {
    import_clip(folder / "none.glb");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
  }
}

}  // namespace
}  // namespace wrist
