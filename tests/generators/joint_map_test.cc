// SPDX-License-Identifier: Apache-2.0
#include "generators/joint_map.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <fstream>

#include "generators/perform.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/fbx_text.h"
#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

fs::path write_text(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

fs::path write_map(const std::string& text) {
  return write_text(scratch_folder() / "joints.toml", text);
}

std::string error_of(const std::string& text) {
  try {
    read_joint_map(write_map(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(JointMap, ReadsArmsAndFingers) {
  const JointMap map = read_joint_map(
      write_map("hips = \"b0\"\n[left]\nshoulder = \"b1\"\nelbow = \"b2\"\nwrist = \"b3\"\n"
                "index = [\"b4\", \"b5\", \"b6\", \"b7\"]\nthumb = \"t\"\n"));
  EXPECT_EQ(map.hips, "b0");
  EXPECT_EQ(map.left.elbow, "b2");
  EXPECT_EQ(map.left.fingers[1][3], "b7");
  EXPECT_EQ(map.left.fingers[0][0], "t");
  EXPECT_EQ(map.left.fingers[2][0], "");
  EXPECT_EQ(map.right, JointMap::Arm{});
  EXPECT_EQ(to_json(map),
            R"({"hips":"b0","left":{"elbow":"b2","index":["b4","b5","b6","b7"],"shoulder":"b1",)"
            R"("thumb":["t"],"wrist":"b3"},"right":{}})");
}

TEST(JointMap, MistakesAreNamedWithLineAndHint) {
  const auto expect = [](const std::string& text, std::initializer_list<const char*> parts) {
    const std::string error = error_of(text);
    for (const char* part : parts) EXPECT_NE(error.find(part), std::string::npos) << error;
  };
  expect("[left]\nshoulder = \"a\"\nelbo = \"b\"\n",
         {"joints.toml:3", "left.elbo", "did you mean left.elbow?"});
  expect("[lefft]\nshoulder = \"a\"\n", {"lefft", "did you mean left?"});
  expect("[left]\nshoulder = 3\n", {":2", "left.shoulder", "a string"});
  expect("[left]\nindex = [\"a\", \"b\", \"c\", \"d\", \"e\"]\n", {"left.index", "one to four"});
  expect("[left]\nindex = []\n", {"left.index"});
  expect("", {"left", "table of joints"});
}

// Two seconds of a figure in a T-pose that bends its right elbow; joints by the names given.
std::string bvh_of(const std::array<std::string, 6>& arms) {
  const std::string turns = "CHANNELS 3 Zrotation Xrotation Yrotation\n";
  std::string text = "HIERARCHY\nROOT Hips\n{\nOFFSET 0 0 0\nCHANNELS 6 Xposition Yposition ";
  text += "Zposition Zrotation Xrotation Yrotation\nJOINT Spine\n{\nOFFSET 0 50 0\n" + turns;
  for (std::size_t j = 0; j < arms.size(); ++j) {
    const char* offset = j == 0 ? "-20 0 0" : j == 3 ? "20 0 0" : j < 3 ? "-28 0 0" : "28 0 0";
    text.append("JOINT ").append(arms[j]).append("\n{\nOFFSET ").append(offset);
    text.append("\n").append(turns);
    if (j % 3 == 2) text += "End Site\n{\nOFFSET 0 0 9\n}\n}\n}\n}\n";
  }
  text += "}\n}\nMOTION\nFrames: 120\nFrame Time: 0.0166667\n";
  for (int i = 0; i < 120; ++i) {
    char frame[128];
    std::snprintf(frame, sizeof frame,
                  "0 90 0 0 0 0 0 0 0 0 0 0 0 0 %.4f 0 0 0 0 0 0 0 0 0 0 0 0\n",
                  40 - 40 * std::cos(0.1 * i));
    text += frame;
  }
  return text;
}

std::string good_clip() {
  return bvh_of({"RightArm", "RightForeArm", "RightHand", "LeftArm", "LeftForeArm", "LeftHand"});
}

const char* kRenamed =
    "[right]\nshoulder = \"q2\"\nelbow = \"q3\"\nwrist = \"q4\"\n"
    "[left]\nshoulder = \"w2\"\nelbow = \"w3\"\nwrist = \"w4\"\n";

TEST(JointMap, ReachesTheClipsOfARecipe) {
  const fs::path clips = scratch_folder() / "clips";
  fs::create_directories(clips);
  write_text(clips / "odd.bvh", bvh_of({"q2", "q3", "q4", "w2", "w3", "w4"}));
  const fs::path map = write_text(clips.parent_path() / "joints.toml", kRenamed);
  const std::vector<std::string> with = {"motions.clips=" + clips.string(),
                                         "motions.joint_map=" + map.string()};
  const Recipe recipe = shipped_recipe("clips", with);
  const Recipe without = shipped_recipe("clips", {with[0]});
  ASSERT_EQ(recipe.clips.size(), 1u);
  EXPECT_EQ(ClipLibrary(recipe.clips, 1).clip("odd").map.right.elbow, "q3");
  EXPECT_NE(recipe_sha256(recipe), recipe_sha256(without));
  EXPECT_EQ(to_json(recipe).find(map.string()), std::string::npos) << "no path in the data";
  const Outcome lost = wristsim("clips check " + (clips / "odd.bvh").string());
  EXPECT_EQ(lost.code, 65) << lost.text;
  const Outcome found =
      wristsim("clips check --map " + map.string() + " " + (clips / "odd.bvh").string());
  EXPECT_EQ(found.code, 0) << found.text;
  EXPECT_NE(found.text.find("odd.bvh: ok, both arms, 1.98 s at 60 Hz"), std::string::npos)
      << found.text;
  EXPECT_EQ(wristsim("clips check --map /nowhere.toml " + (clips / "odd.bvh").string()).code, 2);
}

TEST(Clips, AnimationsOfOneFileAreClipsOfTheirOwn) {
  const fs::path folder = scratch_folder();
  const std::string pose = FbxText{.animated = false}.text(), bend = FbxText{}.text();
  write_text(folder / "pose.fbx", pose);
  write_text(folder / "bend.fbx", bend);
  write_text(folder / "bend.dae", collada_text("Y_UP", "0 0.5 1", "0 90 0", 3));
  const Recipe recipe = shipped_recipe("clips", {"motions.clips=" + folder.string()});
  ASSERT_EQ(recipe.clips.size(), 3u);
  EXPECT_EQ(recipe.clips[0].name, "bend");
  EXPECT_EQ(recipe.clips[1].name, folder.filename().string() + "/bend");
  const ClipLibrary library(recipe.clips, 2);
  EXPECT_EQ(library.clip("bend").time.count, 61);
}

TEST(Clips, ListShowAndCheckSayWhatIsThere) {
  const fs::path folder = scratch_folder();
  write_text(folder / "good.bvh", good_clip());
  write_text(folder / "pose.fbx", FbxText{.animated = false}.text());
  for (const char* list : {"clips list ", "clips "}) {
    const Outcome all = wristsim(std::string(list).append(folder.string()));
    EXPECT_EQ(all.code, 0) << all.text;
    for (const char* part : {"good.bvh", "pose.fbx", "both", "no motion: a pose of 3 joints"})
      EXPECT_NE(all.text.find(part), std::string::npos) << all.text;
  }
  const Outcome show = wristsim("clips show " + (folder / "good.bvh").string());
  for (const char* part : {"right arm: RightArm RightForeArm RightHand RightHand_end",
                           "wrist noise above 10 Hz", "      Spine", "longest standstill"})
    EXPECT_NE(show.text.find(part), std::string::npos) << part << " in " << show.text;
  const Outcome check = wristsim("clips check " + folder.string());
  EXPECT_EQ(check.code, 65);
  EXPECT_NE(check.text.find("good.bvh: ok, both arms"), std::string::npos) << check.text;
  EXPECT_NE(check.text.find("pose.fbx: no motion"), std::string::npos) << check.text;
  EXPECT_EQ(wristsim("clips check " + (folder / "good.bvh").string()).code, 0);
  write_text(folder / "torn.glb", "glTF");
  EXPECT_EQ(wristsim("clips list " + folder.string()).code, 65);
  EXPECT_EQ(wristsim("clips").code, 2);
  EXPECT_EQ(wristsim("clips show").code, 2);
  for (const char* way : {"list", "show", "check"}) {
    const Outcome json = shell(kProgram + "clips " + way + " --json " + folder.string() +
                               " | /usr/bin/python3 -c 'import json,sys; "
                               "print([c[\"usable\"] for c in json.load(sys.stdin)[\"clips\"]])'");
    EXPECT_EQ(json.text, "[True, False, False]\n") << way;
  }
}

}  // namespace
}  // namespace wrist
