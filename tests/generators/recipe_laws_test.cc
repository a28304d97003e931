// SPDX-License-Identifier: Apache-2.0
// Mixes, includes, people, printed recipes, splits and counts: recipes beyond plain ranges.
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <set>

#include "generators/recipe_count.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::assets;
using testing::shipped_recipe;

// The message; empty if there is no mistake.
template <typename F>
std::string error_of(const F& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

void expect(const std::string& error, std::initializer_list<const char*> parts) {
  for (const char* part : parts) EXPECT_NE(error.find(part), std::string::npos) << error;
}

double error_of_share(double share, double n) { return 4 * std::sqrt(share * (1 - share) / n); }

TEST(Mixes, ClassesStrapsAndSidesComeByWeight) {
  const Recipe r = shipped_recipe(
      "quickstart",
      {"recordings=4000", "subjects.count=40", "motions.classes={ walk = 3, double_pinch = 1 }",
       "devices.strap={ sport_band = 9, nylon_loop = 1 }",
       "devices.side={ choice = [\"right\", \"left\"], weights = [0.2, 0.8] }"});
  std::map<std::string, double> seen;
  for (std::uint64_t i = 0; i < 4000; ++i) {
    const Scenario s = draw_scenario(r, assets(), i);
    seen[s.class_name] += 1 / 4000.0;
    seen[s.strap] += 1 / 4000.0;
    seen[to_string(s.side)] += 1 / 4000.0;
    ASSERT_EQ(s.class_name, recording_class(r, i));
  }
  EXPECT_NEAR(seen["walk"], 0.75, error_of_share(0.75, 4000));
  EXPECT_NEAR(seen["nylon_loop"], 0.1, error_of_share(0.1, 4000));
  EXPECT_NEAR(seen["left"], 0.8, error_of_share(0.8, 4000));
}

TEST(Mixes, RareClassesGetTheirShare) {
  const Recipe r = shipped_recipe(
      "quickstart", {"recordings=20000", "motions.classes=\"all\"", "motions.rare=0.02"});
  ASSERT_FALSE(r.rare_classes.names.empty());
  double rare = 0;
  for (std::uint64_t i = 0; i < 20000; ++i)
    rare += assets().movement(recording_class(r, i)).rare / 20000.0;
  EXPECT_NEAR(rare, 0.02, error_of_share(0.02, 20000));
  expect(error_of([] { shipped_recipe("quickstart", {"motions.rare=0.1"}); }),
         {"motions.rare", "none of the classes is marked rare"});
}

// Four shards at 3:1: three of one watch, one of the other; a watch without a shard is a mistake.
TEST(Mixes, WatchesByWeightShareTheShards) {
  const std::string mix = "devices.watch={ generic_100hz = 3, generic_50hz_small = 1 }";
  const Recipe r = shipped_recipe("quickstart", {mix, "shards=4", "recordings=400"});
  std::map<std::string, int> seen;
  for (std::uint64_t i = 0; i < 400; ++i) {
    const Scenario s = draw_scenario(r, assets(), i);
    ++seen[s.watch];
    EXPECT_EQ(s.watch, watch_of_shard(r, static_cast<std::int64_t>(i % 4)));
  }
  EXPECT_EQ(seen["generic_100hz"], 300);
  EXPECT_EQ(seen["generic_50hz_small"], 100);
  expect(error_of([&] {
           shipped_recipe("quickstart", {mix, "shards=1"});
         }),
         {"shards", "generic_50hz_small"});
}

TEST(Mixes, MistakesNameFileLineAndKey) {
  const auto with = [](const std::string& set) {
    return error_of([&] { shipped_recipe("quickstart", {set}); });
  };
  expect(with("motions.classes={ wlak = 1 }"), {"wlak", "did you mean walk?"});
  expect(with("motions.classes={ walk = 0 }"), {"--set: motions.classes", "not all of them 0"});
  expect(with("motions.classes={ walk = -1 }"), {"motions.classes.walk", "not below 0"});
  expect(with("devices.side=\"up\""), {"--set: devices.side", "left, right", "up"});
  expect(with("subjects.skin=\"VII\""), {"subjects.skin", "I, II", "VII"});
  expect(with("subjects.female=1.5"), {"subjects.female"});
  expect(with("motions.chain={ normal = [2, 1] }"), {"motions.chain", "whole numbers"});
}

TEST(People, AreAsTheRecipeSays) {
  const auto people = [](const std::vector<std::string>& set) {
    const Recipe r = shipped_recipe("quickstart", set);
    std::vector<SubjectParams> all;
    for (std::uint64_t i = 0; i < 400; ++i) all.push_back(draw_scenario(r, assets(), i).subject);
    return all;
  };
  const std::vector<std::string> count = {"subjects.count=400", "recordings=400"};
  auto set = count;
  set.insert(set.end(), {"subjects.age=[20, 30]", "subjects.female=0.25", "subjects.skin=\"VI\""});
  const auto plain = people(count), chosen = people(set);
  double women = 0;
  for (std::size_t i = 0; i < 400; ++i) {
    const Physiology &p = chosen[i].physiology, &before = plain[i].physiology;
    EXPECT_GE(p.age_years, 20);
    EXPECT_LE(p.age_years, 30);
    EXPECT_EQ(p.melanosome_fraction, 0.32);
    EXPECT_EQ(p.heart_rate_rest_bpm, before.heart_rate_rest_bpm) << "what is not said stays";
    women += (chosen[i].sex == Sex::female) / 400.0;
  }
  EXPECT_NEAR(women, 0.25, error_of_share(0.25, 400));
}

struct Folder {
  fs::path path = testing::scratch_folder();
  std::string write(const std::string& name, const std::string& text) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream(path / name) << text;
    return (path / name).string();
  }
  Recipe read(const std::string& name, const std::vector<std::string>& set = {}) const {
    return read_recipe(path / name, set, assets());
  }
};

const char* kBase = R"(title = "base"
seed = 1
duration = "2 s"
[subjects]
count = 2
[motions]
classes = ["rest", "walk"]
[devices]
watch = "generic_100hz"
strap = "sport_band"
[wear]
pressure = { normal = ["4 kPa", "1 kPa"], within = ["1 kPa", "9 kPa"] }
roll = ["-5 deg", "5 deg"]
)";

TEST(Includes, TablesMergeValuesReplaceOverridesWin) {
  const Folder f;
  f.write("shared/base.toml", kBase);
  f.write("shared/more.toml", "seed = 2\n[subjects]\ncount = 3\n");
  f.write("top.toml",
          "include = [\"shared/base.toml\", \"shared/more.toml\"]\ntitle = \"top\"\n"
          "[wear]\npressure = { lognormal = [\"4 kPa\", 1.2] }\n");
  const Recipe r = f.read("top.toml", {"wear.roll=\"1 deg\""});
  EXPECT_EQ(r.title, "top");
  EXPECT_EQ(r.seed, 2u);
  EXPECT_EQ(r.subjects, 3);
  EXPECT_TRUE(std::holds_alternative<LogNormalLaw>(r.pressure)) << "an inline table is one value";
  EXPECT_NEAR(lowest(r.roll), 0.0174533, 1e-6);
  EXPECT_EQ(r.straps.names, std::vector<std::string>{"sport_band"});
}

TEST(Includes, MistakesNameTheFileTheyStandIn) {
  const Folder f;
  std::string bad = kBase;
  f.write("base.toml", bad.replace(bad.find("\"-5 deg\""), 8, "\"-5 kg\""));
  f.write("top.toml", "include = \"base.toml\"\n\ntitle = \"top\"\n");
  expect(error_of([&] { f.read("top.toml"); }), {"base.toml:13: wear.roll", "rad, deg"});
  f.write("base.toml", kBase + std::string("rol = 1\n"));
  expect(error_of([&] { f.read("top.toml"); }), {"base.toml:14: unknown key wear.rol"});
  f.write("lost.toml", "title = \"a\"\ninclude = \"nowhere.toml\"\n");
  expect(error_of([&] { f.read("lost.toml"); }), {"lost.toml:2: include", "nowhere.toml"});
  f.write("a.toml", "include = \"b.toml\"\n");
  f.write("b.toml", "\ninclude = \"a.toml\"\n");
  expect(error_of([&] { f.read("a.toml"); }), {"b.toml:2", "a.toml -> b.toml -> a.toml"});
  f.write("n.toml", "include = 3\n");
  expect(error_of([&] { f.read("n.toml"); }), {"n.toml:1: include"});
}

TEST(Recipe, PrintedItIsTheSameRecipe) {
  const Folder f;
  for (const char* name : {"quickstart", "day", "library", "mix", "blows"}) {
    const Recipe r = shipped_recipe(name, {});
    f.write("printed.toml", to_toml(r));
    EXPECT_EQ(to_json(f.read("printed.toml")), to_json(r)) << name << "\n" << to_toml(r);
  }
}

// The rule as it is stated: count how many come before.
TEST(Splits, LimitsGiveThePlacesThatCountingGives) {
  for (const std::int64_t people : {1, 2, 3, 7, 100, 333})
    for (const auto& [test, validation] :
         {std::pair{0.0, 0.0}, {0.34, 0.0}, {0.2, 0.3}, {1.0, 0.0}, {0.001, 0.5}, {0.25, 0.75}}) {
      const Rng rng = Rng(5) / "split";
      const SplitLimits limits = split_limits(5, people, test, validation);
      for (std::uint64_t p = 0; p < static_cast<std::uint64_t>(people); ++p) {
        int before = 0;
        for (std::uint64_t q = 0; q < static_cast<std::uint64_t>(people); ++q)
          before += (rng / q).uniform() < (rng / p).uniform();
        const double place = (before + 0.5) / static_cast<double>(people);
        const Split wanted = place < test                ? Split::test
                             : place < test + validation ? Split::validation
                                                         : Split::train;
        ASSERT_EQ(split_of(5, limits, p), wanted) << people << " " << test << " " << p;
      }
    }
}

TEST(Count, IsWhatIsDrawn) {
  const Recipe r = shipped_recipe("mix", {"recordings=600"});
  std::map<std::string, double> classes, watches;
  std::array<double, 3> splits{};
  std::set<std::string> people;
  double duration = 0;
  for (std::uint64_t i = 0; i < 600; ++i) {
    const Scenario s = draw_scenario(r, assets(), i);
    ++classes[s.class_name];
    ++watches[s.watch];
    ++splits[s.split == "test" ? 2 : s.split == "validation" ? 1 : 0];
    people.insert(s.subject_id);
    duration += s.duration_s;
  }
  const RecipeCount all = count_recordings(r), some = count_recordings(r, 300);
  EXPECT_TRUE(all.exact);
  EXPECT_EQ(all.classes, classes);
  EXPECT_EQ(all.watches, watches);
  EXPECT_EQ(all.splits, splits);
  EXPECT_EQ(all.people[0] + all.people[1] + all.people[2], std::ssize(people));
  EXPECT_NEAR(all.duration_s, duration, 1e-6);
  EXPECT_FALSE(some.exact);
  for (const auto& [name, figure] : classes)
    EXPECT_NEAR(some.classes.count(name) ? some.classes.at(name) : 0, figure,
                4 * standard_error(some, std::max(figure, 2.0), 600))
        << name;
}

}  // namespace
}  // namespace wrist
