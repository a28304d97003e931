// SPDX-License-Identifier: Apache-2.0
#include "generators/estimate.h"

#include <gtest/gtest.h>

#include "generators/run.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::assets;

Recipe recipe_of(const std::vector<std::string>& overrides) {
  return read_recipe(fs::path(WRIST_SOURCE_DIR) / "assets/recipes/mix.toml", overrides, assets());
}

double bytes_made(const Recipe& recipe) {
  RunOptions options;
  options.out = testing::scratch_folder();
  options.jobs = 2;
  run(recipe, assets(), options);
  double bytes = 0;
  for (const auto& entry : fs::directory_iterator(options.out))
    if (entry.path().extension() == ".h5") bytes += static_cast<double>(entry.file_size());
  return bytes;
}

// Two watches, three lengths, five classes; a fifth of them tried.
TEST(Estimate, SizeIsWithinATenth) {
  const Recipe recipe = recipe_of({"fidelity=ideal", "recordings=240"});
  const Estimate e = estimate(recipe, assets(), 1e9, 24);
  EXPECT_EQ(e.tried, 48);
  const double made = bytes_made(recipe);
  EXPECT_NEAR(e.bytes / made, 1, 0.1) << made << " bytes were made";
}

TEST(Estimate, TakesNoMoreRecordingsThanThereAreNorLeavesAFile) {
  const Recipe recipe = recipe_of({"fidelity=ideal", "recordings=40"});
  // A place of its own: tests beside this one try recordings too.
  const fs::path place = testing::scratch_folder() / "tmp";
  fs::create_directory(place);
  ASSERT_EQ(setenv("TMPDIR", place.c_str(), 1), 0);
  const Estimate e = estimate(recipe, assets(), 1e9);
  EXPECT_EQ(e.tried, 40);
  EXPECT_GT(e.core_seconds, 0);
  EXPECT_TRUE(fs::is_empty(place));
  ASSERT_EQ(unsetenv("TMPDIR"), 0);
  EXPECT_NEAR(e.bytes / bytes_made(recipe), 1, 0.03) << "every recording was tried";
}

TEST(Estimate, BudgetOfNothingTriesOneOfEachWatch) {
  EXPECT_EQ(estimate(recipe_of({"fidelity=ideal"}), assets(), 0).tried, 2);
}

TEST(Estimate, AWatchInOneShardOfManyIsTriedToo) {
  const Recipe recipe = recipe_of({"fidelity=ideal", "recordings=3000", "shards=3000",
                                   "devices.watch={generic_100hz=2999, generic_50hz_small=1}"});
  EXPECT_EQ(estimate(recipe, assets(), 0).tried, 2);
}

}  // namespace
}  // namespace wrist
