// SPDX-License-Identifier: Apache-2.0
#include "generators/law_tails.h"

#include <gtest/gtest.h>

#include <cmath>

#include "generators/recipe_parameters.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

// Values of the normal distribution from Abramowitz and Stegun, table 26.1.
TEST(LawTails, QuantilesAreThoseOfTables) {
  const double far = std::numeric_limits<double>::infinity();
  const Law normal = NormalLaw{10, 2, -far, far};
  EXPECT_NEAR(quantile(normal, 0.5), 10, 1e-9);
  EXPECT_NEAR(quantile(normal, 0.975), 10 + 2 * 1.959963984540054, 1e-9);
  EXPECT_NEAR(quantile(normal, 0.001), 10 - 2 * 3.090232306167813, 1e-8);
  const Law log_normal = LogNormalLaw{4, 1.5, 0, far};
  EXPECT_NEAR(quantile(log_normal, 0.841344746068543), 6, 1e-8);
  EXPECT_DOUBLE_EQ(quantile(UniformLaw{2, 6}, 0.25), 3);
  const Law choice = ChoiceLaw{{5, 1, 3}, {1, 2, 1}};
  EXPECT_EQ(quantile(choice, 0.01), 1);
  EXPECT_EQ(quantile(choice, 0.6), 3);
  EXPECT_EQ(quantile(choice, 0.99), 5);
}

// The quantile function against draws of the same law: as many fall below as it says.
TEST(LawTails, QuantilesAgreeWithDraws) {
  const Law laws[] = {NormalLaw{1, 0.3, 0.8, 1.9}, LogNormalLaw{4000, 1.5, 1000, 9000},
                      UniformLaw{-3, 8}};
  constexpr int kDraws = 20000;
  for (const Law& law : laws)
    for (const double p : {0.02, 0.3, 0.7, 0.98}) {
      int below = 0;
      for (std::uint64_t k = 0; k < kDraws; ++k) below += draw(law, Rng(5) / k) < quantile(law, p);
      EXPECT_NEAR(below / double(kDraws), p, 4 * std::sqrt(p * (1 - p) / kDraws));
    }
}

TEST(LawTails, OnlyTheEndsAreDrawn) {
  int high = 0;
  constexpr int kDraws = 4000;
  for (std::uint64_t k = 0; k < kDraws; ++k) {
    const double p = tail_probability(0.98, Rng(1) / k);
    EXPECT_TRUE((p > 0 && p < 0.02) || (p > 0.98 && p < 1)) << p;
    high += p > 0.5;
  }
  EXPECT_NEAR(high / double(kDraws), 0.5, 4 * 0.5 / std::sqrt(kDraws));
}

TEST(LawTails, ScenariosSayHowFar) {
  const auto recipe = [](const std::string& beyond) {
    return testing::shipped_recipe("mix", {"tails.beyond=" + beyond});
  };
  const Recipe r = recipe("0.98");
  for (std::uint64_t i = 0; i < 40; ++i) {
    const Scenario s = draw_scenario(r, testing::assets(), i);
    EXPECT_GT(s.quantiles.size(), 10u);
    EXPECT_EQ(s.quantiles.count("wear.distance_to_wrist"), 0u) << "is a constant";
    const double p = s.quantiles.at("wear.pressure");
    EXPECT_TRUE(p < 0.02 || p > 0.98);
    EXPECT_DOUBLE_EQ(s.wear.pressure, quantile(r.pressure, p));
    EXPECT_NE(to_json(s).find("\"quantiles\""), std::string::npos);
  }
  EXPECT_NE(recipe_sha256(r), recipe_sha256(recipe("0.9")));
  EXPECT_THROW(recipe("0.3"), Error);
}

TEST(LawTails, RecipesWithoutTailsSayNothing) {
  const Recipe r = testing::shipped_recipe("mix", {});
  EXPECT_EQ(to_json(r).find("\"tails\""), std::string::npos);
  EXPECT_EQ(to_json(r).find("\"sensor\""), std::string::npos);
  const std::string scenario = to_json(draw_scenario(r, testing::assets(), 3));
  for (const char* key : {"\"quantiles\"", "\"sensor\"", "\"under\""})
    EXPECT_EQ(scenario.find(key), std::string::npos);
}

}  // namespace
}  // namespace wrist
