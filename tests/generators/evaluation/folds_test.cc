// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/folds.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "generators/class_card.h"
#include "generators/library.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"

namespace wrist::evaluation {
namespace {

using testing::assets;

std::vector<std::string> all_classes() {
  std::vector<std::string> names;
  for (const auto& [name, movement] : assets().movements)
    if (movement.label.empty() && assets().classes.contains(name)) names.push_back(name);
  return names;
}

std::vector<Fold> folds(std::uint64_t seed) {
  return deal_folds(all_classes(), {"rest", "walk"}, assets(), {5, seed});
}

TEST(Folds, EveryClassIsUnseenForTheTestOnceAndForChoosingOnce) {
  std::map<std::string, int> tested, chosen;
  for (const Fold& fold : folds(9)) {
    EXPECT_EQ(fold.seen.size() + fold.unseen_validation.size() + fold.unseen_test.size(),
              all_classes().size());
    for (const UnseenClass& c : fold.unseen_test) ++tested[c.name];
    for (const std::string& name : fold.unseen_validation) {
      ++chosen[name];
      EXPECT_FALSE(fold.is_unseen_test(name));
    }
    for (const std::string& name : fold.seen) {
      EXPECT_FALSE(fold.is_unseen_test(name));
      EXPECT_FALSE(fold.is_unseen_validation(name));
    }
  }
  EXPECT_EQ(tested.size(), all_classes().size() - 2);
  EXPECT_FALSE(tested.contains("rest") || tested.contains("walk"));
  EXPECT_EQ(tested, chosen);
  for (const auto& [name, times] : tested) EXPECT_EQ(times, 1) << name;
}

TEST(Folds, KinAreSharedOut) {
  std::map<std::string, int> kind;  // parent -> classes
  for (const std::string& name : all_classes()) ++kind[assets().classes.at(name).parent];
  for (const Fold& fold : folds(9)) {
    std::map<std::string, int> here;
    for (const UnseenClass& c : fold.unseen_test) ++here[assets().classes.at(c.name).parent];
    for (const auto& [parent, count] : here) EXPECT_LE(count, kind[parent] / 5 + 1) << parent;
  }
}

TEST(Folds, TheSeedDeals) {
  const auto tested = [](const std::vector<Fold>& all) {
    std::vector<std::string> names;
    for (const UnseenClass& c : all[0].unseen_test) names.push_back(c.name);
    return names;
  };
  EXPECT_EQ(tested(folds(9)), tested(folds(9)));
  EXPECT_NE(tested(folds(9)), tested(folds(10)));
}

// By hand, over what both declare: (0.5 + 0 + 1) / 3.
TEST(Folds, DistanceIsTheMeanDifferenceOfWhatBothDeclare) {
  EXPECT_DOUBLE_EQ(attribute_distance({0.5, 1, 0, kUndeclared, 1}, {1, 1, 1, 0, kUndeclared}), 0.5);
  EXPECT_EQ(attribute_distance({kUndeclared}, {1}), 1);
}

TEST(Folds, NearestIsSeenAndNearIsBelowTheMedian) {
  const std::vector<Fold> all = folds(9);
  const AttributeRows rows = scaled_attributes(assets(), all_classes());
  double farthest_near = 0, nearest_far = 1;
  int near = 0, far = 0;
  for (const Fold& fold : all)
    for (const UnseenClass& c : fold.unseen_test) {
      EXPECT_TRUE(std::binary_search(fold.seen.begin(), fold.seen.end(), c.nearest));
      for (const std::string& other : fold.seen)
        EXPECT_LE(c.distance, attribute_distance(rows.at(c.name), rows.at(other)));
      (c.near ? near : far)++;
      c.near ? farthest_near = std::max(farthest_near, c.distance)
             : nearest_far = std::min(nearest_far, c.distance);
    }
  EXPECT_LT(farthest_near, nearest_far);
  EXPECT_NEAR(near, far, 2);
}

TEST(Folds, TooFewAreRefused) {
  try {
    deal_folds({"pinch", "walk", "rest"}, {"rest"}, assets(), {5, 1});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find("folds.count: expected 3 to 2"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace wrist::evaluation
