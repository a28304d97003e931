// SPDX-License-Identifier: Apache-2.0
// The light paths of a watch: written out, or every pair of emitters and detectors.
#include <gtest/gtest.h>

#include "generators/assets_internal.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using namespace testing;

constexpr const char* kPairs = R"(
[[emitters]]
name = "green"
wavelength_nm = 525.0
at = ["0 mm", "2 mm"]
[[emitters]]
name = "red"
wavelength_nm = 660.0
at = ["-1 mm", "0 mm"]
exposure_at = "200 us"
[[detectors]]
name = "top"
at = ["0 mm", "5 mm"]
[[detectors]]
name = "bottom"
at = ["3 mm", "-4 mm"]
)";

std::vector<PpgChannelSpec> read(const std::string& text) {
  const toml::table parsed = toml::parse(text);
  const TomlTable table(parsed, "watch.toml");
  const std::vector<PpgChannelSpec> paths = read_light_paths(table);
  table.finish();
  return paths;
}

std::string error_of(const std::string& text) {
  try {
    read(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(AssetsLightPaths, EveryDetectorSeesEveryEmitter) {
  const std::vector<PpgChannelSpec> paths = read(kPairs);
  ASSERT_EQ(paths.size(), 4U);
  EXPECT_EQ(paths[0].name, "green-top");
  EXPECT_EQ(paths[1].name, "green-bottom");
  EXPECT_EQ(paths[3].emitter, 1);
  EXPECT_EQ(paths[3].detector, 1);
  EXPECT_EQ(paths[3].wavelength_nm, 660);
  EXPECT_DOUBLE_EQ(paths[0].distance, 0.003);
  EXPECT_DOUBLE_EQ(paths[1].distance, std::hypot(0.003, 0.006));
  EXPECT_DOUBLE_EQ(paths[3].midpoint[0], 0.001);
  EXPECT_DOUBLE_EQ(paths[3].midpoint[1], -0.002);
  EXPECT_DOUBLE_EQ(paths[2].exposure_offset, 200e-6);
  EXPECT_EQ(paths[0].exposure_offset, 0);
}

TEST(AssetsLightPaths, BothWaysAtOnceAndMissingDetectorsAreErrors) {
  const std::string both = std::string(kPairs) + "[[channels]]\nname = \"x\"\n";
  EXPECT_NE(error_of(both).find("either channels, or emitters and detectors"), std::string::npos);
  const std::string pairs = kPairs;
  const std::string blind = error_of(pairs.substr(0, pairs.find("[[detectors]]")));
  EXPECT_NE(blind.find("detectors"), std::string::npos) << blind;
  std::string misspelt = pairs;
  const std::string wrong =
      error_of(misspelt.replace(misspelt.find("exposure_at"), 11, "exposed_at "));
  EXPECT_NE(wrong.find("exposure_at"), std::string::npos) << wrong;
}

TEST(AssetsLightPaths, ShippedWatchesHaveAsManyAsTheirNames) {
  for (const int count : {8, 52}) {
    const WatchSpec& watch = assets().watch("generic_optics" + std::to_string(count) + "_100hz");
    ASSERT_EQ(watch.optical.channels.size(), static_cast<std::size_t>(count));
    for (const PpgChannelSpec& path : watch.optical.channels) {
      EXPECT_GT(path.distance, 0.0025) << path.name;  // what the path tables hold
      EXPECT_LT(path.distance, 0.009) << path.name;
    }
  }
}

}  // namespace
}  // namespace wrist
