// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "generators/judge.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using testing::assets;

Verdict verdict(const std::string& class_name, std::uint64_t index) {
  const Recipe recipe = testing::shipped_recipe(
      "judge", {"motions.classes=[\"" + class_name + "\"]", "recordings=4", "subjects.count=4"});
  return judge(draw_scenario(recipe, assets(), index), assets(), ClipLibrary({}, 1));
}

double energy_ratio(const Verdict& v, std::size_t band) {
  return v.worn[band] * v.worn[band] / (v.full[band] * v.full[band]);
}

// Without touches both are the same arm and the same strap.
TEST(Judge, WalkingIsTheSameToAFewPercent) {
  const Verdict v = verdict("walk", 0);
  EXPECT_LT(v.difference, 0.01 * v.rms);
  EXPECT_LT(v.gyro_difference, 0.01 * v.gyro_rms);
  for (std::size_t band = 0; band < kJudgedBands.size(); ++band)
    EXPECT_NEAR(energy_ratio(v, band), 1, 0.2) << band;
}

TEST(Judge, BlowsAgreeUpTo60HzWithinAFactorOfTwoAndMovementWithinATenth) {
  for (const char* name : {"clap", "double_pinch", "drink"}) {
    const Verdict v = verdict(name, 2);
    EXPECT_LT(v.difference, 0.1 * v.rms) << name;
    EXPECT_GT(energy_ratio(v, 0), 0.5) << name;
    EXPECT_LT(energy_ratio(v, 0), 2) << name;
    EXPECT_GT(v.worn_contacts, 0u);
    EXPECT_NEAR(v.worn_force / v.full_force, 1, 0.5) << name;
  }
}

// m/s2, above 20 Hz: a firm slap 4-20 g, a clap 1-8 g. A pinch should have 0.02-0.2 g and has half
// of that at its weakest.
TEST(Judge, BlowsHaveTheSizeOfRealOnes) {
  for (std::uint64_t person = 0; person < 4; ++person) {
    const Verdict pinch = verdict("double_pinch", person), clap = verdict("clap", person),
                  slap = verdict("slap_table", person);
    EXPECT_GT(pinch.worn_peak, 0.1) << person;
    EXPECT_LT(pinch.worn_peak, 2) << person;
    EXPECT_GT(clap.worn_peak, 9.8) << person;
    EXPECT_LT(clap.worn_peak, 80) << person;
    EXPECT_GT(slap.worn_peak, 39) << person;
    EXPECT_LT(slap.worn_peak, 200) << person;
  }
}

}  // namespace
}  // namespace wrist
