// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/test_side.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "generators/dataset_hdf.h"
#include "generators/dataset_read.h"
#include "generators/run.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::assets;

void make(const fs::path& out, std::vector<std::string> overrides) {
  overrides.insert(overrides.end(), {"fidelity=ideal", "recordings=12", "duration='6 s'"});
  RunOptions options;
  options.out = out;
  options.jobs = 2;
  run(read_recipe(fs::path(WRIST_SOURCE_DIR) / "assets/recipes/mix.toml", overrides, assets()),
      assets(), options);
}

// A plain part, the same with ten times the noise, and people who walk about.
std::vector<TestPart> parts_in(const fs::path& folder) {
  make(folder / "plain", {});
  make(folder / "noise-2", {"imu.noise=10"});
  make(folder / "walking", {"seed=77", "motions.rare=0", "motions.classes=['walk']"});
  return {{"plain", folder / "plain"},
          {"noise-2", folder / "noise-2", "", "noise", 2},
          {"walking", folder / "walking", "daily"}};
}

struct TestSideSet : ::testing::Test {
  TestSideSet() : folder(testing::scratch_folder()) {
    side = read_test_side(parts_in(folder), {"set", "A set", 5});
    write_public(side, assets(), folder / "test", {});
  }
  fs::path folder;
  TestSide side;
};

TEST_F(TestSideSet, LabelsAreThoseOfTheShards) {
  ASSERT_GT(side.answers.windows.size(), 60U);
  ASSERT_EQ(side.answers.windows.size(), side.sources.size());
  for (std::size_t i = 0; i < side.sources.size(); i += 7) {
    const WindowSource& source = side.sources[i];
    const Shard shard(source.shard);
    const ShardTables& t = shard.tables();
    const auto& w = t.windows.at(static_cast<std::size_t>(source.window));
    const std::string label =
        w.class_id < 0 ? "none" : t.classes[static_cast<std::size_t>(w.class_id)].name;
    EXPECT_EQ(side.answers.classes[static_cast<std::size_t>(side.answers.windows[i].label)].name,
              label);
  }
}

TEST_F(TestSideSet, TwinsAreOfTheSameRecordingAndMoment) {
  std::set<std::int64_t> twins;
  for (std::size_t i = 0; i < side.sources.size(); ++i) {
    const AnswerWindow& w = side.answers.windows[i];
    if (w.corruption < 0) continue;
    EXPECT_EQ(side.answers.corruptions.at(static_cast<std::size_t>(w.corruption)), "noise");
    EXPECT_EQ(w.severity, 2);
    const auto twin = static_cast<std::size_t>(w.twin);
    EXPECT_EQ(side.sources[twin].recording, side.sources[i].recording);
    EXPECT_EQ(side.sources[twin].number, side.sources[i].number);
    EXPECT_EQ(side.parts[side.sources[twin].part].name, "plain");
    EXPECT_EQ(side.answers.windows[twin].label, w.label) << "noise moves no label";
    EXPECT_TRUE(twins.insert(w.twin).second);
  }
  EXPECT_GT(twins.size(), 30U);
}

TEST_F(TestSideSet, OrderTellsNothing) {
  std::vector<std::uint64_t> order;
  for (const WindowSource& source : side.sources)
    if (source.file == 0 && (order.empty() || order.back() != source.recording))
      order.push_back(source.recording);
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(std::set(order.begin(), order.end()).size(), order.size()) << "one block each";
  const TestSide again = read_test_side(side.parts, {"set", "A set", 5});
  EXPECT_EQ(again.sources.front().recording, side.sources.front().recording);
}

TEST_F(TestSideSet, DailyHoursAreCounted) {
  EXPECT_DOUBLE_EQ(side.answers.null_hours, 12 * 6.0 / 3600);
}

TEST_F(TestSideSet, GesturesAreEventsAndWalkingIsNone) {
  std::map<std::string, bool> event;
  for (const AnswerClass& c : side.answers.classes) event[c.name] = c.event;
  EXPECT_TRUE(event.at("double_pinch"));
  EXPECT_FALSE(event.at("walk"));
  EXPECT_FALSE(event.at("none"));
  EXPECT_FALSE(side.answers.events.empty());
  for (const AnswerEvent& e : side.answers.events)
    EXPECT_TRUE(side.answers.classes[static_cast<std::size_t>(e.label)].event);
}

// The rows of the public files are the counts of the shards, window by window.
TEST_F(TestSideSet, PublicWindowsAreThoseOfTheAnswers) {
  std::ifstream in(folder / "test" / "windows.csv");
  std::string line;
  std::getline(in, line);
  EXPECT_EQ(line, "window,file,row,recording,start_s");
  std::size_t i = 0;
  for (; std::getline(in, line); ++i)
    ASSERT_TRUE(line.starts_with(side.answers.windows.at(i).id + ",")) << line;
  EXPECT_EQ(i, side.answers.windows.size());
  const json manifest = json::parse(std::ifstream(folder / "test" / "manifest.json"));
  std::size_t windows = 0;
  for (const json& file : manifest["files"]) windows += file["windows"].get<std::size_t>();
  EXPECT_EQ(windows, side.answers.windows.size());
}

TEST_F(TestSideSet, PublicPartHasNoLabel) {
  for (const auto& entry : fs::directory_iterator(folder / "test")) {
    std::stringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    std::vector<std::string> secrets{"recipe", "person-", "seed\"", "scenario"};
    if (entry.path().extension() == ".h5")
      secrets = {"label", "class", "subject", "recipe", "seed"};
    for (const std::string& word : secrets)
      EXPECT_EQ(text.str().find(word), std::string::npos) << entry.path() << ": " << word;
  }
}

TEST_F(TestSideSet, ClassesHaveDescriptionsAndAttributes) {
  const json all = json::parse(std::ifstream(folder / "test" / "classes.json"));
  ASSERT_EQ(all["classes"].size(), side.answers.classes.size());
  for (const json& c : all["classes"]) {
    if (c["null"].get<bool>()) continue;
    EXPECT_GE(c["descriptions"].size(), 5U) << c["name"];
    EXPECT_EQ(c["attributes"].size(), all["attributes"].size()) << c["name"];
  }
}

TEST_F(TestSideSet, PartsOfOneNameAreRefused) {
  std::vector<TestPart> parts = side.parts;
  parts[1].name = "plain";
  try {
    read_test_side(parts, {"set", "A set", 5});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    EXPECT_STREQ(error.what(), "two parts are called \"plain\"");
  }
}

}  // namespace
}  // namespace wrist::evaluation
