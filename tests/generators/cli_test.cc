// SPDX-License-Identifier: Apache-2.0
// The program as a user meets it: exit codes, one-line errors, nothing left looking finished.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <string>

#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::size_t lines(const std::string& text) {
  return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

bool any_shard(const fs::path& folder) {
  if (!fs::exists(folder)) return false;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.path().string().find("shard-") != std::string::npos) return true;
  return false;
}

TEST(Cli, HelpAndNoArgumentsHelpANewcomer) {
  EXPECT_EQ(wristsim("").code, 0);
  EXPECT_NE(wristsim("").text.find("wristsim generate"), std::string::npos);
  for (const char* command : {"generate", "merge", "validate", "inspect", "clips", "plan", "view",
                              "allan", "imu", "stress"}) {
    const Outcome help = wristsim(std::string(command) + " --help");
    EXPECT_EQ(help.code, 0) << command;
    EXPECT_NE(help.text.find(std::string("wristsim ") + command), std::string::npos)
        << "example first";
    EXPECT_NE(help.text.find("--json"), std::string::npos) << command;
  }
  EXPECT_EQ(wristsim("--version").text.substr(0, 9), "wristsim ");
}

TEST(Cli, UsageMistakesExitTwo) {
  EXPECT_EQ(wristsim("generate").code, 2);
  const Outcome typo = wristsim("genrate x");
  EXPECT_EQ(typo.code, 2);
  EXPECT_NE(typo.text.find("did you mean generate"), std::string::npos) << typo.text;
  const std::string out = scratch_folder().string();
  const Outcome key =
      wristsim("generate " + kRecipes + "quickstart.toml --out " + out + " --set wear.presure=3");
  EXPECT_EQ(key.code, 2);
  EXPECT_EQ(lines(key.text), 1u) << key.text;
  EXPECT_NE(key.text.find("did you mean wear.pressure?"), std::string::npos) << key.text;
  EXPECT_EQ(wristsim("generate /nowhere.toml --out " + out).code, 2);
  EXPECT_FALSE(any_shard(out));
}

TEST(Cli, AllanSaysWhatItCannotDo) {
  const fs::path folder = scratch_folder();
  const std::string csv = (folder / "moves.csv").string(), part = (folder / "p.toml").string();
  std::ofstream file(csv);
  file << "t,ax,ay,az\n";
  for (int i = 0; i < 3000; ++i)
    file << 0.02 * i << "," << (i * 7919 % 1000) / 100. << "," << i * 104729 % 1000 / 500.
         << ",9\n";
  file.close();
  const Outcome moving = wristsim("allan " + csv + " --part " + part);
  EXPECT_EQ(moving.code, 1) << moving.text;
  EXPECT_NE(moving.text.find("NOT AT REST"), std::string::npos) << moving.text;
  EXPECT_FALSE(fs::exists(part));
  const Outcome plot = wristsim("allan " + csv + " --plot x.png");
  EXPECT_EQ(plot.code, 2);
  EXPECT_NE(plot.text.find("expected a name that ends in .svg or .html"), std::string::npos);
  EXPECT_EQ(wristsim("allan " + csv + " --sequence 1").code, 2);
  EXPECT_EQ(wristsim("allan " + csv + " --gyro-unit knots --accel-unit furlongs").code, 2);
  EXPECT_EQ(wristsim("allan /nowhere.csv").code, 74);
  std::ofstream(csv) << "t,ax,ay\n1,2,3\n";
  EXPECT_EQ(wristsim("allan " + csv).code, 65);
}

TEST(Cli, BadClipsExit65WithFileAndLine) {
  const fs::path folder = scratch_folder();
  std::string deep =
      "HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n";
  for (int i = 0; i < 100000; ++i)
    deep += "JOINT j" + std::to_string(i) +
            "\n{\nOFFSET 0 1 0\nCHANNELS 3 Zrotation Xrotation Yrotation\n";
  const std::string head =
      "HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\nCHANNELS 3 Zrotation Xrotation Yrotation\nEnd "
      "Site\n{\nOFFSET 0 1 0\n}\n}\n"
      "MOTION\nFrames: 2\nFrame Time: 0.01\n";
  const std::array<std::pair<const char*, std::string>, 5> cases = {
      {{"empty", ""},
       {"truncated", head + "0 0 0\n0 0"},
       {"nan", head + "0 0 0\n0 nan 0\n"},
       {"deep", deep},
       {"order",
        "HIERARCHY\nROOT a\n{\nOFFSET 0 0 0\nJOINT b\n{\nOFFSET 0 1 0\n"
        "CHANNELS 3 Zrotation Xrotation Yrotation\n}\nCHANNELS 3 Zrotation Xrotation "
        "Yrotation\n}\n"}}};
  for (const auto& [name, text] : cases) {
    const fs::path file = folder / (std::string(name) + ".bvh"),
                   out = folder / (std::string(name) + "-out");
    std::ofstream(file) << text;
    const Outcome made =
        wristsim("generate " + kRecipes + "clips.toml --set motions.clips=" + file.string() +
                 " --out " + out.string());
    EXPECT_EQ(made.code, 65) << name << ": " << made.text;
    EXPECT_EQ(lines(made.text), 1u) << name << ": " << made.text;
    EXPECT_NE(made.text.find(std::string(name) + ".bvh:"), std::string::npos) << made.text;
    EXPECT_NE(made.text.find("expected"), std::string::npos) << made.text;
    EXPECT_FALSE(any_shard(out)) << name;
    EXPECT_EQ(wristsim("clips " + file.string()).code, 65) << name;
  }
}

TEST(Cli, UnwritableAndFullFoldersExit74) {
  const std::string recipe = "generate " + kRecipes + "quickstart.toml --progress none ";
  EXPECT_EQ(wristsim(recipe + "--out /proc/wristsim").code, 74);
  const fs::path folder = scratch_folder();
  // A file size limit stands for a full disk: the shard does not fit.
  const Outcome full = shell("bash -c 'ulimit -f 64; exec " + kProgram + recipe + "--out " +
                             (folder / "full").string() + "'");
  EXPECT_EQ(full.code, 74) << full.text;
  EXPECT_EQ(lines(full.text), 1u) << full.text;
  EXPECT_FALSE(any_shard(folder / "full"));
}

TEST(Cli, InterruptExits130AndLeavesNoShard) {
  const fs::path out = scratch_folder();
  const Outcome stopped =
      shell("timeout -s INT 2 " + kProgram + "generate " + kRecipes +
            "quickstart.toml --set recordings=100000 --progress none --out " + out.string());
  EXPECT_NE(stopped.text.find("interrupted"), std::string::npos) << stopped.text;
  EXPECT_FALSE(any_shard(out));
  const Outcome code = shell("bash -c '" + kProgram + "generate " + kRecipes +
                             "quickstart.toml --set recordings=100000 --progress none --out " +
                             out.string() + " & sleep 1; kill -INT $!; wait $!'");
  EXPECT_EQ(code.code, 130) << code.text;
}

TEST(Cli, InspectAndPlanSpeakJson) {
  const fs::path out = scratch_folder();
  ASSERT_EQ(
      wristsim("generate " + kRecipes +
               "quickstart.toml --fidelity ideal --set duration=\"1 s\" --out " + out.string())
          .code,
      0);
  const std::string check =
      " | /usr/bin/python3 -c 'import json,sys; d=json.load(sys.stdin); print(sorted(d))'";
  EXPECT_NE(shell(kProgram + "inspect --json " + out.string() + check).text.find("shards"),
            std::string::npos);
  EXPECT_NE(shell(kProgram + "plan --json " + kRecipes + "quickstart.toml" + check)
                .text.find("recordings"),
            std::string::npos);
  EXPECT_EQ(wristsim("inspect " + out.string()).code, 0);
  EXPECT_EQ(wristsim("inspect /nowhere").code, 74);
  std::ofstream(out / "not.h5") << "text";
  EXPECT_NE(wristsim("inspect " + (out / "not.h5").string()).code, 0);
}

// A copy of the assets with one more file in gestures/.
Outcome generate_with(const fs::path& folder, const std::string& movement) {
  fs::create_directories(folder);
  fs::copy(fs::path(WRIST_SOURCE_DIR) / "assets", folder / "assets",
           fs::copy_options::recursive | fs::copy_options::overwrite_existing);
  std::ofstream(folder / "assets/gestures/nudge.toml") << movement;
  return shell("WRISTSIM_ASSETS=" + (folder / "assets").string() + " " + kProgram + "generate " +
               kRecipes + "quickstart.toml --set motions.classes=nudge --set recordings=1 --out " +
               (folder / "out").string());
}

TEST(Cli, ANewClassIsOneNewFile) {
  const std::string head =
      "name = \"nudge\"\ndefinition = \"A nudge.\"\nparent = \"command\"\n"
      "prompts = [\"a person nudging\", \"a bump\"]\nsources = [\"[prior]\"]\n"
      "kind = \"event\"\nover = [\"sit\"]\n[[phase]]\nname = \"out\"\nduration = [0.2, 0.4]\n";
  const fs::path folder = scratch_folder();
  const Outcome made = generate_with(folder, head + "by = { elbow = [-20, -10] }\n");
  EXPECT_EQ(made.code, 0) << made.text;
  EXPECT_NE(wristsim("inspect " + (folder / "out").string()).text.find("nudge"), std::string::npos);
  const Outcome bad = generate_with(folder / "bad", head + "by = { elbwo = [-20, -10] }\n");
  EXPECT_EQ(bad.code, 2);
  EXPECT_EQ(lines(bad.text), 1u) << bad.text;
  for (const char* part : {"nudge.toml:11", "elbwo", "did you mean elbow?"})
    EXPECT_NE(bad.text.find(part), std::string::npos) << bad.text;
}

}  // namespace
}  // namespace wrist
