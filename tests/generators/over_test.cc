// SPDX-License-Identifier: Apache-2.0
// Which activity carries a gesture: [motions] over and under.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/base/error.h"
#include "tests/generators/recipe_fixture.h"

namespace wrist {
namespace {

using nlohmann::json;
using testing::assets;
using testing::shipped_recipe;

Recipe gestures(const std::vector<std::string>& more) {
  std::vector<std::string> all = {"motions.classes=[\"double_pinch\",\"pinch\",\"rest\"]",
                                  "recordings=60"};
  all.insert(all.end(), more.begin(), more.end());
  return shipped_recipe("quickstart", all);
}

std::string error_of(const std::vector<std::string>& overrides) {
  try {
    gestures(overrides);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  return "";
}

TEST(Over, OnlyTheActivitiesAskedForCarryGestures) {
  const Recipe free = gestures({}), bound = gestures({"motions.over=\"walk\""});
  int differ = 0;
  for (std::uint64_t i = 0; i < 60; ++i) {
    const Scenario a = draw_scenario(free, assets(), i), b = draw_scenario(bound, assets(), i);
    EXPECT_EQ(b.motion.activity, b.motion.gesture.empty() ? "rest" : "walk");
    differ += a.motion.activity != b.motion.activity;
    json one = json::parse(to_json(a)), other = json::parse(to_json(b));
    one["motion"].erase("activity");
    other["motion"].erase("activity");
    EXPECT_EQ(one, other) << "nothing else may change";
  }
  EXPECT_GT(differ, 10);
}

TEST(Over, WeightsAreObeyed) {
  const Recipe r = gestures({"motions.over={walk=3,rest=1,hold=0}", "recordings=600"});
  int walks = 0, all = 0;
  for (std::uint64_t i = 0; i < 600; ++i) {
    const Scenario s = draw_scenario(r, assets(), i);
    if (s.motion.gesture.empty()) continue;
    ++all;
    walks += s.motion.activity == "walk";
    EXPECT_NE(s.motion.activity, "hold");
  }
  EXPECT_NEAR(walks / double(all), 0.75, 4 * std::sqrt(0.75 * 0.25 / all));
}

TEST(Over, RecipesSayItAgain) {
  const Recipe plain = gestures({});
  EXPECT_EQ(to_json(plain).find("\"over\""), std::string::npos);
  EXPECT_EQ(to_json(plain).find("\"under\""), std::string::npos);
  const Recipe r = gestures({"motions.over={walk=2,rest=1}", "motions.under=[0.2,0.4]"});
  EXPECT_NE(recipe_sha256(r), recipe_sha256(plain));
  EXPECT_NE(to_toml(r).find("over"), std::string::npos);
}

TEST(Over, UnderShrinksWhatCarries) {
  const std::vector<std::string> over = {"motions.classes=\"pinch\"", "motions.over=\"walk\""};
  const auto swing = [&](const std::string& under) {
    std::vector<std::string> all = over;
    all.push_back("motions.under=" + under);
    return testing::spread(testing::values(testing::record(all), "truth", "clean_gyro").col(2));
  };
  const double none = swing("0"), half = swing("0.5"), full = swing("1");
  EXPECT_LT(none, 0.7 * half);
  EXPECT_LT(half, 0.7 * full);
}

TEST(Over, WhatCannotBeIsAnError) {
  EXPECT_NE(error_of({"motions.over=\"cycle\""}).find("carry \"double_pinch\": hold, rest, walk"),
            std::string::npos);
  EXPECT_NE(error_of({"motions.over=\"pinch\""}).find("is a gesture"), std::string::npos);
  EXPECT_NE(error_of({"motions.over=\"walc\""}).find("walk"), std::string::npos);
  EXPECT_NE(error_of({"motions.over={walk=0}"}).find("over"), std::string::npos);
  EXPECT_NE(error_of({"motions.under=9"}).find("0 to 4"), std::string::npos);
}

}  // namespace
}  // namespace wrist
