// SPDX-License-Identifier: Apache-2.0
// Recordings of real watches, as their loggers wrote them; read in place.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "generators/report/against.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

// UWash: one session of handwashing with pauses; its gyroscope's x column is a copy of its y.
TEST(RealFiles, UWash) {
  const auto file = testing::shared_data() / "uwash_labelled" / "labelData.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "SKIPPED: real data not found at " << file;
  const RealRecording r = read_recording_csv(file);
  EXPECT_NEAR(r.rate_hz, 50, 1.5);
  EXPECT_EQ(r.class_names.size(), 10u);
  EXPECT_EQ(r.class_names.front(), "label 0");
  const std::string notes = std::accumulate(r.notes.begin(), r.notes.end(), std::string());
  for (const char* part : {"in ms", "in m/s2", "in deg/s", "same numbers on x and y", "gaps"})
    EXPECT_NE(notes.find(part), std::string::npos) << part << " in: " << notes;
  Index rows = 0;
  double squares = 0;
  for (const RealRecording::Stretch& stretch : r.stretches) {
    rows += stretch.accel.rows();
    squares += stretch.gyro.square().sum();
    EXPECT_EQ(std::ssize(stretch.class_id), stretch.accel.rows());
  }
  EXPECT_EQ(rows, 21690);
  EXPECT_NEAR(std::sqrt(squares / static_cast<double>(rows)), 2.71, 0.1) << "rad/s";
}

TEST(RealFiles, UWashIsLaidOverItself) {
  const auto file = testing::shared_data() / "uwash_labelled" / "labelData.csv";
  if (!std::filesystem::exists(file)) GTEST_SKIP() << "SKIPPED: real data not found at " << file;
  const report::AgainstFigure figure = report::lay_against({read_recording_csv(file)}, {}, {});
  ASSERT_EQ(figure.files.size(), 1u);
  EXPECT_GT(figure.files[0].windows, 150);
  EXPECT_EQ(figure.classes.size(), 10u);
  EXPECT_TRUE(figure.gap.empty()) << "nothing synthetic to compare with";
}

}  // namespace
}  // namespace wrist
