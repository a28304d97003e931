// SPDX-License-Identifier: Apache-2.0
// Whole suites: made, made again, scored; and what cannot be made.
#include "generators/evaluation/stress_suite.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generators/evaluation/answers.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace evaluation;
using namespace testing;
using nlohmann::json;

const std::vector<std::string> kSmall = {"fidelity=ideal", "recordings=24", "subjects.count=2",
                                         "duration=4 s"};

StressOptions small_suite(const fs::path& out) {
  StressOptions o;
  o.recipe = asset_folder() / "recipes" / "stress.toml";
  o.out = out;
  o.set = kSmall;
  o.choice = {{"loss", "roll", "rare"}, {1, 5}};
  o.jobs = 2;
  return o;
}

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// All of the probability on the right class.
void write_perfect(const Answers& answers, const fs::path& file) {
  std::ofstream csv(file);
  csv << "window";
  for (const std::string& name : class_names(answers)) csv << ',' << name;
  for (const AnswerWindow& w : answers.windows) {
    csv << '\n' << w.id;
    for (int c = 0; c < std::ssize(answers.classes); ++c) csv << ',' << (c == w.label ? 1 : 0);
  }
  csv << '\n';
}

TEST(StressSuite, IsMadeOnceAndKept) {
  const fs::path out = scratch_folder();
  const StressReport first = make_stress(small_suite(out), assets());
  std::vector<std::string> names;
  for (const StressReport::Part& part : first.parts) {
    names.push_back(part.made.name);
    EXPECT_GT(part.windows, 0) << part.made.name;
    EXPECT_FALSE(part.skipped);
  }
  EXPECT_EQ(names,
            (std::vector<std::string>{"clean", "loss-1", "loss-5", "rare", "roll-1", "roll-5"}));
  const std::string set = text_of(out / "set.json");
  fs::remove(out / "set.json");
  fs::remove_all(out / "answers" / "shards" / "roll-5");
  const StressReport again = make_stress(small_suite(out), assets());
  for (const StressReport::Part& part : again.parts)
    EXPECT_EQ(part.skipped, part.made.name != "roll-5") << part.made.name;
  EXPECT_EQ(text_of(out / "set.json"), set);
  EXPECT_EQ(json::parse(set).at("parts").size(), 6u);
}

TEST(StressSuite, AnswersKnowTwinsAndContexts) {
  const fs::path out = scratch_folder();
  make_stress(small_suite(out), assets());
  const Answers answers = read_answers(out / "answers");
  EXPECT_EQ(answers.corruptions, (std::vector<std::string>{"loss", "roll"}));
  int twins = 0, rare = 0;
  for (const AnswerWindow& w : answers.windows) {
    rare += w.context == "rare";
    if (w.corruption < 0) continue;
    ++twins;
    ASSERT_GE(w.twin, 0);
    EXPECT_EQ(answers.windows[static_cast<std::size_t>(w.twin)].corruption, -1);
    EXPECT_EQ(answers.windows[static_cast<std::size_t>(w.twin)].label, w.label) << w.id;
  }
  EXPECT_GT(twins, 0);
  EXPECT_GT(rare, 0);
}

TEST(StressSuite, TheProgramMakesWhatScoreReads) {
  const fs::path out = scratch_folder();
  std::string command = "stress " + kRecipes + "stress.toml --out " + (out / "set").string() +
                        " --corruptions loss,roll --severities 1,5 --json";
  for (const std::string& set : kSmall) command += " --set \"" + set + "\"";
  const Outcome made = wristsim(command + " 2>/dev/null");
  ASSERT_EQ(made.code, 0) << made.text;
  EXPECT_EQ(json::parse(made.text).at("parts").size(), 5u);
  for (const char* file : {"manifest.json", "classes.json"})
    EXPECT_TRUE(fs::exists(out / "set" / "test" / file)) << file;
  write_perfect(read_answers(out / "set" / "answers"), out / "perfect.csv");
  const Outcome scored = wristsim("score --set " + (out / "set" / "answers").string() +
                                  " --predictions " + (out / "perfect.csv").string() + " --json");
  ASSERT_EQ(scored.code, 0) << scored.text;
  const json score = json::parse(scored.text);
  EXPECT_EQ(score.at("clean").at("macro_f1"), 1);
  ASSERT_EQ(score.at("degradation").at("corruptions").size(), 2u);
  for (const json& corruption : score.at("degradation").at("corruptions"))
    EXPECT_EQ(corruption.at("mean_relative"), 1) << corruption.dump();
}

TEST(StressSuite, TheProgramListsCorruptions) {
  const Outcome list = wristsim("stress --list --json");
  ASSERT_EQ(list.code, 0);
  const json all = json::parse(list.text);
  EXPECT_EQ(all.size(), stress_specs(assets()).size());
  const std::string readme = text_of(asset_folder() / "stress" / "README.md");
  for (const json& one : all)
    EXPECT_NE(readme.find("| `" + one.at("name").get<std::string>() + "` |"), std::string::npos)
        << one.at("name") << " is not in the README";
}

TEST(StressSuite, MistakesAreNamed) {
  const std::string out = (scratch_folder() / "set").string();
  const std::string command = "stress " + kRecipes + "stress.toml --out " + out + " ";
  const auto says = [&](const std::string& arguments, const std::string& text) {
    const Outcome outcome = wristsim(arguments);
    EXPECT_EQ(outcome.code, 2) << outcome.text;
    EXPECT_NE(outcome.text.find(text), std::string::npos) << outcome.text;
  };
  says(command + "--corruptions rol", "did you mean roll?");
  says(command + "--severities 6", "expected 1 to 5, found 6");
  says(command + "--set wear.presure=3", "did you mean wear.pressure?");
  says(command + "--corruptions walking --set motions.classes=raise_to_wake", "walking-1: ");
  says("stress --out " + out, "RECIPE is required");
  says("stress " + kRecipes + "stress.toml", "--out is required");
  EXPECT_FALSE(fs::exists(fs::path(out) / "set.json"));
}

TEST(StressSuite, AFolderHoldsOneSuite) {
  const fs::path out = scratch_folder();
  StressOptions o = small_suite(out);
  o.choice = {{"loss"}, {1}};
  make_stress(o, assets());
  o.choice = {{"roll"}, {1}};
  EXPECT_THROW(make_stress(o, assets()), Error);
  o.choice = {{"loss"}, {1}};
  o.set.push_back("seed=5");
  EXPECT_THROW(make_stress(o, assets()), Error);
}

// One line of a good file replaced.
std::string spec_error(const std::string& from, const std::string& to) {
  std::string text =
      "name = \"mine\"\ntitle = \"Mine\"\nsource = \"assumed\"\ntouches = [\"wear.roll_rad\"]\n"
      "[[severity]]\nsays = \"5 deg\"\nset = ['wear.roll=\"5 deg\"']\n";
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  const fs::path folder = scratch_folder();
  std::ofstream(folder / "mine.toml") << text;
  try {
    EXPECT_EQ(read_stress_specs(folder).size(), 1u);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(StressSpec, BadFilesAreErrors) {
  EXPECT_EQ(spec_error("", ""), "");
  const auto says = [](const std::string& error, const std::string& text) {
    EXPECT_NE(error.find(text), std::string::npos) << error;
  };
  says(spec_error("touches", "touchs"), "touches");
  says(spec_error("\"mine\"", "\"yours\""), "the name of the file");
  says(spec_error("says", "say"), "says");
  says(spec_error("wear.roll=", "wear.roll "), "KEY=VALUE");
  says(spec_error("title = \"Mine\"", "context = \"mine\"\ntitle = \"Mine\""),
       "no such key beside");
  says(spec_error("source = \"assumed\"\n", ""), "source");
  EXPECT_THROW(read_stress_specs("/nowhere"), Error);
}

}  // namespace
}  // namespace wrist
