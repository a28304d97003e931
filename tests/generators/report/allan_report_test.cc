// SPDX-License-Identifier: Apache-2.0
// From a recording at rest to figures in data-sheet units, a plot and a part that a watch can use.
#include "generators/report/allan_report.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generators/assets_internal.h"
#include "generators/pages/allan_plot.h"
#include "generators/run.h"
#include "sensor_models/signal/noise.h"
#include "sim/base/constants.h"
#include "tests/generators/report/report_fixture.h"
#include "tests/support/assets.h"

namespace wrist::report {
namespace {

using namespace wrist::testing;
namespace fs = std::filesystem;
using nlohmann::json;

constexpr double kDensity = 160e-6 * kGravity;   // m/s2/rtHz, one-sided
constexpr double kGyroDensity = 7e-3 * kDegree;  // rad/s/rtHz
constexpr double kFlicker = 40e-6 * kGravity;    // m/s2

Series3 noise(double density, double flicker_b, double rate_hz, Index count, const Rng& rng) {
  Series3 all = white_sd(density, rate_hz) * (rng / "white").normals3(count);
  for (Index k = 0; k < 3; ++k)
    all.col(k) += flicker(flicker_b, rate_hz, count, rng / static_cast<std::uint64_t>(k));
  return all;
}

RestRecording at_rest(double seconds, double rate_hz) {
  const auto count = static_cast<Index>(seconds * rate_hz);
  return {"table.csv",
          rate_hz,
          noise(kDensity, kFlicker, rate_hz, count, Rng(3) / "a"),
          noise(kGyroDensity, 0, rate_hz, count, Rng(3) / "g"),
          true,
          {}};
}

bool noted(const AllanReport& r, const std::string& part) {
  for (const std::string& note : r.notes)
    if (contains(note, part)) return true;
  return false;
}

// An hour at 25 Hz knows N to 1.2 %.
TEST(AllanReport, SpeaksTheUnitsOfDataSheets) {
  const AllanReport r = allan_report(at_rest(3600, 25));
  ASSERT_EQ(r.axes.size(), 6u);
  for (const AllanAxis& a : r.axes) {
    const bool accel = a.units == &accel_units();
    EXPECT_NEAR(one_sided_density(a) / a.units->density_si / (accel ? 160 : 7), 1, 0.05);
    EXPECT_NEAR(a.fit.white.value * std::sqrt(2.), one_sided_density(a), 1e-15);
    EXPECT_EQ(a.fit.flicker.determined, accel) << "the gyroscope has none";
    const double flicker_b = accel ? kFlicker : 0;
    EXPECT_LT(flicker_b, a.fit.flicker.at_most);
    EXPECT_FALSE(a.fit.walk.determined);
  }
  EXPECT_TRUE(noted(r, "Random walk is not determined by 60 min"));
  EXPECT_STREQ(accel_units().density, "ug/rtHz");
  EXPECT_DOUBLE_EQ(accel_units().density_si,
                   parse_quantity("1 ug/rtHz", Dimension::acceleration_density));
  EXPECT_DOUBLE_EQ(gyro_units().density_si, parse_quantity("1 mdps/rtHz", Dimension::rate_density));
  EXPECT_DOUBLE_EQ(gyro_units().bias_si, parse_quantity("1 deg/h", Dimension::angular_rate));
  EXPECT_DOUBLE_EQ(gyro_units().walk_si, parse_quantity("1 mdps/rts", Dimension::rate_walk));
}

TEST(AllanReport, JsonHasBoundsInPlaceOfWhatIsNotDetermined) {
  const json j = json::parse(to_json(allan_report(at_rest(300, 25))));
  ASSERT_EQ(j["axes"].size(), 6u);
  const json& x = j["axes"][0];
  EXPECT_TRUE(x["k"]["value"].is_null());
  EXPECT_FALSE(x["k"]["determined"].get<bool>());
  EXPECT_GT(x["k"]["at_most"].get<double>(), 0);
  EXPECT_NEAR(x["noise_density_one_sided"]["value"].get<double>(),
              std::sqrt(2.) * x["n_two_sided"]["value"].get<double>(), 1e-9);
  EXPECT_EQ(x["tau_s"].size(), x["deviation_si"].size());
  EXPECT_EQ(x["tau_s"].size(), x["standard_error_si"].size());
  EXPECT_NEAR(j["seconds"].get<double>(), 300, 1e-9);
}

// A watch with the part in it, through the reader of assets.
TEST(AllanReport, ThePartIsReadByTheReaderOfParts) {
  const AllanReport r = allan_report(at_rest(3600, 25));
  const fs::path folder = scratch_folder();
  fs::create_directories(folder / "parts");
  fs::copy(asset_folder() / "parts" / "max86141.toml", folder / "parts");
  std::ofstream(folder / "parts" / "mine.toml") << to_part(r, "mine \"of\\ours\"");
  toml::table parsed = parse_toml_file(asset_folder() / "watches" / "generic_100hz.toml");
  override_toml(parsed, "imu.part=\"mine\"");
  const WatchSpec watch = read_watch(TomlTable(parsed, "watch"), folder);
  EXPECT_EQ(watch.imu.name, "mine  of ours ");
  double squares = 0;
  for (std::size_t k = 0; k < 3; ++k) squares += std::pow(one_sided_density(r.axes[k]), 2);
  EXPECT_NEAR(watch.imu.accel.noise_density / std::sqrt(squares / 3), 1, 1e-3);
  EXPECT_NEAR(watch.imu.accel.noise_density / kDensity, 1, 0.03);
  EXPECT_NEAR(watch.imu.gyro.noise_density / kGyroDensity, 1, 0.03);
  EXPECT_NEAR(watch.imu.accel.flicker / kFlicker, 1, 0.3);
  EXPECT_EQ(watch.imu.gyro.flicker, 0) << "not determined";
  EXPECT_EQ(watch.imu.accel.random_walk, 0);
}

TEST(AllanReport, NoPartOfWhatMoves) {
  RestRecording moving = at_rest(60, 25);
  moving.accel *= 1000;
  const AllanReport r = allan_report(moving);
  EXPECT_FALSE(r.at_rest);
  const std::string error = error_of(ErrorKind::check_failed, [&] { to_part(r, "x"); });
  EXPECT_TRUE(contains(error, "table.csv: expected a sensor at rest")) << error;
}

TEST(AllanReport, SaysWhatIsWrongWithARecording) {
  const std::string brief = error_of(ErrorKind::bad_data, [] { allan_report(at_rest(20, 25)); });
  EXPECT_TRUE(contains(brief, "table.csv: expected 28.8 s or more at rest")) << brief;
  RestRecording dead = at_rest(60, 25);
  dead.accel.col(1).setConstant(3);
  const AllanReport two = allan_report(dead);
  EXPECT_EQ(two.axes.size(), 5u);
  EXPECT_TRUE(noted(two, "accel y never changes"));
  dead.accel.setConstant(1), dead.gyro.setZero();
  error_of(ErrorKind::bad_data, [&] { allan_report(dead); });
  RestRecording coarse = at_rest(600, 25);
  coarse.accel = (coarse.accel / 0.05).round() * 0.05 +
                 0.05 * (Series3::Random(coarse.accel.rows(), 3) > 0.999).cast<double>();
  EXPECT_TRUE(noted(allan_report(coarse), "steps of 0.05 m/s2, coarser than its noise"));
}

// A wrist is never still: its slow movement is no white noise, and that is seen.
TEST(AllanReport, AHandThatHoldsIsToldFromATable) {
  RestRecording held = at_rest(300, 50);
  held.accel.col(0) += random_walk(0.02, 50, held.accel.rows(), Rng(9));
  EXPECT_TRUE(noted(allan_report(held), "The accel x falls with a slope of"));
  EXPECT_FALSE(noted(allan_report(at_rest(300, 50)), "slope"));
}

TEST(AllanReport, ThePlotIsWholeAndHoldsNoForeignTags) {
  RestRecording named = at_rest(300, 25);
  named.source = "a<b>&\".csv";
  const AllanReport r = allan_report(named);
  for (const std::string& text : {allan_svg(r), allan_page(r)}) {
    EXPECT_TRUE(contains(text, "a&lt;b>&amp;&quot;.csv"));
    EXPECT_TRUE(contains(text, "</svg>"));
    EXPECT_FALSE(contains(text, "nan"));
    EXPECT_FALSE(contains(text, "http://www.w3.org/1999"));
    EXPECT_TRUE(contains(text, "Allan deviation of accel, ug"));
    EXPECT_TRUE(contains(text, "Allan deviation of gyro, deg/h"));
  }
}

// The whole way: a watch of our own that rests, its shard, and the figures of that specimen of its
// part (BMI270: about 160 ug/rtHz, 7 mdps/rtHz). Three minutes know N to some 4 %.
TEST(AllanReport, AShardOfOurOwnGivesItsPartBack) {
  const fs::path folder = scratch_folder();
  const Recipe recipe =
      shipped_recipe("quickstart", {"motions.classes=[\"rest\"]", "recordings=1",
                                    "subjects.count=1", "duration=180 s", "fidelity=ideal"});
  ASSERT_TRUE(run(recipe, assets(), {folder, 1, false, {}, {}}).failures.empty());
  const AllanReport r = allan_report(read_rest_shard(folder, 0));
  EXPECT_TRUE(r.at_rest);
  const ImuSpec& part = assets().watch("generic_100hz").imu;
  const Scenario drawn = draw_scenario(recipe, assets(), 0);
  const ImuUnit unit = build_imu(scaled(part, drawn.imu), Rng(drawn.device_seed) / "imu");
  EXPECT_NEAR(r.rate_hz / part.rate_hz, 1, part.rate_error_max);
  for (const AllanAxis& a : r.axes) {
    const TriadUnit& triad = a.units == &accel_units() ? unit.accel : unit.gyro;
    const double spec = triad.noise_density[a.axis - 'x'];
    ASSERT_TRUE(a.fit.white.determined);
    EXPECT_NEAR(one_sided_density(a) / spec, 1, 0.01 + 4 * a.fit.white.sd / a.fit.white.value)
        << a.units->name << a.axis;
  }
}

}  // namespace
}  // namespace wrist::report
