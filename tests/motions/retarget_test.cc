// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget.h"

#include "motions/retarget_angles.h"
#include "sim/base/error.h"
#include "tests/support/bvh_text.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using testing::average_man;
using testing::average_woman;
using testing::BvhWriter;
using testing::known_arm_motion;
using testing::Rig;
using testing::scratch_folder;
using testing::write_text;

MotionClip clip_of(const JointMotion& motion, const ArmModel& arm, const Rig& rig) {
  return import_bvh(write_text(scratch_folder() / "made.bvh", BvhWriter(arm, rig).write(motion)));
}

std::vector<Rig> rigs() {
  Rig mixamo{.prefix = "mixamorig:"};
  Rig daz{.prefix = "",
          .right = "r",
          .left = "l",
          .collar = "Collar",
          .shoulder = "Shldr",
          .units_per_metre = 90,
          .rest_bend = 17 * kDegree};
  Rig cmu{.prefix = "",
          .collar = "Collar",
          .shoulder = "Shoulder",
          .elbow = "Elbow",
          .wrist = "Wrist",
          .units_per_metre = 17.7,
          .order = "ZYX",
          .t_pose = false,
          .knuckles = false};
  Rig z_up{.prefix = "Bip01_",
           .right = "R_",
           .left = "L_",
           .shoulder = "UpperArm",
           .units_per_metre = 39.37,
           .order = "XYZ",
           .z_up = true,
           .twist_in_forearm = false};
  return {mixamo, daz, cmu, z_up};
}

double largest_turn(const QuatSeries& a, const QuatSeries& b) {
  double largest = 0;
  for (Index i = 0; i < a.rows(); ++i)
    largest = std::max(largest, quaternion(a, i).angularDistance(quaternion(b, i)));
  return largest;
}

// Known angles, written as a clip of four rigs and either side, come back.
TEST(Retarget, GivesKnownAnglesBack) {
  for (const Rig& rig : rigs())
    for (const Side side : {Side::left, Side::right}) {
      SCOPED_TRACE(rig.prefix + rig.shoulder + " " + to_string(side));
      const ArmModel arm = build_arm(average_man(), side);
      const JointMotion truth = known_arm_motion(arm, 300, 100);
      std::vector<std::string> notes;
      const JointMotion found = retarget(clip_of(truth, arm, rig), arm, {}, &notes);
      ASSERT_EQ(found.time.count, 300);
      EXPECT_EQ(found.time.rate_hz, 100);
      EXPECT_EQ(found.clip, "made");
      EXPECT_TRUE(found.labels.empty());
      for (const Body body : {Body::elbow, Body::forearm, Body::wrist_deviation, Body::hand})
        EXPECT_LT((found.angles - truth.angles).col(hinge(body)).abs().maxCoeff(), 1e-3)
            << to_string(body);
      EXPECT_LT(largest_turn(found.R_TU, truth.R_TU), 1e-3);
      EXPECT_LT(largest_turn(found.R_WT, truth.R_WT), 1e-3);
      const Series3 moved = found.p_WT.rowwise() - found.p_WT.row(0);
      const Series3 moved_truth = truth.p_WT.rowwise() - truth.p_WT.row(0);
      EXPECT_LT((moved - moved_truth).abs().maxCoeff(), 1e-4);
      EXPECT_NEAR(found.p_WT.col(2).minCoeff(), 0.45 + 0.95, 0.05);  // above the feet
      EXPECT_EQ(notes.size(), rig.rest_bend > 0 ? 2u : 1u) << "the last says how it was smoothed";
    }
}

TEST(Retarget, TakesTheUnitFromTheLimbs) {
  const ArmModel man = build_arm(average_man(), Side::right),
                 woman = build_arm(average_woman(), Side::right);
  const JointMotion truth = known_arm_motion(man, 60, 60);
  Rig rig;
  rig.units_per_metre = 24;
  const MotionClip clip = clip_of(truth, man, rig);
  const ArmJoints joints = find_arm(clip, Side::right);
  EXPECT_NEAR(clip_scale(clip, joints, man), 1 / 24., 1e-6);
  EXPECT_NEAR(clip_scale(clip, joints, woman), (0.311 + 0.241) / (0.335 + 0.268) / 24, 1e-6);
  const JointMotion found = retarget(clip, woman, {});
  EXPECT_LT((found.angles - truth.angles).col(hinge(Body::elbow)).abs().maxCoeff(), 1e-3);
}

TEST(Retarget, SetsTheCutoffAndKeepsFingersAtRest) {
  const ArmModel arm = build_arm(average_man(), Side::left);
  const JointMotion found = retarget(clip_of(known_arm_motion(arm, 60, 30), arm, {}), arm, {});
  ASSERT_EQ(found.cutoffs_hz.size(), kJointGroups);
  EXPECT_LE(found.cutoffs_hz.maxCoeff(), 0.35 * 15 + 1e-12) << "a slow capture";
  const JointMotion rest = rest_motion(arm, found.time);
  const Index fingers = kHinges - hinge(Body::thumb_abduction);
  EXPECT_TRUE((found.angles.rightCols(fingers) == rest.angles.rightCols(fingers)).all());
}

// An elbow that passes through straight has no plane there: the rig's own joint carries the roll.
TEST(Retarget, KeepsTheRollThroughAStraightElbow) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  JointMotion truth = known_arm_motion(arm, 300, 100);
  for (Index i = 0; i < 300; ++i)
    truth.angles(i, hinge(Body::elbow)) = 0.6 + 0.6 * std::sin(0.06 * double(i));
  const JointMotion found = retarget(clip_of(truth, arm, {}), arm, {});
  EXPECT_LT(largest_turn(found.R_TU, truth.R_TU), 1e-3);
  EXPECT_LT((found.angles - truth.angles).col(hinge(Body::forearm)).abs().maxCoeff(), 1e-3);
}

// Nor does a slightly overstretched one flip the upper arm over.
TEST(Retarget, HoldsAnOverstretchedElbowStraight) {
  const ArmModel arm = build_arm(average_man(), Side::left);
  JointMotion truth = known_arm_motion(arm, 300, 100);
  for (Index i = 0; i < 300; ++i)
    truth.angles(i, hinge(Body::elbow)) = 0.4 + 0.6 * std::sin(0.06 * double(i));
  std::vector<std::string> notes;
  const JointMotion found = retarget(clip_of(truth, arm, {}), arm, {}, &notes);
  EXPECT_LT(largest_turn(found.R_TU, truth.R_TU), 0.02);
  EXPECT_GE(found.angles.col(hinge(Body::elbow)).minCoeff(), 0);
  ASSERT_EQ(notes.size(), 2u) << "the last says how it was smoothed";
  EXPECT_NE(notes[0].find("the elbow angle is outside its range"), std::string::npos) << notes[0];
}

// An arm that never bends: the roll is free, but the hand's orientation is the clip's all the same.
TEST(Retarget, KeepsTheHandOfAnArmThatNeverBends) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  JointMotion truth = known_arm_motion(arm, 200, 100);
  truth.angles.col(hinge(Body::elbow)).setConstant(0.01);
  truth.angles.col(hinge(Body::forearm)) *= 0.5;
  const JointMotion found = retarget(clip_of(truth, arm, {}), arm, {});
  for (Index i = 0; i < 200; ++i) {
    const auto hand = [&](const JointMotion& m) {
      return body_poses(arm, {quaternion(m.R_WT, i), Eigen::Vector3d::Zero()},
                        quaternion(m.R_TU, i),
                        m.angles.row(i).transpose())[static_cast<std::size_t>(Body::hand)]
          .R;
    };
    EXPECT_LT(hand(found).angularDistance(hand(truth)), 0.05) << i;
  }
}

TEST(Retarget, FindsArmsByTheNamesOfCommonRigs) {
  const auto clip_named = [](const std::vector<std::string>& names) {
    MotionClip clip;
    clip.name = "named";
    for (std::size_t i = 0; i < names.size(); ++i)
      clip.joints.push_back({names[i], static_cast<int>(i) - 1, {0, 1, 0}, QuatSeries::Ones(1, 4)});
    // The second arm hangs from the root as well.
    clip.joints[clip.joints.size() / 2 + 1].parent = 0;
    return clip;
  };
  const auto shoulder_of = [&](const std::vector<std::string>& names) {
    return find_arm(clip_named(names), Side::right).shoulder;
  };
  EXPECT_EQ(shoulder_of({"Hips", "RightShoulder", "RightArm", "RightForeArm", "RightHand",
                         "LeftShoulder", "LeftArm", "LeftForeArm", "LeftHand"}),
            "RightArm");
  EXPECT_EQ(shoulder_of({"Hips", "RightCollar", "RightShoulder", "RightElbow", "RightWrist",
                         "LeftCollar", "LeftShoulder", "LeftElbow", "LeftWrist"}),
            "RightShoulder");
  EXPECT_EQ(shoulder_of({"pelvis", "clavicle_r", "upperarm_r", "lowerarm_r", "hand_r", "clavicle_l",
                         "upperarm_l", "lowerarm_l", "hand_l"}),
            "upperarm_r");
  EXPECT_EQ(shoulder_of({"hips", "shoulder.R", "upper_arm.R", "forearm.R", "hand.R", "shoulder.L",
                         "upper_arm.L", "forearm.L", "hand.L"}),
            "upper_arm.R");
  const ArmJoints joints =
      find_arm(clip_named({"mixamorig1:Hips", "x", "mixamorig1:RightArm", "mixamorig1:RightForeArm",
                           "mixamorig1:RightHand", "y", "mixamorig1:LeftArm",
                           "mixamorig1:LeftForeArm", "mixamorig1:LeftHand"}),
               Side::left);
  EXPECT_EQ(joints.shoulder, "mixamorig1:LeftArm");
  EXPECT_EQ(joints.other_shoulder, "mixamorig1:RightArm");
  EXPECT_EQ(joints.hips, "mixamorig1:Hips");
  EXPECT_EQ(joints.chest, "mixamorig1:Hips");
  EXPECT_EQ(joints.hand_end, "");
}

TEST(Retarget, SaysWhichJointsItLacks) {
  MotionClip clip;
  clip.name = "legs";
  for (const char* name : {"Hips", "LeftLeg", "RightArm"})
    clip.joints.push_back(
        {name, static_cast<int>(clip.joints.size()) - 1, {0, 1, 0}, QuatSeries::Ones(1, 4)});
  try {
    find_arm(clip, Side::left);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_STREQ(error.what(),
                 "legs: expected joints of the left arm and the other shoulder, such as RightArm, "
                 "RightForeArm, RightHand and LeftArm; found Hips, LeftLeg, RightArm");
  }
}

TEST(Retarget, RefusesALimbWithoutLength) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  MotionClip clip = clip_of(known_arm_motion(arm, 20, 60), arm, {});
  clip.joints[static_cast<std::size_t>(clip.find("RightForeArm"))].offset.setZero();
  try {
    retarget(clip, arm, {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "made: expected a length between RightArm and RightForeArm, found none");
  }
}

TEST(Retarget, SoftLimitIsIdentityInsideAndBounded) {
  EXPECT_EQ(soft_limit(0.3, -1, 1, 0.1), 0.3);
  EXPECT_EQ(soft_limit(0.9, -1, 1, 0.1), 0.9);
  EXPECT_NEAR(soft_limit(0.95, -1, 1, 0.1), 0.9 + 0.1 * std::tanh(0.5), 1e-15);
  EXPECT_LE(soft_limit(50, -1, 1, 0.1), 1);
  EXPECT_GE(soft_limit(-50, -1, 1, 0.1), -1);
  for (double x = -1.5; x < 1.5; x += 0.01)
    EXPECT_GT(soft_limit(x + 0.01, -1, 1, 0.1), soft_limit(x, -1, 1, 0.1));
}

}  // namespace
}  // namespace wrist
