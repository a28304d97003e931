// SPDX-License-Identifier: Apache-2.0
// Hands without arms as the clips of a recipe.
#include <algorithm>
#include <fstream>

#include "generators/perform.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/hand_glb.h"
#include "tests/support/paths.h"
#include "tests/support/pose_files.h"
#include "tests/support/program.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::Outcome;
using testing::scratch_folder;
using testing::wristsim;

fs::path write(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
  return file;
}

// A folder of one of each, and one that is no hand.
fs::path hands() {
  const fs::path folder = scratch_folder() / "clips";
  fs::create_directories(folder);
  write(folder / "rig.glb", testing::hand_glb({}, {{"Fist", 1.2}, {"Half", 0.6}}).glb());
  write(folder / "flat.json", testing::json_pose());
  write(folder / "flats.handpose", testing::little_endian(testing::binary_pose()));
  return folder;
}

TEST(HandClips, MoveTheFingersOfEitherArmInARecipe) {
  const Recipe recipe = testing::shipped_recipe("clips", {"motions.clips=" + hands().string()});
  std::vector<std::string> names;
  for (const ClipSource& clip : recipe.clips) names.push_back(clip.name);
  EXPECT_EQ(names, (std::vector<std::string>{"flat", "flats", "rig:Fist", "rig:Half"}));
  const ClipLibrary library(recipe.clips, 2);
  const SubjectParams man = testing::average_man();
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(man, side);
    const Index knuckle = hinge(Body::middle_proximal);
    double size[2];
    for (const int half : {0, 1}) {
      const JointMotion motion = library.motion(half == 1 ? "rig:Half" : "rig:Fist", arm);
      EXPECT_GT(motion.time.end(), 8.3);
      const Series angle = motion.angles.col(knuckle);
      size[half] = angle.maxCoeff() - angle.minCoeff();
    }
    EXPECT_NEAR(size[0], 1.1, 0.1);
    EXPECT_NEAR(size[1], 0.5, 0.1);
    for (const char* pose : {"flat", "flats"}) {
      const Series angle = library.motion(pose, arm).angles.col(knuckle);
      EXPECT_GT(angle[0], angle.minCoeff() + 0.05) << "rest is not flat";
    }
  }
  EXPECT_THROW(library.clip("rig:Fist"), Error);
}

TEST(HandClips, AreCheckedByTheProgram) {
  const fs::path folder = hands();
  const Outcome good = wristsim("clips check " + folder.string());
  EXPECT_EQ(good.code, 0) << good.text;
  const auto said = [&](const std::string& line) {
    EXPECT_NE(good.text.find(line), std::string::npos) << line << "\n in\n" << good.text;
  };
  said("rig.glb:Fist: ok, hand only, right, 5 digits, 1 m per unit, 0.25 s at 60 Hz\n");
  said("rig.glb:Half: ok, hand only, right, ");
  said("flat.json: ok, hand only, left, 5 digits, 1 m per unit, a pose\n");
  said("flats.handpose: ok, hand only, right, 5 digits, 1 m per unit, a pose\n");
  const Outcome list = wristsim("clips list " + folder.string());
  EXPECT_EQ(list.code, 0);
  EXPECT_NE(list.text.find("hand only, right"), std::string::npos) << list.text;
  const Outcome show = wristsim("clips show " + (folder / "rig.glb").string());
  EXPECT_NE(show.text.find("note: 0.25 s long: played there and back 5 times"), std::string::npos)
      << show.text;
  const auto json =
      nlohmann::json::parse(wristsim("clips check --json " + folder.string()).text)["clips"];
  ASSERT_EQ(json.size(), 4u);
  EXPECT_EQ(json[0]["hand_side"], "left");
  EXPECT_EQ(json[2]["hand"], "Palm");
  EXPECT_EQ(json[2]["hand_digits"], 5);
  EXPECT_TRUE(json[2]["usable"]);
}

TEST(HandClips, SayWhatTheyAreNot) {
  const fs::path folder = scratch_folder();
  testing::GlbHand lacking;
  lacking.left_out = "F2c";
  const auto rig = write(folder / "rig.glb", testing::hand_glb(lacking, {{"Fist", 1.2}}).glb());
  const auto neither = write(folder / "neither.json", R"({"poses": []})");
  const auto cut = write(folder / "cut.handpose", "1234");
  const std::vector<std::pair<fs::path, std::string>> cases = {
      {rig, "expected a hand of five digits with three joints each at Palm, found 2 of the middle"},
      {neither, "found an object of \"poses\""},
      {cut, "expected 3404 bytes, found 4"}};
  for (const auto& [file, reason] : cases) {
    const Outcome checked = wristsim("clips check " + file.string());
    EXPECT_EQ(checked.code, 65);
    EXPECT_NE(checked.text.find(reason), std::string::npos) << checked.text;
    const Outcome made = wristsim("generate " + testing::kRecipes +
                                  "clips.toml --set motions.clips=" + file.string() + " --out " +
                                  (folder / "out").string());
    EXPECT_EQ(made.code, 65) << made.text;
    EXPECT_NE(made.text.find(reason), std::string::npos) << made.text;
  }
}

TEST(HandClips, AreGeneratedOnEitherWrist) {
  const fs::path folder = hands(), out = folder.parent_path() / "out";
  const Outcome made =
      wristsim("generate " + testing::kRecipes +
               "clips.toml --progress none --set recordings=8 --set "
               "'duration=\"3 s\"' --set 'devices.side=[\"left\", \"right\"]' --set "
               "motions.clips=" +
               folder.string() + " --out " + out.string());
  EXPECT_EQ(made.code, 0) << made.text;
  const Outcome seen = wristsim("inspect " + out.string());
  for (const char* part : {"8 recordings of 1 people, 24 s", "left-snug", "right-snug"})
    EXPECT_NE(seen.text.find(part), std::string::npos) << part << " in\n" << seen.text;
}

}  // namespace
}  // namespace wrist
