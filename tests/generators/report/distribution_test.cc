// SPDX-License-Identifier: Apache-2.0
#include "generators/report/distribution.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace wrist::report {
namespace {

TEST(Distribution, QuantilesLieBetweenTheTwoNearest) {
  const std::vector<double> found = quantiles({40, 10, 30, 20}, {0, 0.25, 0.5, 0.9, 1});
  EXPECT_EQ(found, (std::vector<double>{10, 17.5, 25, 37, 40}));
  EXPECT_EQ(quantiles({7}, {0, 0.5, 1}), (std::vector<double>{7, 7, 7}));
  EXPECT_TRUE(std::isnan(quantile({}, 0.5)));
}

// By the definition, at every value of both.
double by_definition(const Sample& a, const Sample& b) {
  const auto share = [](const Sample& s, float x) {
    return static_cast<double>(std::count_if(s.begin(), s.end(), [x](float v) { return v <= x; })) /
           static_cast<double>(s.size());
  };
  double largest = 0;
  for (const Sample* s : {&a, &b})
    for (const float x : *s) largest = std::max(largest, std::abs(share(a, x) - share(b, x)));
  return largest;
}

TEST(Distribution, DistanceIsTheLargestGapOfTheCumulatives) {
  const Sample a = {1, 2, 2, 3, 5, 8}, b = {2, 2, 4, 4, 9};
  EXPECT_DOUBLE_EQ(distribution_distance(a, b), by_definition(a, b));
  EXPECT_DOUBLE_EQ(distribution_distance(b, a), by_definition(a, b));
  EXPECT_DOUBLE_EQ(distribution_distance(a, a), 0);
  EXPECT_DOUBLE_EQ(distribution_distance({1, 2}, {3, 4}), 1);
  EXPECT_DOUBLE_EQ(distribution_distance({1, 3}, {2}), 0.5);
  EXPECT_TRUE(std::isnan(distribution_distance({}, {1})));
}

TEST(Distribution, ShareOutsideCountsBothSides) {
  EXPECT_DOUBLE_EQ(share_outside({1, 2, 3, 4}, 2, 3), 0.5);
  EXPECT_DOUBLE_EQ(share_outside({2, 3}, 2, 3), 0);
  EXPECT_TRUE(std::isnan(share_outside({}, 0, 1)));
}

TEST(Distribution, EdgesAreRoundAndCover) {
  EXPECT_EQ(round_edges(0.3, 9.1, 10), (std::vector<double>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(round_edges(12, 12, 20), (std::vector<double>{12, 13}));
  for (const auto& [low, high] : {std::pair{-26.4, 23.9}, {0., 1.}, {2.05, 7.97}, {1e-6, 3e-6}}) {
    const std::vector<double> edges = round_edges(low, high, 20);
    EXPECT_LE(edges.front(), low + 1e-12);
    EXPECT_GE(edges.back(), high - 1e-12);
    EXPECT_LE(edges.size(), 23u);
    EXPECT_GE(edges.size(), 9u);
  }
}

TEST(Distribution, HistogramLosesNothing) {
  const std::vector<double> edges = {0, 1, 2, 3};
  EXPECT_EQ(histogram({0, 0.5, 1, 2.9f, 3, -4, 77}, edges), (std::vector<std::int64_t>{3, 1, 3}));
  EXPECT_EQ(histogram({}, edges), (std::vector<std::int64_t>{0, 0, 0}));
}

}  // namespace
}  // namespace wrist::report
