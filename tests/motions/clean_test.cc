// SPDX-License-Identifier: Apache-2.0
#include "motions/clean.h"

#include "motions/retarget.h"
#include "sim/base/error.h"
#include "tests/support/bvh_text.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

// Ten joints, each swinging by 0.5 rad at its own rate.
MotionClip swinging_clip(Index count) {
  MotionClip clip;
  clip.name = "swing";
  clip.time = {0, 120, count};
  clip.root = Series3::Zero(count, 3);
  clip.root.col(0) = Series::LinSpaced(count, 0, 1);
  for (int j = 0; j < 10; ++j) {
    ClipJoint joint{
        std::string(1, static_cast<char>(97 + j)), j - 1, {0, 10, 0}, QuatSeries(count, 4)};
    for (Index i = 0; i < count; ++i) {
      const double angle = 0.5 * std::sin((3 + j) * clip.time.time(i) + j);
      set_quaternion(joint.R_PJ, i,
                     Eigen::Quaterniond(Eigen::AngleAxisd(angle, Eigen::Vector3d::UnitX())));
    }
    clip.joints.push_back(joint);
  }
  return clip;
}

// The first `frames` blend from a pose one radian away, as some converters write it.
MotionClip with_blend_in(MotionClip clip, Index frames) {
  for (ClipJoint& joint : clip.joints)
    for (Index i = 0; i < frames; ++i) {
      const double left = 1 - static_cast<double>(i) / static_cast<double>(frames);
      set_quaternion(joint.R_PJ, i,
                     quaternion(joint.R_PJ, i) * Eigen::AngleAxisd(left, Eigen::Vector3d::UnitZ()));
    }
  return clip;
}

TEST(Clean, LeavesAClipWithoutArtefactsWhole) {
  const MotionClip clip = swinging_clip(200), cleaned = clean(clip, {});
  EXPECT_EQ(cleaned.time.count, 200);
  EXPECT_TRUE(cleaned.notes.empty());
  for (std::size_t j = 0; j < clip.joints.size(); ++j)
    EXPECT_TRUE((cleaned.joints[j].R_PJ == clip.joints[j].R_PJ).all());
}

TEST(Clean, DropsABlendInAndItsRinging) {
  const MotionClip clip = with_blend_in(swinging_clip(200), 5), cleaned = clean(clip, {});
  EXPECT_EQ(cleaned.time.count, 192);  // 5 blended, half as many again ringing
  EXPECT_EQ(cleaned.time.start_s, 0);
  EXPECT_EQ(cleaned.root(0, 0), clip.root(8, 0));
  EXPECT_EQ(cleaned.joints[3].R_PJ.rows(), 192);
  ASSERT_EQ(cleaned.notes.size(), 1u);
  EXPECT_EQ(cleaned.notes[0], "dropped the first 8 frames: a rest pose blended into the motion");
}

TEST(Clean, DropsASingleRestPoseFrame) {
  EXPECT_EQ(clean(with_blend_in(swinging_clip(200), 1), {}).time.count, 198);
}

TEST(Clean, FindsTheArtefactBeforeAStillBody) {
  MotionClip still = swinging_clip(100);
  for (ClipJoint& joint : still.joints) joint.R_PJ.rowwise() = joint.R_PJ.row(99).eval();
  EXPECT_EQ(clean(still, {}).time.count, 100);
  EXPECT_EQ(clean(with_blend_in(still, 5), {}).time.count, 92);
}

TEST(Clean, ZeroFramesLookedAtDropsNone) {
  CleanSpec spec;
  spec.max_dropped = 0;
  EXPECT_EQ(clean(with_blend_in(swinging_clip(200), 5), spec).time.count, 200);
}

TEST(Clean, MakesQuaternionsContinuousWithoutTurningThem) {
  MotionClip clip = swinging_clip(60);
  for (Index i = 0; i < 60; i += 7) clip.joints[2].R_PJ.row(i) *= -1;
  const MotionClip cleaned = clean(clip, {});
  for (const ClipJoint& joint : cleaned.joints)
    for (Index i = 1; i < 60; ++i)
      EXPECT_GT((joint.R_PJ.row(i) * joint.R_PJ.row(i - 1)).sum(), 0) << joint.name << " " << i;
  for (Index i = 0; i < 60; ++i)
    EXPECT_LT(
        quaternion(cleaned.joints[2].R_PJ, i).angularDistance(quaternion(clip.joints[2].R_PJ, i)),
        1e-7);
}

TEST(Clean, RefusesAClipTooShort) {
  EXPECT_EQ(clean(swinging_clip(12), {}).time.count, 12);
  try {
    clean(swinging_clip(11), {});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_STREQ(error.what(), "swing: expected at least 12 frames of motion, found 11");
  }
}

TEST(Clean, LowersTheCutoffForSlowCaptures) {
  EXPECT_EQ(smoothing_limit(120, 14), 14);
  EXPECT_DOUBLE_EQ(smoothing_limit(30, 14), 5.25);
  EXPECT_DOUBLE_EQ(smoothing_limit(60, 14), 10.5);
}

}  // namespace
}  // namespace wrist
