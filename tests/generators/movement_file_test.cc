// SPDX-License-Identifier: Apache-2.0
#include "generators/movement_file.h"

#include <gtest/gtest.h>

#include <fstream>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

const std::string kHead =
    "name = \"knock\"\ndefinition = \"d\"\nparent = \"command\"\nprompts = [\"a\", \"b\"]\n"
    "sources = [\"[prior]\"]\nkind = \"event\"\nover = [\"rest\"]\n";
const std::string kPhase = "[[phase]]\nname = \"strike\"\nduration = [0.08, 0.12]\n";

fs::path write(const std::string& text, const std::string& name = "knock") {
  const fs::path file = testing::scratch_folder() / (name + ".toml");
  std::ofstream(file) << text;
  return file;
}

std::string error_of(const std::string& text) {
  try {
    read_movement(write(text));
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "no error";
}

TEST(MovementFile, ReadsAllOfTheForm) {
  const MovementSpec spec = read_movement(write(
      kHead +
      "return = 0.4\nlabelled = [\"strike\", \"strike\"]\nheld = \"cup\"\nheld_during = "
      "[\"strike\"]\npress = [2, 4]\n" +
      kPhase +
      "to = { wrist_flexion = [10, 20], curl = 1.0 }\nby = { elbow = -5 }\nstroke = \"strike\"\n"
      "overlap = 0.3\nloop = \"again\"\n"
      "touch = [{ striker = \"hand\", other = \"door\", at = 0.9, speed = [0.5, 1], mass = 0.3 }]\n"
      "jolt = [{ axis = \"trunk_pitch\", hz = 5, accel = 90, decay = 0.1 }]\n"
      "[[loop]]\nname = \"again\"\ncount = [2, 4]\n"
      "[[rhythm]]\nname = \"shake\"\nhz = [3, 4]\nhz_end = 2\n"
      "[rhythm.axes]\npronation = { size = [10, 20], phase = 0.25, harmonic = 2 }\n"
      "[[noise]]\nname = \"tremble\"\nhz = [8, 12]\nrms = { elbow = 0.5 }\n"));
  ASSERT_EQ(spec.phases.size(), 1u);
  const PhaseSpec& phase = spec.phases[0];
  ASSERT_EQ(phase.to.size(), 3u);
  EXPECT_EQ(phase.to[0].key, "curl");
  EXPECT_EQ(phase.to[0].axes.size(), 4u);
  EXPECT_DOUBLE_EQ(phase.to[0].value.high, 1) << "a share is no angle";
  EXPECT_DOUBLE_EQ(phase.to[1].value.low, 10 * kDegree);
  EXPECT_TRUE(phase.to[2].relative);
  EXPECT_DOUBLE_EQ(phase.to[2].value.low, -5 * kDegree);
  EXPECT_EQ(phase.shape, StrokeShape::strike);
  EXPECT_EQ(phase.touches.at(0).striker, Body::hand);
  EXPECT_DOUBLE_EQ(phase.touches.at(0).mass.low, 0.3);
  EXPECT_DOUBLE_EQ(phase.jolts.at(0).accel.low, 90 * kDegree);
  EXPECT_DOUBLE_EQ(spec.rhythms.at(0).swings.at(0).amplitude.low, 10 * kDegree);
  EXPECT_DOUBLE_EQ(spec.rhythms.at(0).swings.at(0).phase, 0.25);
  EXPECT_DOUBLE_EQ(spec.rhythms.at(0).hz_end->low, 2);
  EXPECT_DOUBLE_EQ(spec.noises.at(0).rms.at(0).value.low, 0.5 * kDegree);
  EXPECT_DOUBLE_EQ(spec.press.high, 0.004);
  EXPECT_EQ(spec.labelled[1], "strike");
  EXPECT_EQ(spec.held, "cup");
  EXPECT_EQ(spec.held_during.at(0), "strike");
}

TEST(MovementFile, WhatIsWrongIsSaidWithLineAndKey) {
  const std::vector<std::array<std::string, 3>> cases = {
      {kHead + kPhase + "to = { elbou = 5 }\n", "elbou", "did you mean elbow"},
      {kHead + kPhase + "to = { elbow = 700 }\n", "elbow", "numbers from"},
      {kHead + kPhase + "to = { elbow = [20, 10] }\n", "elbow", "lowest"},
      {kHead + kPhase + "stroke = \"jerky\"\n", "stroke", "minimum_jerk"},
      {kHead + kPhase + "loop = \"again\"\n", "phase", "[[loop]]"},
      {kHead + kPhase + "overlap = 2\n", "overlap", "0.8"},
      {kHead + kPhase + "speed = 2\n", "speed", "unknown"},
      {kHead + kPhase + "touch = [{ striker = \"hnad\", other = \"x\" }]\n", "striker", "hand"},
      {kHead + kPhase + "[[rhythm]]\nname = \"r\"\nduring = [\"stirke\"]\n", "rhythm", "strike"},
      {kHead + "held = \"cub\"\n" + kPhase, "held", "did you mean cup"},
      {kHead + "held = \"piano\"\n" + kPhase, "held", "cup, phone, hammer, jug"},
      {kHead + "held_during = [\"strike\"]\n" + kPhase, "held_during", "held"},
      {kHead + "held = \"cup\"\nheld_during = [\"stirke\"]\n" + kPhase, "held_during",
       "did you mean strike"},
      {kHead, "kind", "phase"},
      {"name = \"knok\"\n", "name", "file"}};
  for (const auto& [text, key, word] : cases) {
    const std::string error = error_of(text);
    EXPECT_NE(error.find("knock.toml:"), std::string::npos) << error;
    EXPECT_NE(error.find(key), std::string::npos) << error;
    EXPECT_NE(error.find(word), std::string::npos) << error;
  }
  EXPECT_NE(error_of("name = \"knock\"\ndefinition = ").find("knock.toml"), std::string::npos);
}

TEST(MovementFile, AnEventNeedsActivitiesBeneath) {
  const fs::path file = write(kHead + kPhase);
  try {
    read_movements(file.parent_path());
    FAIL();
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("over"), std::string::npos) << error.what();
    EXPECT_NE(std::string(error.what()).find("\"rest\""), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace wrist
