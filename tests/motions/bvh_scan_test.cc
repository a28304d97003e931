// SPDX-License-Identifier: Apache-2.0
#include "motions/bvh_scan.h"

#include <gtest/gtest.h>

#include "sim/base/error.h"
#include "tests/support/bvh_text.h"

namespace wrist {
namespace {

using testing::replaced;
using testing::small_bvh;

std::string fault_of(const std::string& text, const BvhLimits& limits = {}) {
  try {
    scan_bvh(text, "x.bvh", limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  return "no error";
}

TEST(BvhScan, ReadsAWellFormedText) {
  const BvhScan scan = scan_bvh(small_bvh(), "x.bvh");
  ASSERT_EQ(scan.nodes.size(), 3u);
  EXPECT_EQ(scan.joints, 2);
  EXPECT_EQ(scan.nodes[0].name, "hip");
  EXPECT_EQ(scan.nodes[0].parent, -1);
  EXPECT_TRUE(scan.nodes[0].has_position);
  EXPECT_EQ(scan.nodes[1].name, "chest");
  EXPECT_EQ(scan.nodes[1].channels, 3);
  EXPECT_TRUE(scan.nodes[2].end_site);
  EXPECT_EQ(scan.nodes[2].parent, 1);
  EXPECT_EQ(scan.frames, 3);
  EXPECT_DOUBLE_EQ(scan.frame_time_s, 0.0083333);
  EXPECT_EQ(scan.rate_hz, 120);
}

TEST(BvhScan, AcceptsWhatExportersWrite) {
  std::string crlf = small_bvh();
  for (std::size_t at = 0; (at = crlf.find('\n', at)) != crlf.npos; at += 2)
    crlf.replace(at, 1, "\r\n");
  EXPECT_EQ(fault_of(crlf), "no error");
  EXPECT_EQ(fault_of(small_bvh() + "\n \n"), "no error");
  EXPECT_EQ(fault_of(replaced(small_bvh(), "1.0 90.0", "  +1 .9e2")), "no error");
  EXPECT_EQ(fault_of(replaced(small_bvh(), "4.75e-17", "1e-400")), "no error");
  EXPECT_EQ(fault_of(replaced(small_bvh(), "Frames: 3", "Frames:\t3")), "no error");
  EXPECT_EQ(fault_of(replaced(small_bvh(), "ROOT hip\n{", "ROOT hip {")), "no error");
}

struct Malformed {
  const char *from, *to;
  int line;
  const char* text;  // after "x.bvh:LINE: expected "
};

TEST(BvhScan, NamesLineAndFault) {
  const std::string channels3 = "CHANNELS 3 Zrotation Xrotation Yrotation";
  const std::vector<Malformed> cases = {
      {"HIERARCHY", "hierarchy", 1,
       "HIERARCHY, found \"hierarchy\" (BVH keywords are case-sensitive)"},
      {"HIERARCHY", "\xEF\xBB\xBFHIERARCHY", 1,
       "HIERARCHY, found a UTF-8 byte order mark (save the file without one)"},
      {"HIERARCHY", "\xFF\xFEH", 1, "HIERARCHY, found a UTF-16 byte order mark"},
      {"ROOT hip", "JOINT hip", 2, "ROOT, found \"JOINT\""},
      {"ROOT hip", "ROOT", 3, "a joint name of one plain word, apart from { and }, found \"{\""},
      {"ROOT hip\n{", "ROOT hip{", 2,
       "a joint name of one plain word, apart from { and }, found \"hip{\""},
      {"JOINT chest", "JOINT upper chest", 6, "{, found \"chest\""},
      {"JOINT chest", "JOINT ch\x01st", 6,
       "a joint name of one plain word, apart from { and }, found \"ch?st\""},
      {"JOINT chest", "JOINT hip", 6, "a joint name not used before, found \"hip\""},
      {"JOINT chest", "joint chest", 6, "OFFSET, CHANNELS, JOINT, End Site or }, found \"joint\""},
      {"  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation\n", "", 5,
       "CHANNELS of joint \"hip\" before its child JOINT, found \"JOINT\""},
      {"    CHANNELS 3 Zrotation Xrotation Yrotation\n", "", 9,
       "CHANNELS of joint \"chest\" before its End Site, found \"Site\""},
      {"    OFFSET 0 20.5 -0.7\n", "", 9,
       "OFFSET of joint \"chest\" before its End Site, found \"Site\""},
      {"CHANNELS 3 Z", "CHANNELS 4 Z", 9,
       "4 channels, such as Xposition or Zrotation, found the end of the line"},
      {"CHANNELS 3 Z", "CHANNELS 2 Z", 9, "a line end after 2 channels, found \"Yrotation\""},
      {"CHANNELS 3 Z", "CHANNELS x Z", 9, "a channel count from 0 to 6, found \"x\""},
      {"CHANNELS 3 Z", "CHANNELS 99 Z", 9, "a channel count from 0 to 6, found \"99\""},
      {"3 Zrotation", "3 zrotation", 9,
       "3 channels, such as Xposition or Zrotation, found \"zrotation\""},
      {"3 Zrotation", "3 Yrotation", 9, "every channel once, found \"Yrotation\""},
      {"3 Zrotation Xrotation Yrotation", "3 Xposition Yposition Zposition", 9,
       "rotations, or three positions and three rotations, for joint \"chest\", found positions "
       "only"},
      {"3 Zrotation Xrotation Yrotation", "3 Xposition Yrotation Zrotation", 9,
       "rotations, or three positions and three rotations, for joint \"chest\", found 1 positions "
       "in 3 channels"},
      {"    End Site", "    OFFSET 0 0 0\n    End Site", 10,
       "one OFFSET per joint, found \"OFFSET\" again"},
      {"    End Site", "    End", 11, "Site, found \"{\""},
      {"  }\n}\n", "    End Site { OFFSET 1 1 1 }\n  }\n}\n", 14,
       "one End Site per joint, found \"Site\" again"},
      {"0 20.5 -0.7", "0 20.5", 9, "a finite number, found \"CHANNELS\""},
      {"MOTION", "ROOT second\n{\n}\nMOTION", 16, "MOTION, found \"ROOT\""},
      {"Frames: 3", "Frames : 3", 17, "Frames:, found \"Frames\""},
      {"Frames: 3", "frames: 3", 17,
       "Frames:, found \"frames:\" (BVH keywords are case-sensitive)"},
      {"Frames: 3", "Frames: 0", 17, "at least 1 frame, found \"0\""},
      {"Frames: 3", "Frames: -5", 17, "a frame count from 1 to 16777216, found \"-5\""},
      {"Frames: 3", "Frames: nan", 17, "a frame count from 1 to 16777216, found \"nan\""},
      {"Frames: 3", "Frames: 1e30", 17, "a frame count from 1 to 16777216, found \"1e30\""},
      {"Frames: 3", "Frames: 3.0", 17, "a frame count from 1 to 16777216, found \"3.0\""},
      {"Frames: 3", "Frames: 4000000000", 17,
       "a frame count from 1 to 16777216, found \"4000000000\""},
      {"Frames: 3", "Frames: 16000000", 18, "16000000 frames of 9 values, found only"},
      {"Frames: 3", "Frames: 4", 22, "4 frames, found the end of the file after 3"},
      {"Frames: 3", "Frames: 2", 21, "the end of the file after 2 frames, found \"2.0\""},
      {"0.0083333", "0", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"0\""},
      {"0.0083333", "-1", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"-1\""},
      {"0.0083333", "nan", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"nan\""},
      {"0.0083333", "inf", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"inf\""},
      {"0.0083333", "1e-40", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"1e-40\""},
      {"0.0083333", "0,0083333", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"0,0083333\""},
      {"0.0083333", "0.0.83", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"0.0.83\""},
      {"0.0083333", "8.3333", 18,
       "a Frame Time between 0.0001 and 1 s as a plain decimal number, found \"8.3333\""},
      {"0.0083333", "0.0083333 1.0", 18, "a line end after the Frame Time, found \"1.0\""},
      {"1.5 90.5", "nan 90.5", 20, "a finite number, found \"nan\""},
      {"1.5 90.5", "-inf 90.5", 20, "a finite number, found \"-inf\""},
      {"1.5 90.5", "1e400 90.5", 20, "a finite number, found \"1e400\""},
      {"1.5 90.5", "1e39 90.5", 20, "a finite number, found \"1e39\""},
      {"1.5 90.5", "0x1p3 90.5", 20, "a finite number, found \"0x1p3\""},
      {"1.5 90.5", "1,5 90,5", 20, "a finite number, found \"1,5\" (decimals need a point)"},
      {"1.5 90.5", "1.5 x 90.5", 20, "a finite number, found \"x\""},
      {"1.5 90.5", "90.5", 20, "9 values in frame 2, found 8"},
      {"1.5 90.5", "7 1.5 90.5", 20, "a line end after the 9 values of frame 2, found \"0.0\""},
      {"4.75e-17\n", "4.75e-17\n1 2 3\n", 22, "the end of the file after 3 frames, found \"1\""},
      {" 12.0 -5e-1 4.75e-17\n", " 12.0\n", 21, "9 values in frame 3, found 7"},
      {"MOTION", "", 17, "MOTION, found \"Frames:\""},
  };
  for (const Malformed& c : cases) {
    const std::string wanted = "x.bvh:" + std::to_string(c.line) + ": expected " + c.text;
    EXPECT_EQ(fault_of(replaced(small_bvh(), c.from, c.to)).substr(0, wanted.size()), wanted)
        << "for " << c.from << " -> " << c.to;
  }
}

TEST(BvhScan, RefusesEveryCutFile) {
  const std::string whole = small_bvh();
  for (std::size_t size = 0; size + 1 < whole.size(); ++size)
    EXPECT_NE(fault_of(whole.substr(0, size)), "no error") << "cut to " << size << " bytes";
}

TEST(BvhScan, AcceptsAMissingLastLineEndOnlyWithAllDecimals) {
  const std::string even = replaced(small_bvh(), "12.0 -5e-1 4.75e-17\n", "12.0 0.2 75.5");
  EXPECT_EQ(fault_of(even), "no error");
  EXPECT_EQ(fault_of(even.substr(0, even.size() - 2)),
            "x.bvh:21: expected a line end after the last value, found the end of the file (was it "
            "cut? if "
            "it is whole, add a line end)");
}

std::string nested(int depth) {
  std::string open, close;
  for (int i = 0; i < depth; ++i) {
    open += (i == 0 ? "ROOT j" : "JOINT j") + std::to_string(i) +
            "\n{\nOFFSET 0 1 0\nCHANNELS 1 Xrotation\n";
    close += "}\n";
  }
  std::string values;
  for (int i = 0; i < depth; ++i) values += "0 ";
  return "HIERARCHY\n" + open + close + "MOTION\nFrames: 1\nFrame Time: 0.01\n" + values + "\n";
}

TEST(BvhScan, LimitsDepthJointsNamesAndSize) {
  EXPECT_EQ(fault_of(nested(256)), "no error");
  EXPECT_EQ(fault_of(nested(257)),
            "x.bvh:1026: expected joints nested at most 256 deep, found \"j256\" deeper");
  EXPECT_EQ(fault_of(nested(100000)),
            "x.bvh:1026: expected joints nested at most 256 deep, found \"j256\" deeper");
  std::string wide = small_bvh();
  std::string joints;
  for (int i = 0; i < 1100; ++i)
    joints += "JOINT w" + std::to_string(i) + " {\nOFFSET 0 0 0\nCHANNELS 1 Xrotation\n}\n";
  EXPECT_EQ(fault_of(replaced(wide, "  JOINT chest", joints + "  JOINT chest")),
            "x.bvh:4098: expected at most 1024 joints, found \"w1023\" as one more");
  EXPECT_EQ(fault_of(replaced(wide, "chest", std::string(256, 'n'))),
            "x.bvh:6: expected a joint name of at most 255 characters, found \"" +
                std::string(40, 'n') + "...\"");
  BvhLimits small;
  small.bytes = 100;
  EXPECT_EQ(fault_of(wide, small),
            "x.bvh:1: expected at most 100 bytes, found " + std::to_string(wide.size()));
}

TEST(BvhScan, RefusesTextThatIsNotText) {
  EXPECT_EQ(fault_of(""), "x.bvh:1: expected HIERARCHY, found the end of the file");
  EXPECT_EQ(fault_of(std::string(1000, '\0')).substr(0, 35), "x.bvh:1: expected HIERARCHY, found ");
  EXPECT_EQ(fault_of("HIERARCHY\rROOT a\r"),
            "x.bvh:1: expected lines that end in LF or CR LF, found CR alone");
}

// A whole rate only where it rounds to the digits written; import of 0.008342 as 120 Hz would be
// wrong.
TEST(BvhScan, SnapsTheRateWithinRoundingOnly) {
  for (const char* text : {"0.0083333", "0.00833333", "0.008333333333333333"})
    EXPECT_EQ(frame_rate(text), 120);
  EXPECT_EQ(frame_rate("0.016667"), 60);
  EXPECT_EQ(frame_rate(".03333"), 30);
  EXPECT_EQ(frame_rate("0.010000"), 100);
  EXPECT_EQ(frame_rate("0.04"), 25);
  EXPECT_DOUBLE_EQ(frame_rate("0.008342"), 1 / 0.008342);
  EXPECT_DOUBLE_EQ(frame_rate("0.0333667"), 1 / 0.0333667);  // 29.97
}

}  // namespace
}  // namespace wrist
