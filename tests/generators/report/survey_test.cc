// SPDX-License-Identifier: Apache-2.0
#include "generators/report/survey.h"

#include <gtest/gtest.h>

#include "sim/base/rng.h"
#include "tests/generators/report/report_fixture.h"

namespace wrist::report {
namespace {

using namespace wrist::testing;

struct Surveyed {
  std::vector<std::filesystem::path> shards;
  Inventory inventory;
  Survey survey;

  explicit Surveyed(const std::filesystem::path& shard)
      : shards{shard}, inventory(take_inventory(shards)), survey(take_survey(shards, inventory)) {}
};

const HistogramFigure& figure_named(const std::vector<HistogramFigure>& all,
                                    const std::string& name) {
  for (const HistogramFigure& figure : all)
    if (figure.name == name) return figure;
  throw std::runtime_error("no histogram " + name);
}

// The one bin that is not empty, as its middle.
double only_value(const HistogramFigure& figure) {
  for (std::size_t k = 0; k < figure.series.at(0).counts.size(); ++k)
    if (figure.series[0].counts[k] > 0) return (figure.edges[k] + figure.edges[k + 1]) / 2;
  return -1;
}

TEST(Survey, MeasuresWhatTheFixtureMade) {
  const Surveyed s(write_recordings("survey.h5", {sine_recording(900, 0), sine_recording(700, 1)}));
  const std::int64_t windows = 6 + 4;
  EXPECT_EQ(s.survey.measured, windows);
  EXPECT_EQ(s.survey.incomplete, 0);
  ASSERT_EQ(s.survey.classes[0].name(), "walk");
  EXPECT_EQ(s.survey.classes[0].windows(), windows);
  EXPECT_NEAR(s.survey.labelled_s[0], 16, 1e-9);
  for (const float rms : s.survey.classes[0].feature(0))
    EXPECT_NEAR(rms, kFixtureAmplitude / std::sqrt(2.), 1e-3);
  for (const float peak : s.survey.classes[0].feature(3)) EXPECT_NEAR(peak, kFixtureTurn, 1e-3);
  for (const float dominant : s.survey.classes[0].feature(4))
    EXPECT_NEAR(dominant, kFixtureSine, 1e-2);
  EXPECT_TRUE(s.survey.still.figure(s.shards).curves.empty()) << "it shakes";
  ASSERT_EQ(s.survey.thumbnails[0].windows.size(), 6u);
  const Thumbnail& thumbnail = s.survey.thumbnails[0].windows[0];
  EXPECT_EQ(thumbnail.accel.size(), 256u);
  EXPECT_NEAR(thumbnail.accel[0][2], kGravity, 0.006);
  EXPECT_EQ(thumbnail.subject, "ada");
  EXPECT_EQ(thumbnail.optical.size(), 64u);
  EXPECT_NEAR(*std::max_element(thumbnail.optical.begin(), thumbnail.optical.end()), 1, 1e-3);
  EXPECT_TRUE(s.survey.thumbnails[1].windows.empty());
}

TEST(Survey, WearAndLightByHand) {
  const Surveyed s(write_recordings("wear.h5", {sine_recording(900, 0)}));
  const auto figures = s.survey.wear.figures(s.inventory.classes.names());
  EXPECT_NEAR(only_value(figure_named(figures, "slip")), 0.1 * 2.55, 0.51) << "mm in a window";
  EXPECT_TRUE(contains(figure_named(figures, "slip").note, "0.1 mm: 100 %"));
  EXPECT_TRUE(contains(figure_named(figures, "slip").note, "put on: 0.8"));
  EXPECT_NEAR(only_value(figure_named(figures, "pressure")), 5, 0.51);
  EXPECT_NEAR(only_value(figure_named(figures, "gap")), 1, 0.51);
  const HistogramFigure& quality = figure_named(figures, "optical_quality");
  EXPECT_EQ(quality.groups, "class");
  EXPECT_EQ(quality.series[0].name, "walk");
  EXPECT_NEAR(only_value(quality), 20, 0.6);
}

TEST(Survey, OpticalQualityIsARatioOfRms) {
  const Series beat = Series::LinSpaced(100, 0, 1);
  EXPECT_NEAR(optical_quality(3 + beat, 7 + 10 * beat), -20, 1e-9);
  EXPECT_NEAR(optical_quality(beat, beat), 0, 1e-9);
  EXPECT_TRUE(std::isnan(optical_quality(Series::Constant(9, 2), beat.head(9))));
  EXPECT_TRUE(std::isnan(optical_quality(beat, Series::Zero(100))));
}

TEST(Survey, WindowsWithAMissingSampleAreLeftOutAndCounted) {
  Recording r = sine_recording(900, 0);
  for (Channel& channel : r.channels)
    if (channel.group == "imu" && channel.name == "accel") {
      channel.attributes["_FillValue"] = std::int64_t{-32768};
      std::get<Rows<std::int16_t>>(channel.values)(300, 1) = -32768;
    }
  const Surveyed s(write_recordings("missing.h5", {r}));
  EXPECT_EQ(s.survey.incomplete, 2) << "windows from 128 and 256 hold sample 300";
  EXPECT_EQ(s.survey.measured, 4);
}

// Only accelerations, no truth: what is not there is left out, and stillness is not judged.
TEST(Survey, ToleratesAPoorDataset) {
  const auto file = std::filesystem::path(WRIST_BINARY_DIR) / "scratch" / "report" / "poor.h5";
  write_shard(file, {600, 600});
  const Surveyed s(file);
  EXPECT_EQ(s.survey.measured, 6);
  EXPECT_TRUE(s.survey.classes.back().feature(1).empty());
  EXPECT_TRUE(s.survey.still.figure(s.shards).curves.empty());
  const auto figures = s.survey.wear.figures(s.inventory.classes.names());
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].name, "gap");
}

TEST(Still, TheLongestRunOfStillSeconds) {
  const double rate = 50;
  Series3 accel = Series3::Zero(50 * 20, 3), gyro = Series3::Zero(50 * 20, 3);
  accel.col(2) = kGravity;
  accel(50 * 3 + 7, 0) = 8;        // second 3 is not still
  gyro.middleRows(50 * 9, 1) = 1;  // nor second 9
  EXPECT_EQ(longest_still(accel, gyro, rate).first, 500);
  EXPECT_EQ(longest_still(accel, gyro, rate).count, 500);
  gyro.col(0) = 2 * kStillGyro;  // turns all the time
  EXPECT_EQ(longest_still(accel, gyro, rate).count, 0);
  EXPECT_EQ(longest_still(accel.topRows(49), gyro.topRows(49), rate).count, 0);
}

// White noise of sd per sample over still truth: the deviation at one sample is sd.
TEST(Still, CurvesAreWhatTheSensorAdds) {
  Recording r = sine_recording(3000, 0, 0);
  const Series3 noise = 0.02 * Rng(7).normals3(3000);
  for (Channel& channel : r.channels)
    if (channel.group == "imu" && channel.name == "accel") {
      auto& counts = std::get<Rows<std::int16_t>>(channel.values);
      for (Index i = 0; i < 3000; ++i)
        for (Index k = 0; k < 3; ++k)
          counts(i, k) =
              static_cast<std::int16_t>(counts(i, k) + std::lround(noise(i, k) / 0.0005));
    }
  const Surveyed s(write_recordings("still.h5", {sine_recording(900, 1), r}));
  const AllanFigure figure = s.survey.still.figure(s.shards);
  EXPECT_DOUBLE_EQ(figure.seconds, 30);
  EXPECT_TRUE(contains(figure.rule, "truth, which is taken off"));
  ASSERT_EQ(figure.curves.size(), 6u);
  EXPECT_EQ(figure.curves[0].device, "watch/0");
  EXPECT_EQ(figure.curves[0].sensor, "accel");
  EXPECT_EQ(figure.curves[5].axis, "z");
  EXPECT_DOUBLE_EQ(figure.curves[0].tau_s[0], 0.01);
  // Relative standard error of the deviation at one sample: sqrt(3 / 4) / sqrt(N).
  EXPECT_NEAR(figure.curves[0].deviation[0] / 0.02, 1, 4 * std::sqrt(0.75 / 3000));
}

}  // namespace
}  // namespace wrist::report
