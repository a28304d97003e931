// SPDX-License-Identifier: Apache-2.0
#include <fstream>

#include "motions/clip.h"
#include "sim/base/error.h"
#include "sim/base/rng.h"
#include "tests/support/bvh_text.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using testing::replaced;
using testing::scratch_folder;
using testing::small_bvh;
using testing::write_text;

TEST(ImportBvh, ReadsJointsAnglesAndRoot) {
  const MotionClip clip = import_bvh(write_text(scratch_folder() / "small.bvh", small_bvh()));
  EXPECT_EQ(clip.name, "small");
  EXPECT_EQ(clip.time.rate_hz, 120);
  EXPECT_EQ(clip.time.count, 3);
  ASSERT_EQ(clip.joints.size(), 3u);
  EXPECT_EQ(clip.find("hip"), 0);
  EXPECT_EQ(clip.find("chest"), 1);
  EXPECT_EQ(clip.find("chest_end"), 2);
  EXPECT_EQ(clip.find("Chest"), -1);
  EXPECT_EQ(clip.joints[2].parent, 1);
  EXPECT_TRUE(clip.joints[1].offset.isApprox(Eigen::Vector3d(0, 20.5, -0.7), 1e-6));
  EXPECT_NEAR(clip.root(1, 1), 90.5, 1e-5);
  EXPECT_EQ(clip.up, Eigen::Vector3d::UnitY());
  // Chest of frame 2: turned by 11 deg about z, then 5 deg about the turned x.
  const Eigen::Quaterniond expected = Eigen::AngleAxisd(11 * kDegree, Eigen::Vector3d::UnitZ()) *
                                      Eigen::AngleAxisd(5 * kDegree, Eigen::Vector3d::UnitX());
  EXPECT_LT(quaternion(clip.joints[1].R_PJ, 1).angularDistance(expected), 2e-6);
}

TEST(ImportBvh, ForwardKinematicsByHand) {
  const std::string text = replaced(small_bvh(), "1.0 90.0 2.0 0.0 0.0 0.0 10.0 0.0 0.0",
                                    "1.0 90.0 2.0 90.0 0.0 0.0 90.0 0.0 0.0");
  const MotionClip clip = import_bvh(write_text(scratch_folder() / "a.bvh", text));
  const std::vector<Pose> poses = joint_poses(clip, 0);
  // The root's quarter turn about z lays the chest's offset along -x; the chest's own turns its end
  // down.
  EXPECT_TRUE(poses[1].p.isApprox(Eigen::Vector3d(1 - 20.5, 90, 2 - 0.7), 1e-5));
  EXPECT_TRUE(poses[2].p.isApprox(poses[1].p + Eigen::Vector3d(0, -10, 0), 1e-5));
  EXPECT_TRUE(rest_positions(clip)[2].isApprox(Eigen::Vector3d(0, 30.5, -0.7), 1e-5));
}

TEST(ImportBvh, PositionsOfAnInnerJointReplaceItsOffset) {
  std::string text = replaced(small_bvh(), "CHANNELS 3 Zrotation",
                              "CHANNELS 6 Xposition Yposition Zposition Zrotation");
  text = replaced(text, "10.0 0.0 0.0\n", "0 20 0 10.0 0.0 0.0\n");
  text = replaced(text, "11.0 5.0 0.0\n", "0 21 0 11.0 5.0 0.0\n");
  text = replaced(text, "12.0 -5e-1 4.75e-17\n", "0 25 0 12.0 0.0 0.0\n");
  const MotionClip clip = import_bvh(write_text(scratch_folder() / "a.bvh", text));
  EXPECT_TRUE(clip.joints[1].offset.isApprox(Eigen::Vector3d(0, 22, 0), 1e-6));
  ASSERT_EQ(clip.notes.size(), 2u);
  EXPECT_EQ(clip.notes[1], "joint chest moves in its parent: its mean offset is kept");
}

TEST(ImportBvh, KeepsARootWithoutPositionsAtItsOffset) {
  std::string text = replaced(small_bvh(), "OFFSET 0 0 0", "OFFSET 3 4 5");
  text = replaced(text, "CHANNELS 6 Xposition Yposition Zposition", "CHANNELS 3");
  for (const char* position : {"1.0 90.0 2.0 ", "1.5 90.5 2.0 ", "2.0 91.0 2.0 "})
    text = replaced(text, position, "");
  const MotionClip clip = import_bvh(write_text(scratch_folder() / "a.bvh", text));
  EXPECT_TRUE(clip.root.row(2).matrix().transpose().isApprox(Eigen::Vector3d(3, 4, 5), 1e-6));
}

TEST(ImportBvh, EndSiteNamesStayUnique) {
  const std::string text =
      replaced(small_bvh(), "  JOINT chest",
               "  JOINT chest_end\n{\nOFFSET 1 0 0\nCHANNELS 0\n}\n  JOINT chest");
  const MotionClip clip = import_bvh(write_text(scratch_folder() / "a.bvh", text));
  ASSERT_EQ(clip.joints.size(), 4u);
  EXPECT_EQ(clip.joints[1].name, "chest_end");
  EXPECT_EQ(clip.joints[3].name, "chest_end_end");
}

// Both the rest pose and the mean posture must point along z; a person lying down does not make z
// up.
TEST(ImportBvh, FindsTheAxisThatPointsUp) {
  const std::filesystem::path folder = scratch_folder();
  std::string z_up = replaced(small_bvh(), "OFFSET 0 20.5 -0.7", "OFFSET 0 -0.7 20.5");
  EXPECT_EQ(import_bvh(write_text(folder / "z.bvh", z_up)).up, Eigen::Vector3d::UnitZ());
  std::string lying = small_bvh();
  for (const char* position :
       {"1.0 90.0 2.0 0.0 0.0", "1.5 90.5 2.0 0.0 0.0", "2.0 91.0 2.0 0.0 0.0"})
    lying = replaced(lying, position, std::string(position).substr(0, 13) + "0.0 90.0");
  EXPECT_EQ(import_bvh(write_text(folder / "l.bvh", lying)).up, Eigen::Vector3d::UnitY());
}

TEST(ImportBvh, NamesTheFileItCannotRead) {
  const std::filesystem::path missing = scratch_folder() / "none.bvh";
  try {
    import_bvh(missing);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_NE(std::string(error.what()).find(missing.string()), std::string::npos);
  }
  const auto bad =
      write_text(scratch_folder() / "bad.bvh", replaced(small_bvh(), "1.5 90.5", "nan 90.5"));
  try {
    import_bvh(bad);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_EQ(error.what(), bad.string() + ":20: expected a finite number, found \"nan\"");
  }
}

// Three hundred files with one to four bytes overwritten: a clean error or a finite clip.
TEST(ImportBvh, SurvivesRandomBytes) {
  const std::filesystem::path folder = scratch_folder();
  const std::string whole = small_bvh();
  const std::string likely = "0123456789012345678901234567890123456789-.e \n\t{}J";
  int accepted = 0, refused = 0;
  for (std::uint64_t k = 0; k < 300; ++k) {
    const Rng rng = Rng(7) / k;
    std::string text = whole;
    for (std::uint64_t change = 0; change <= (rng / "count").below(4); ++change) {
      const Rng where = rng / change;
      const char byte = k % 2 == 0 ? static_cast<char>((where / "byte").below(256))
                                   : likely[(where / "byte").below(likely.size())];
      text[(where / "at").below(text.size())] = byte;
    }
    try {
      const MotionClip clip = import_bvh(write_text(folder / "fuzz.bvh", text));
      EXPECT_TRUE(clip.root.allFinite());
      EXPECT_GE(clip.joints.size(), 1u);
      ++accepted;
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data) << error.what();
      ++refused;
    }
  }
  EXPECT_GT(accepted, 10);
  EXPECT_GT(refused, 100);
}

TEST(FindClips, ListsEveryClipBelowAFolderSorted) {
  const std::filesystem::path folder = scratch_folder();
  std::filesystem::create_directories(folder / "b");
  for (const char* name : {"b/2.bvh", "b/1.BVH", "a.bvh", "notes.txt"})
    write_text(folder / name, "x");
  const std::vector<std::filesystem::path> clips = find_clips(folder);
  ASSERT_EQ(clips.size(), 3u);
  EXPECT_EQ(clips[0], folder / "a.bvh");
  EXPECT_EQ(clips[1], folder / "b" / "1.BVH");
  EXPECT_EQ(find_clips(folder / "a.bvh").size(), 1u);
  for (const std::filesystem::path& none : {folder / "notes.txt", folder / "missing"}) try {
      find_clips(none);
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::io);
      EXPECT_NE(std::string(error.what()).find(none.string()), std::string::npos);
    }
}

}  // namespace
}  // namespace wrist
