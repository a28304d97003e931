// SPDX-License-Identifier: Apache-2.0
#include "motions/import_hand.h"

#include <fstream>
#include <functional>

#include "motions/clip.h"
#include "sim/base/error.h"
#include "sim/body/arm_model.h"
#include "tests/support/paths.h"
#include "tests/support/pose_files.h"

namespace wrist {
namespace {

using testing::json_pose;
using testing::scratch_folder;

const char* const kEmptyLeap =
    R"({"metadata": {"joints": 1}, "frames": [{"timestamp": 1, "hands": [], "pointables": []}]})";

std::filesystem::path write(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string fault(const std::filesystem::path& file) {
  try {
    import_hand(file);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

TEST(ImportHand, TakesAPoseOfItsOwnSide) {
  const auto folder = scratch_folder();
  const HandRecording left = import_hand(write(folder / "flat.json", json_pose()));
  EXPECT_EQ(left.side, Side::left);
  EXPECT_EQ(left.name, "flat");
  EXPECT_EQ(left.count(), 1);
  EXPECT_TRUE(left.notes.empty());
  const auto binary = testing::little_endian(testing::binary_pose());
  const HandRecording right = import_hand(write(folder / "Big.HANDPOSE", binary));
  EXPECT_EQ(right.side, Side::right);
  EXPECT_EQ(right.name, "Big");
  EXPECT_NEAR(right.joint(0, 1, HandJoint::tip).z(), -0.30,
              1e-6);  // the right one is twice as long
}

// By the keys of the root, not by those further in: Leap's reader is the one that complains.
TEST(ImportHand, TellsLeapFromAPoseByItsContent) {
  const auto folder = scratch_folder();
  EXPECT_NE(fault(write(folder / "leap.json", kEmptyLeap)).find("hand in some frame, found none"),
            std::string::npos);
  const std::string inner = R"({"joints": {"frames": []}})";
  EXPECT_NE(fault(write(folder / "pose.json", inner)).find("joint wrist: expected it"),
            std::string::npos);
}

TEST(ImportHand, SaysWhatAFileIsThatIsNeither) {
  const auto file = scratch_folder() / "neither.json";
  const auto found = [&](const std::string& text) {
    const std::string said = fault(write(file, text));
    EXPECT_TRUE(said.starts_with(file.string() + ": expected JSON of a Leap recording"
                                                 " (\"frames\") or of a WebXR hand pose"
                                                 " (\"joints\"), found "))
        << said;
    return said.substr(said.rfind("found ") + 6);
  };
  EXPECT_EQ(found(R"({"name": {"frames": 1}, "list": [{"joints": 2}]})"),
            R"(an object of "name", "list")");
  EXPECT_EQ(found("{}"), "an empty object");
  EXPECT_EQ(found("[1, {\"frames\": []}]"), "a list");
  EXPECT_EQ(found("1.5"), "a number");
  EXPECT_EQ(found("\"frames\""), "a string");
  EXPECT_EQ(found("null"), "null");
  EXPECT_EQ(found(""), "no JSON at byte 1");
  EXPECT_EQ(found("HIERARCHY"), "no JSON at byte 1");
  EXPECT_EQ(found("{\"a\": 1e999, \"b\": }"), "no JSON at byte 11");  // no number
  EXPECT_EQ(found("{\"a\": 1"), "no JSON at byte 8");
  EXPECT_EQ(found(std::string(100000, '[')), "no JSON at byte 100001");
}

TEST(ImportHand, SaysThatAFileIsNotThere) {
  try {
    import_hand(scratch_folder() / "none.json");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
  }
}

TEST(FindClips, TakesHandsOfAFolderByWhatTheyHold) {
  const auto folder = scratch_folder();
  write(folder / "a.handpose", "x");
  write(folder / "b.json", json_pose());
  write(folder / "c.json", kEmptyLeap);
  write(folder / "d.json.gz", "\x1f\x8b cut");
  write(folder / "package.json", R"({"name": "no hand"})");
  write(folder / "broken.json", "{");
  write(folder / "notes.txt", "x");
  std::filesystem::create_symlink("nowhere", folder / "gone.json");
  std::vector<std::string> names;
  for (const auto& file : find_clips(folder)) names.push_back(file.filename().string());
  EXPECT_EQ(names, (std::vector<std::string>{"a.handpose", "b.json", "c.json", "d.json.gz"}));
  // Asked for by its name, it is taken, and says itself what it is not.
  EXPECT_EQ(find_clips(folder / "package.json").size(), 1u);
}

}  // namespace
}  // namespace wrist
