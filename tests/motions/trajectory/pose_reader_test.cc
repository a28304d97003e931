// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/pose_reader.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "sim/base/error.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

fs::path file_of(const std::string& text) {
  const fs::path file = testing::scratch_folder() / "poses.csv";
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

// The message of the first error, empty if the whole file can be read.
std::string fault(const std::string& text) {
  try {
    PoseReader reader(file_of(text));
    PoseSample pose;
    while (reader.next(pose)) continue;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  return "";
}

TEST(PoseReader, ReadsColumnsInAnyOrderAndIgnoresOthers) {
  PoseReader reader(
      file_of("\xef\xbb\xbf# a comment\n\n\"qz\", qw ,name,t,px,py,pz,qx,qy\r\n"
              "0,1,a,2.5,1,+2,-3e-1,0,0\r\n# more\n1,0,b,2.75,4,5,6,0,0"));
  PoseSample pose;
  ASSERT_TRUE(reader.next(pose));
  EXPECT_EQ(pose.time_s, 2.5);
  EXPECT_EQ(pose.p_WB, Eigen::Vector3d(1, 2, -0.3));
  EXPECT_EQ(pose.R_WB.w(), 1);
  ASSERT_TRUE(reader.next(pose));
  EXPECT_EQ(pose.R_WB.z(), 1);
  EXPECT_FALSE(reader.next(pose));
  EXPECT_EQ(reader.poses(), 2);
  EXPECT_STREQ(reader.format(), "CSV");
}

TEST(PoseReader, ReadsTumAndKeepsSignsTogether) {
  PoseReader reader(
      file_of("# t x y z qx qy qz qw\n0 1 2 3 0.6 0 0 0.8\n\t0.5  1 2 3  -0.6 0 0 -0.8\n"));
  PoseSample pose;
  ASSERT_TRUE(reader.next(pose));
  EXPECT_DOUBLE_EQ(pose.R_WB.w(), 0.8);
  EXPECT_DOUBLE_EQ(pose.R_WB.x(), 0.6);
  ASSERT_TRUE(reader.next(pose));
  EXPECT_DOUBLE_EQ(pose.R_WB.w(), 0.8);
  EXPECT_STREQ(reader.format(), "TUM");
}

TEST(PoseReader, NamesFileAndLineOfEveryFault) {
  const std::string head = "t,px,py,pz,qw,qx,qy,qz\n0,0,0,0,1,0,0,0\n";
  const std::array<std::array<std::string, 3>, 11> cases = {{
      {"", "poses.csv: ", "found nothing"},
      {head + "0.1,0,0,0,1,0,0\n", "poses.csv:3: ", "expected 8 fields, found 7"},
      {head + "0.1,0,0,0,1,0,0,0\n0.1,0,0,0,1,0,0,0\n", ":4: ", "expected a time after 0.1"},
      {head + "0.1,0,0,0,0,0,0,0\n", ":3: ", "quaternion of length 1, found 0.0"},
      {head + "0.1,nan,0,0,1,0,0,0\n", ":3: px: ", "found \"nan\""},
      {head + "0.1,0,,0,1,0,0,0\n", ":3: py: ", "found \"\""},
      {head + "0.1,0,0,0x,1,0,0,0\n", ":3: pz: ", "found \"0x\""},
      {"t,px,py,pz,qw,qx,qy\n", ":1: ", "found no qz"},
      {"t,t,px,py,pz,qw,qx,qy,qz\n", ":1: ", "t twice"},
      {"1,0,0,0,1,0,0,0\n", ":1: ", "expected a header"},
      {"1400000000000000000 0 0 0 0 0 0 1\n", ":1: t: ", "finite number in s or m"},
  }};
  for (const auto& [text, where, what] : cases) {
    const std::string found = fault(text);
    EXPECT_NE(found.find(where), std::string::npos) << found;
    EXPECT_NE(found.find(what), std::string::npos) << found;
  }
  EXPECT_NE(fault("\x1f\x8b junk").find("gzip"), std::string::npos);
  EXPECT_NE(fault(head + std::string(300000, '1') + "\n").find("bytes, found a longer"),
            std::string::npos);
  EXPECT_THROW(PoseReader("/nowhere.csv"), Error);
  EXPECT_THROW(PoseReader("/tmp"), Error);
}

}  // namespace
}  // namespace wrist
