// SPDX-License-Identifier: Apache-2.0
// A strap that hardly presses is still a strap round an arm, whatever the arm does.
#include "recipe_fixture.h"

namespace wrist {
namespace {

/// m; farthest of the watch from the skin in this recording of the quickstart.
double farthest(double kilopascal, std::vector<std::string> overrides, std::uint64_t index) {
  overrides.push_back("wear.pressure=\"" + std::to_string(kilopascal) + " kPa\"");
  const Recipe recipe = testing::shipped_recipe("quickstart", overrides);
  const Recording r = make_recording(draw_scenario(recipe, testing::assets(), index),
                                     testing::assets(), ClipLibrary({}, 1));
  const Eigen::ArrayXXd gap = testing::values(r, "truth", "gap");
  EXPECT_TRUE(gap.allFinite() && testing::values(r, "truth", "clean_accel").allFinite());
  return gap.maxCoeff();
}

const std::vector<std::string> kSlaps = {"motions.classes=[\"slap_table\"]", "recordings=60",
                                         "subjects.count=20"};

// The wrists are 19-26 mm deep from axis to skin; skin alone lost the watch, or its numbers.
TEST(LooseStrap, KeepsTheWatchThroughTheHardestSlaps) {
  for (std::uint64_t index : {10u, 15u, 50u, 57u})
    for (double kilopascal : {0.1, 0.3, 0.7})
      EXPECT_LT(farthest(kilopascal, kSlaps, index), 0.023) << index << " " << kilopascal;
}

TEST(LooseStrap, KeepsTheWatchWhenAnArmFlingsItAtTheHand) {
  EXPECT_LT(farthest(0.1, {"motions.classes=[\"all\"]", "recordings=400", "subjects.count=5"}, 305),
            0.023);
}

TEST(LooseStrap, TheTighterTheStrapTheLessItRises) {
  double last = 1;
  for (double kilopascal : {0.1, 0.5, 2.0, 8.0}) {
    const double now = farthest(kilopascal, kSlaps, 3);
    EXPECT_LE(now, last) << kilopascal;
    last = now;
  }
  EXPECT_LT(last, 0.001);
}

}  // namespace
}  // namespace wrist
