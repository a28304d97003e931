// SPDX-License-Identifier: Apache-2.0
#include "generators/recipe.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>

#include "generators/toml_internal.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

using testing::assets;

const char* kRecipe = R"(title = "t"
seed = 5
recordings = 12
duration = "2 s"
[subjects]
count = 3
[motions]
classes = ["rest", "walk"]
[devices]
watch = "generic_100hz"
strap = ["sport_band", "nylon_loop"]
side = ["left", "right"]
[wear]
pressure = ["2 kPa", "8 kPa"]
[splits]
test = 0.34
)";

fs::path write_recipe(const std::string& text) {
  const fs::path file = testing::scratch_folder() / "recipe.toml";
  std::ofstream(file) << text;
  return file;
}

Recipe read(const std::string& text, const std::vector<std::string>& overrides = {}) {
  return read_recipe(write_recipe(text), overrides, assets());
}

std::string error_of(const std::string& text, const std::vector<std::string>& overrides = {}) {
  try {
    read(text, overrides);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  return text.replace(text.find(from), from.size(), to);
}

TEST(Recipe, EveryShippedAssetLoads) {
  EXPECT_GE(assets().watches.size(), 2u);
  EXPECT_GE(assets().straps.size(), 2u);
  EXPECT_GE(assets().path_tables.size(), 2u);
  for (const char* name : {"quickstart", "clips"}) {
    const fs::path file =
        fs::path(WRIST_SOURCE_DIR) / "assets" / "recipes" / (std::string(name) + ".toml");
    EXPECT_TRUE(fs::exists(file));
  }
  EXPECT_NO_THROW(
      read_recipe(fs::path(WRIST_SOURCE_DIR) / "assets/recipes/quickstart.toml", {}, assets()));
}

TEST(Recipe, MistakesAreNamedWithLineAndHint) {
  const auto expect = [](const std::string& error, std::initializer_list<const char*> parts) {
    for (const char* part : parts) EXPECT_NE(error.find(part), std::string::npos) << error;
  };
  expect(error_of(replaced(kRecipe, "recordings", "recordngs")),
         {"recipe.toml:3", "unknown key recordngs", "did you mean recordings?"});
  expect(error_of(replaced(kRecipe, "strap =", "strp =")), {"devices.strap", "expected"});
  expect(error_of(replaced(kRecipe, "\"2 s\"", "2")), {":4", "duration", "expected a quantity"});
  expect(error_of(replaced(kRecipe, "\"2 s\"", "\"2 kg\"")), {":4", "duration", "s, ms, us"});
  expect(error_of(replaced(kRecipe, "\"walk\"", "\"wlak\"")), {"wlak", "did you mean walk?"});
  expect(error_of(replaced(kRecipe, "generic_100hz", "applewatch")),
         {"unknown watch", "generic_100hz"});
  expect(error_of(replaced(kRecipe, "[\"2 kPa\", \"8 kPa\"]", "[\"8 kPa\", \"2 kPa\"]")),
         {"wear.pressure", "[lowest, highest]"});
  expect(error_of(replaced(kRecipe, "count = 3", "count = \"3\"")),
         {"subjects.count", "integer", "the string '3'"});
  expect(error_of(replaced(kRecipe, "seed = 5", "seed = 5\nseed = 6")), {":3"});
  expect(error_of(kRecipe, {"fidelity=perfect"}), {"ideal, worn or full", "perfect"});
  try {
    read(kRecipe, {"motions.clips=/nowhere"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    expect(error.what(), {"/nowhere"});
  }
}

TEST(Recipe, StylesGesturesAndWarpAreChecked) {
  EXPECT_NE(error_of(kRecipe, {"motions.style=\"tirde\""}).find("known: brisk, careful"),
            std::string::npos);
  EXPECT_NE(error_of(kRecipe, {"motions.warp=0.7"}).find("0 to 0.5"), std::string::npos);
  EXPECT_NE(error_of(kRecipe, {"motions.gestures=\"pinch\""}).find("motions.gestures"),
            std::string::npos)
      << "gestures are for clips; classes name them themselves";
}

TEST(Recipe, OverridesReplaceKeys) {
  const Recipe r = read(
      kRecipe, {"seed=9", "wear.pressure=1 kPa", "devices.side=\"left\"", "motions.tempo=[1,2]"});
  EXPECT_EQ(r.seed, 9u);
  EXPECT_EQ(lowest(r.pressure), 1000);
  EXPECT_EQ(highest(r.pressure), 1000);
  EXPECT_EQ(r.sides.names, std::vector<std::string>{"left"});
  EXPECT_EQ(highest(r.tempo), 2);
}

TEST(Recipe, HashFollowsContentAndNothingElse) {
  EXPECT_EQ(recipe_sha256(read(kRecipe)),
            recipe_sha256(read("# a comment\n" + std::string(kRecipe))));
  EXPECT_NE(recipe_sha256(read(kRecipe)), recipe_sha256(read(kRecipe, {"seed=6"})));
  EXPECT_EQ(to_json(read(kRecipe)).find(WRIST_SOURCE_DIR), std::string::npos)
      << "no path in the data";
}

TEST(Scenario, CoversPeopleAndClassesAndKeepsPeopleWhole) {
  const Recipe r = read(kRecipe);
  std::map<std::string, std::set<std::string>> classes_of, splits_of;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const Scenario s = draw_scenario(r, assets(), i);
    classes_of[s.subject_id].insert(s.class_name);
    splits_of[s.subject_id].insert(s.split);
    EXPECT_GE(s.wear.pressure, 2000);
    EXPECT_LE(s.wear.pressure, 8000);
    EXPECT_EQ(to_json(s), to_json(draw_scenario(r, assets(), i)))
        << "a pure function of recipe and index";
  }
  EXPECT_EQ(classes_of.size(), 3u);
  std::map<std::string, int> people_in;
  for (const auto& [person, classes] : classes_of) EXPECT_EQ(classes.size(), 2u) << person;
  for (const auto& [person, splits] : splits_of) {
    EXPECT_EQ(splits.size(), 1u) << person << " stands in two splits";
    ++people_in[*splits.begin()];
  }
  EXPECT_EQ(people_in["test"], 1);
  EXPECT_EQ(people_in["train"], 2);
}

// A style multiplies what the recipe draws anyway, inside its own ranges, and comes of every kind.
TEST(Scenario, StylesAreDrawnOnTopOfTempoAndSize) {
  const Recipe plain = read(kRecipe);
  const Recipe styled = read(kRecipe, {"motions.style=[\"tired\",\"brisk\"]", "motions.warp=0.05"});
  EXPECT_NE(recipe_sha256(plain), recipe_sha256(styled));
  EXPECT_EQ(styled.styles.at("tired").size(), 64u) << "the hash of the file, so that it counts";
  std::map<std::string, int> counts;
  for (std::uint64_t i = 0; i < 12; ++i) {
    const MotionParams now = draw_scenario(styled, assets(), i).motion;
    const MotionParams before = draw_scenario(plain, assets(), i).motion;
    const StyleSpec& style = assets().style(now.style);
    EXPECT_GE(now.tempo / before.tempo, style.tempo[0]);
    EXPECT_LE(now.tempo / before.tempo, style.tempo[1]);
    EXPECT_GE(now.amplitude / before.amplitude, style.amplitude[0]);
    EXPECT_GE(now.warp, 0.05 + style.warp[0]);
    EXPECT_GE(now.lean, style.lean[0]);
    EXPECT_LE(now.elbow, style.elbow[1]);
    EXPECT_EQ(before.warp, 0);
    EXPECT_EQ(before.style, "");
    ++counts[now.style];
  }
  EXPECT_EQ(counts.size(), 2u);
}

// Every clip with every gesture, once.
TEST(Scenario, GesturesGoRoundTheClips) {
  const fs::path folder = testing::scratch_folder() / "clips";
  fs::create_directories(folder);
  for (const char* name : {"a.bvh", "b.bvh"}) std::ofstream(folder / name) << name;
  const std::string text =
      replaced(kRecipe, "classes = [\"rest\", \"walk\"]",
               "clips = \"" + folder.string() +
                   "\"\ngestures = [\"pinch\", \"clench\"]\n[motions.shows]\na = \"wash\"");
  std::ofstream(folder.parent_path() / "recipe.toml") << replaced(text, "recordings = 12\n", "");
  const Recipe r = read_recipe(folder.parent_path() / "recipe.toml", {}, assets());
  ASSERT_EQ(r.recordings, 4);
  std::set<std::string> seen;
  for (std::uint64_t i = 0; i < 4; ++i) {
    const Scenario s = draw_scenario(r, assets(), i);
    seen.insert(s.motion.clip + "+" + s.motion.gesture);
    EXPECT_EQ(s.class_name, s.motion.gesture);
    EXPECT_EQ(s.motion.clip_class, s.motion.clip == "a" ? "wash" : "");
  }
  EXPECT_EQ(seen, (std::set<std::string>{"a+pinch", "a+clench", "b+pinch", "b+clench"}));
  std::set<std::string> names;
  for (const ClassInfo& c : recipe_classes(r, assets())) names.insert(c.name);
  EXPECT_TRUE(names.contains("pinch") && names.contains("clench") && names.contains("wash"));
}

TEST(Scenario, DoesNotDependOnHowManyThereAre) {
  const Recipe few = read(kRecipe), many = read(kRecipe, {"recordings=5000"});
  EXPECT_EQ(to_json(draw_scenario(few, assets(), 7)), to_json(draw_scenario(many, assets(), 7)));
}

TEST(Shards, PartitionTheIndicesAndHoldOneWatchEach) {
  const Recipe r =
      read(replaced(kRecipe, "\"generic_100hz\"", "[\"generic_100hz\", \"generic_50hz_small\"]"),
           {"shards=4"});
  std::set<std::uint64_t> all;
  for (std::int64_t shard = 0; shard < 4; ++shard) {
    std::set<std::string> watches;
    for (const std::uint64_t i : shard_indices(r, shard)) {
      EXPECT_TRUE(all.insert(i).second);
      watches.insert(draw_scenario(r, assets(), i).watch);
    }
    EXPECT_EQ(watches.size(), 1u);
  }
  EXPECT_EQ(all.size(), 12u);
}

TEST(Toml, AbsurdFilesAreRefusedNotCrashedOn) {
  std::string dots = "a";
  for (int i = 0; i < 20000; ++i) dots += ".a";
  EXPECT_NE(error_of(dots + " = 1\n"), "");
  EXPECT_NE(error_of(std::string(300000, '[')), "");
  EXPECT_NE(error_of("title = \"unterminated"), "");
  EXPECT_THROW(read_recipe("/nowhere.toml", {}, assets()), Error);
  EXPECT_EQ(closest("recordngs", {"seed", "recordings"}), "recordings");
  EXPECT_FALSE(closest("xyzzy", {"seed", "recordings"}).has_value());
}

TEST(Recipe, HeartsBeatAsTheRecipeSays) {
  const auto people = [](const std::vector<std::string>& overrides) {
    std::vector<std::string> all = {"subjects.count=200", "recordings=200"};
    all.insert(all.end(), overrides.begin(), overrides.end());
    const Recipe recipe = testing::shipped_recipe("quickstart", all);
    std::array<int, 2> found{0, 0};
    for (std::uint64_t i = 0; i < 200; ++i) {
      const Physiology p = draw_scenario(recipe, testing::assets(), i).subject.physiology;
      found[0] += p.fibrillation;
      found[1] += p.ectopic_share > 0;
    }
    return found;
  };
  EXPECT_EQ(people({"physiology.fibrillation_people=1.0"})[0], 200);
  EXPECT_EQ(people({"physiology.ectopic_people=1.0"})[1], 200);
  const auto few = people({});
  EXPECT_LT(few[0], 10);  // 2 expected, standard deviation 1.4
  EXPECT_LT(few[1], 13);  // 4 expected, standard deviation 2
  EXPECT_EQ(people({"physiology.ectopic_people=0.0"})[1], 0);
  EXPECT_EQ(recipe_sha256(testing::shipped_recipe("quickstart", {})).size(), 64u);
  EXPECT_NE(
      recipe_sha256(testing::shipped_recipe("quickstart", {})),
      recipe_sha256(testing::shipped_recipe("quickstart", {"physiology.ectopic_people=0.5"})));
}

}  // namespace
}  // namespace wrist
