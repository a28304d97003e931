// SPDX-License-Identifier: Apache-2.0
// Every class as simulated against its card. Other people and another seed than the levels of the
// cards were set with (twelve people, seeds 4, 11 and 23).
#include <gtest/gtest.h>

#include <algorithm>

#include "generators/evaluation/measure_classes.h"
#include "generators/library.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

TEST(MeasuredAttributes, AgreeWithEveryCard) {
  const ClassCards cards = read_class_cards(testing::asset_folder() / "classes");
  const auto measured = measure_classes(testing::assets(), {{}, 5, 31, 2});
  ASSERT_EQ(measured.size(), library_classes(testing::assets()).size());
  int checked = 0;
  for (const auto& [name, spreads] : measured)
    for (const AttributeCheck& c : check_attributes(cards, name, spreads)) {
      ++checked;
      EXPECT_TRUE(c.agrees) << name << ": " << c.attribute << ": declared " << c.declared[0]
                            << " to " << c.declared[1] << ", measured " << c.measured.median << " ("
                            << c.measured.low << " to " << c.measured.high << "), expected "
                            << c.bounds[0] << " to " << c.bounds[1];
    }
  EXPECT_GT(checked, 91 * 20);

  // The bands are narrow enough to tell: hardly a class fits the card of another.
  int others = 0, fitting = 0;
  for (const auto& [name, spreads] : measured)
    for (const std::string& other : library_classes(testing::assets())) {
      if (other == name) continue;
      const auto checks = check_attributes(cards, other, spreads);
      fitting += std::ranges::all_of(checks, &AttributeCheck::agrees);
      ++others;
    }
  EXPECT_LT(fitting, 0.03 * others);
}

// Classes that differ in one thing differ in its attribute.
TEST(MeasuredAttributes, TellClassesApart) {
  const auto measured = measure_classes(
      testing::assets(), {{"rest", "run", "tap_watch", "twist", "walk", "wave"}, 3, 5, 2});
  const auto of = [&](const char* name, const char* attribute) {
    return measured.at(name).at(attribute).median;
  };
  EXPECT_GT(of("run", "rhythm_hz"), 1.2 * of("walk", "rhythm_hz"));
  EXPECT_GT(of("run", "force_peak_g"), 3 * of("walk", "force_peak_g"));
  EXPECT_GT(of("walk", "rate_rms_dps"), 20 * of("rest", "rate_rms_dps"));
  EXPECT_GT(of("twist", "roll_share"), 3 * of("wave", "roll_share"));
  EXPECT_GT(of("wave", "elevation_deg"), 20);
  EXPECT_LT(of("walk", "elevation_deg"), -45);
  EXPECT_EQ(of("rest", "contacts_hz"), 0);
  EXPECT_GT(of("tap_watch", "contacts_hz"), 0.5);
}

}  // namespace
}  // namespace wrist
