// SPDX-License-Identifier: Apache-2.0
#include "motions/import_leap.h"

#include <fenv.h>

#include <fstream>
#include <functional>

#include "sim/base/error.h"
#include "sim/body/arm_model.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::scratch_folder;

std::string list(const Vector3d& v) {
  return std::string("[") + std::to_string(v.x()) + "," + std::to_string(v.y()) + "," +
         std::to_string(v.z()) + "]";
}

// A flat right hand, mm: palm down at (0, 200, 0), fingers along -z, thumb at -x. Joint 0 is the
// carpal.
Vector3d joint(int digit, int j) {
  return {-40. + 20 * digit, 200, 60. - 30 * (digit == 0 && j == 0 ? 1 : j)};
}

const char* const kKeys[] = {"carpPosition", "mcpPosition", "pipPosition", "dipPosition",
                             "tipPosition"};

std::string whole_hand(int id, const std::string& type) {
  return std::string("{\"id\":") + std::to_string(id) + ",\"type\":\"" + type +
         "\",\"direction\":[0,0,-1],\"palmNormal\":[0,-1,0],\"palmPosition\":[0,200,0],"
         "\"pinchStrength\":0.25,\"grabStrength\":0.5}";
}

// Out of order, as they come: the type says which finger it is.
std::string whole_fingers(int id, bool left) {
  std::string text;
  for (const int digit : {1, 2, 3, 4, 0}) {
    text += std::string(text.empty() ? "" : ",") + "{\"id\":" + std::to_string(10 * id + digit) +
            ",\"handId\":" + std::to_string(id) +
            ",\"tool\":false,\"type\":" + std::to_string(digit);
    for (int j = 1; j < 5; ++j) {
      Vector3d p = joint(digit, j);
      if (left) p.x() *= -1;
      text.append(",\"").append(kKeys[j]).append("\":").append(list(p));
    }
    text += "}";
  }
  return text;
}

std::string whole_frame(long microseconds, const std::string& hands, const std::string& fingers) {
  return std::string("{\"id\":1,\"timestamp\":") + std::to_string(microseconds) + ",\"hands\":[" +
         hands + "],\"pointables\":[" + fingers + "]}";
}

std::string whole(const std::vector<std::string>& frames) {
  std::string text = "{\"metadata\":{\"formatVersion\":1},\"frames\":[";
  for (const std::string& frame : frames) text += (text.back() == '[' ? "" : ",\n") + frame;
  return text + "]}";
}

std::string three_frames() {
  const std::string hand = whole_hand(7, "right"), fingers = whole_fingers(7, false);
  return whole({whole_frame(1000000, hand, fingers), whole_frame(1009000, hand, fingers),
                whole_frame(1026500, hand, fingers)});
}

std::string packed() {
  std::string text =
      "{\"frames\":[[\"id\",\"timestamp\",{\"hands\":[[\"id\",\"type\",\"direction\","
      "\"palmNormal\","
      "\"palmPosition\",\"pinchStrength\",\"grabStrength\"]]},{\"pointables\":[[\"id\",\"handId\","
      "\"tool\",\"carpPosition\",\"mcpPosition\",\"pipPosition\",\"dipPosition\",\"tipPosition\"]]}"
      "]";
  for (const int frame : {0, 1}) {
    text += std::string(",[5,") + std::to_string(2000000 + 17000 * frame) +
            ",[[9,\"right\",[0,0,-1],[0,-1,0],[0,200,0],0.25,0.5]],[";
    for (int digit = 0; digit < 5; ++digit) {
      text.append(digit > 0 ? ",[" : "[").append(std::to_string(90 + digit)).append(",9,false");
      for (int j = 0; j < 5; ++j) text.append(",").append(list(joint(digit, j)));
      text += "]";
    }
    text += "]]";
  }
  return text + "]}";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

std::string fault_of(const std::string& text, const LeapLimits& limits = {}) {
  try {
    read_leap(text, "made.json", {}, limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

void expect_flat(const HandRecording& hand, Index frame) {
  for (int digit = 0; digit < kDigits; ++digit)
    for (int j = 0; j < kJointsPerDigit; ++j) {
      const int seen = j == 0 && !hand.has_carpals ? 1 : j;
      EXPECT_LT(
          (hand.joint(frame, digit, static_cast<HandJoint>(j)) - 1e-3 * joint(digit, seen)).norm(),
          1e-9)
          << digit << " " << j;
    }
  const Eigen::Matrix3d R = quaternion(hand.R_LH, frame).toRotationMatrix();
  EXPECT_LT((R.col(0) - Vector3d(0, 0, -1)).norm(), 1e-12);
  EXPECT_LT((R.col(2) - Vector3d(0, 1, 0)).norm(), 1e-12);
  EXPECT_NEAR(hand.p_LH(frame, 1), 0.2, 1e-12);
  EXPECT_EQ(hand.pinch[frame], 0.25);
  EXPECT_EQ(hand.grab[frame], 0.5);
}

TEST(ImportLeap, ReadsWholeFrames) {
  const HandRecording hand = read_leap(three_frames(), "made.json");
  EXPECT_EQ(hand.side, Side::right);
  EXPECT_EQ(hand.tip, TipPoint::pad_centre);
  EXPECT_FALSE(hand.has_carpals);
  ASSERT_EQ(hand.count(), 3);
  EXPECT_EQ(hand.time_s[0], 0);
  EXPECT_NEAR(hand.time_s[1], 0.009, 1e-12);
  EXPECT_NEAR(hand.time_s[2], 0.0265, 1e-12);
  for (Index i = 0; i < 3; ++i) expect_flat(hand, i);
  EXPECT_NEAR(tip_distance(hand)[1], 0.020, 1e-9);
}

TEST(ImportLeap, ReadsPackedFrames) {
  const HandRecording hand = read_leap(packed(), "made.json");
  EXPECT_TRUE(hand.has_carpals);
  ASSERT_EQ(hand.count(), 2);
  EXPECT_NEAR(hand.time_s[1], 0.017, 1e-12);
  for (Index i = 0; i < 2; ++i) expect_flat(hand, i);
  EXPECT_TRUE(hand.notes.empty());
}

TEST(ImportLeap, FollowsOneHandAndSaysWhereItIsLost) {
  const std::string right = whole_hand(7, "right"), left = whole_hand(8, "left"),
                    both = right + "," + left;
  const std::string fingers = whole_fingers(7, false), others = whole_fingers(8, true);
  const std::string text = whole({
      whole_frame(1000000, "", ""),
      whole_frame(1010000, left, others),
      whole_frame(1020000, both, fingers + "," + others),
      whole_frame(1420000, right, fingers),
      whole_frame(1430000, right, fingers),
  });
  const HandRecording seen = read_leap(text, "made.json");
  EXPECT_EQ(seen.side, Side::right);
  ASSERT_EQ(seen.count(), 3);
  EXPECT_EQ(seen.time_s[0], 0);
  EXPECT_NEAR(seen.time_s[1], 0.4, 1e-9);
  EXPECT_NE(seen.notes.at(0).find("not seen in 2 of 5 frames"), std::string::npos);
  EXPECT_NE(seen.notes.at(2).find("longest gap is 0.4"), std::string::npos);
  const HandRecording other = read_leap(text, "made.json", Side::left);
  EXPECT_EQ(other.side, Side::left);
  ASSERT_EQ(other.count(), 2);
  EXPECT_NEAR(other.joint(0, 0, HandJoint::tip).x(), 0.04, 1e-9);
  EXPECT_NO_THROW(require_sound(other));
}

TEST(ImportLeap, LeavesToolsAndStrayFingersOut) {
  const std::string tool =
      "{\"id\":3,\"handId\":7,\"tool\":true,\"tipPosition\":[1,2,3]},"
      "{\"id\":4,\"handId\":-1,\"tool\":false,\"tipPosition\":[1,2,3]}";
  const std::string text =
      whole({whole_frame(1000000, whole_hand(7, "right"), tool + "," + whole_fingers(7, false))});
  expect_flat(read_leap(text, "made.json"), 0);
}

TEST(ImportLeap, NamesFrameAndKeyOfAFault) {
  const std::string good = three_frames();
  const auto with = [&](const std::string& from, const std::string& to) {
    return fault_of(replaced(good, from, to));
  };
  EXPECT_EQ(with("\"pinchStrength\":0.25", "\"pinchStrength\":1.5"),
            "made.json: frame 1: hands: pinchStrength: expected a number from 0 to 1, found 1.5");
  EXPECT_EQ(with("\"pinchStrength\":0.25,", ""),
            "made.json: frame 1: hands: pinchStrength: expected a number from 0 to 1, found none");
  EXPECT_EQ(with("\"grabStrength\":0.5", "\"grabStrength\":null"),
            "made.json: frame 1: hands: grabStrength: expected a number from 0 to 1, found null");
  EXPECT_EQ(with("\"type\":\"right\"", "\"type\":\"foot\""),
            "made.json: frame 1: hands: type: expected left or right, found \"foot\"");
  EXPECT_EQ(with("\"dipPosition\":[-20.000000", "\"dipPosition\":[1e30"),
            "made.json: frame 1: pointables: dipPosition: expected three numbers up to 5000, found "
            "1e+30");
  EXPECT_EQ(with("\"tipPosition\":[-20.000000,", "\"tipPosition\":["),
            "made.json: frame 1: pointables: tipPosition: expected three numbers up to 5000, found "
            "array of 2");
  EXPECT_EQ(with("\"direction\":[0,0,-1]", "\"direction\":[0,0,0]"),
            "made.json: frame 1: hands: direction: expected a unit vector, found length 0.000000");
  EXPECT_EQ(with("\"palmNormal\":[0,-1,0]", "\"palmNormal\":[0,0,1]"),
            "made.json: frame 1: hands: palmNormal: expected it square to direction, found a "
            "cosine of -1.000000");
  EXPECT_EQ(with("\"timestamp\":1009000", "\"timestamp\":999000"),
            "made.json: frame 2: timestamp: expected one after the frame before, found 0.999000 s");
  EXPECT_EQ(with("\"timestamp\":1026500", "\"timestamp\":9e14"),
            "made.json: frame 3: timestamp: expected at most 3600 s after the first, found "
            "899999999.000000 s");
  EXPECT_EQ(with("\"type\":1", "\"type\":0"),
            "made.json: frame 1: pointables: type: expected every finger once, found 0 again");
  EXPECT_EQ(with("\"id\":73,\"handId\":7", "\"id\":73,\"handId\":6"),
            "made.json: frame 1: pointables: expected all five fingers of hand 7, found 4");
  // A right hand that says it is a left one.
  try {
    read_leap(replaced(good, "\"type\":\"right\"", "\"type\":\"left\""), "made.json", Side::left);
    FAIL();
  } catch (const Error& error) {
    EXPECT_STREQ(error.what(),
                 "made.json: frame 1: expected the index knuckle on the thumb's side of a left "
                 "palm, at least 10 mm from the little one's, found -60.000000 mm");
  }
}

TEST(ImportLeap, RefusesWhatIsNoRecording) {
  fedisableexcept(FE_OVERFLOW);  // what the C library does with 1e999
  const std::string good = three_frames();
  for (const std::size_t cut : {0ul, 1ul, 40ul, good.size() / 2, good.size() - 1})
    EXPECT_NE(fault_of(good.substr(0, cut)).find("expected JSON"), std::string::npos) << cut;
  EXPECT_NE(fault_of(replaced(good, "0.25", "NaN")).find("expected JSON"), std::string::npos);
  EXPECT_NE(fault_of(replaced(good, "0.25", "1e999")).find("finite numbers"), std::string::npos);
  EXPECT_NE(fault_of("[]").find("frames: expected a list"), std::string::npos);
  EXPECT_NE(fault_of("{\"frames\":{}}").find("frames: expected a list"), std::string::npos);
  EXPECT_NE(fault_of("{\"frames\":[]}").find("at least one"), std::string::npos);
  EXPECT_NE(fault_of("{\"frames\":[7]}").find("frame 1: expected an object, found 7"),
            std::string::npos);
  EXPECT_NE(fault_of("{\"frames\":[[\"id\"]]}").find("columns of hands"), std::string::npos);
  EXPECT_NE(fault_of(whole({whole_frame(1, "", "")})).find("a right hand in some frame"),
            std::string::npos);
  EXPECT_NE(fault_of(replaced(packed(), "[93,9", "[97,9"))
                .find("frame 1: pointables: id: expected "
                      "ten times the hand's"),
            std::string::npos);
  EXPECT_NE(
      fault_of(replaced(packed(), "[5,2017000,", "[5,2017000],[")).find("frame 2: pointables"),
      std::string::npos);
  EXPECT_NE(fault_of(std::string("{\"frames\":") + std::string(100000, '[')).find("expected JSON"),
            std::string::npos);
  feclearexcept(FE_ALL_EXCEPT);
  feenableexcept(FE_OVERFLOW);
}

std::string little_endian(std::uint32_t x) {
  std::string bytes;
  for (int b = 0; b < 4; ++b) bytes += static_cast<char>(x >> 8 * b & 0xff);
  return bytes;
}

// A gzip file of one stored block, made here: RFC 1951 and 1952.
std::string gzip(const std::string& text) {
  std::uint32_t crc = 0xffffffff;
  for (const char c : text) {
    crc ^= static_cast<unsigned char>(c);
    for (int k = 0; k < 8; ++k) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const auto size = static_cast<std::uint32_t>(text.size());
  const std::string header("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  return header + '\1' + little_endian(size | (~size << 16)) + text + little_endian(~crc) +
         little_endian(size);
}

TEST(ImportLeap, UnpacksGzipAndRefusesDamage) {
  const auto file = scratch_folder() / "wave.json.gz";
  const auto read = [&](const std::string& bytes, const LeapLimits& limits) {
    std::ofstream(file, std::ios::binary) << bytes;
    return import_leap(file, {}, limits);
  };
  const std::string text = three_frames(), good = gzip(text);
  ASSERT_LT(text.size(), 65536u);
  const HandRecording hand = read(good, {});
  EXPECT_EQ(hand.name, "wave");
  EXPECT_EQ(hand.count(), 3);
  EXPECT_EQ(read(text, {}).count(), 3);  // whatever the name says
  std::string flipped = good;
  flipped[200] = static_cast<char>(flipped[200] ^ 1);
  for (const std::string& bad : {flipped, good.substr(0, good.size() - 9), good.substr(0, 12),
                                 good + "x", good.substr(0, 2)}) {
    try {
      read(bad, {});
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::bad_data);
      EXPECT_NE(std::string(error.what()).find("wave.json.gz: expected"), std::string::npos);
    }
  }
  LeapLimits small;
  small.bytes = text.size() - 1;
  EXPECT_THROW(read(good, small), Error);
  EXPECT_THROW(read(text, small), Error);
  try {
    import_leap(file.parent_path() / "none.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
  }
}

}  // namespace
}  // namespace wrist
