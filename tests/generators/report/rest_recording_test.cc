// SPDX-License-Identifier: Apache-2.0
// A sensor that lies still: units of what does not turn, gaps, knocks, and recordings of our own.
#include "generators/report/rest_recording.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "sim/base/constants.h"
#include "sim/base/rng.h"
#include "tests/generators/report/report_fixture.h"

namespace wrist::report {
namespace {

using namespace wrist::testing;
namespace fs = std::filesystem;

constexpr double kRate = 50;        // Hz
constexpr double kAccelSd = 0.008;  // m/s2
constexpr double kGyroSd = 6.1e-4;  // rad/s: 7 mdps/rtHz at 50 Hz

// A device on a table for `count` samples, in units of its file per SI.
struct Still {
  Index count = 3000;
  double accel = 1, gyro = 1;
  double bias = 0.004;  // rad/s
  Index gap_at = -1, knock_at = -1;

  fs::path write(const std::string& head = "t,ax,ay,az,gx,gy,gz\n") const {
    const Series3 a = kAccelSd * (Rng(5) / "a").normals3(count);
    const Series3 g = kGyroSd * (Rng(5) / "g").normals3(count);
    const fs::path file = scratch_folder() / "still.csv";
    std::ofstream out(file);
    out << head;
    for (Index i = 0; i < count; ++i) {
      const double t = static_cast<double>(i) / kRate + (gap_at >= 0 && i >= gap_at ? 5 : 0);
      const double knock = i == knock_at ? 0.5 : 0;  // m/s2, one sample
      char line[200];
      std::snprintf(line, sizeof line, "%.4f,%.7f,%.7f,%.7f,%.9f,%.9f,%.9f\n", t,
                    accel * (a(i, 0) + knock), accel * a(i, 1), accel * (a(i, 2) + kGravity),
                    gyro * (g(i, 0) + bias), gyro * g(i, 1), gyro * g(i, 2));
      out << line;
    }
    return file;
  }
};

bool noted(const RestRecording& r, const std::string& part) {
  for (const std::string& note : r.notes)
    if (contains(note, part)) return true;
  return false;
}

double sd(const Series& values) { return std::sqrt((values - values.mean()).square().mean()); }

// Relative standard error of a standard deviation of 3000 samples: 1.3 %.
void expect_si(const RestRecording& r) {
  for (Index k = 0; k < 3; ++k) {
    EXPECT_NEAR(sd(r.accel.col(k)) / kAccelSd, 1, 0.06);
    EXPECT_NEAR(sd(r.gyro.col(k)) / kGyroSd, 1, 0.06);
  }
  EXPECT_NEAR(r.accel.col(2).mean(), kGravity, 1e-3);
  EXPECT_NEAR(r.rate_hz, kRate, 1e-3);
}

TEST(RestRecording, UnitsComeFromGravityAndFromTheSizeOfTheNoise) {
  const RestRecording si = read_rest_csv(Still{}.write(), {});
  expect_si(si);
  EXPECT_TRUE(noted(si, "Angular rate was taken to be in rad/s, from the size of its noise"));
  Still odd;
  odd.accel = 1 / kGravity, odd.gyro = 1 / kDegree;
  const RestRecording other = read_rest_csv(odd.write(), {});
  expect_si(other);
  EXPECT_TRUE(noted(other, "taken to be in g"));
  EXPECT_TRUE(noted(other, "taken to be in deg/s"));
  odd.bias = 0.02;  // rad/s: 1.1 deg/s, which as radians would turn gravity round and round
  expect_si(read_rest_csv(odd.write(), {}));
}

TEST(RestRecording, WhatTheUserSaysWins) {
  const RestRecording r = read_rest_csv(Still{}.write(), {"", "m/s2", "deg/s", 0});
  EXPECT_NEAR(sd(r.gyro.col(0)) / (kGyroSd * kDegree), 1, 0.06);
  EXPECT_FALSE(noted(r, "size of its noise"));
}

TEST(RestRecording, CommentsBeforeTheColumnsAreSkippedOrNameThem) {
  expect_si(
      read_rest_csv(Still{}.write("# made by a logger\n# unit 7\nt,ax,ay,az,gx,gy,gz\n"), {}));
  expect_si(read_rest_csv(Still{}.write("# made by a logger\n# t,ax,ay,az,gx,gy,gz\n"), {}));
  EXPECT_THROW(read_rest_csv(Still{}.write("# made by a logger\n"), {}), Error);
}

TEST(RestRecording, MalformedFilesAreRefusedWithTheirLine) {
  const fs::path file = Still{.count = 20}.write();
  std::ofstream(file, std::ios::app) << "1,2,3\n";
  const std::string cells = error_of(ErrorKind::bad_data, [&] { read_rest_csv(file, {}); });
  EXPECT_TRUE(contains(cells, "line 22: expected 7 cells")) << cells;
  const fs::path word = Still{.count = 20}.write();
  std::ofstream(word, std::ios::app) << "1,2,x,4,5,6,7\n";
  const std::string text = error_of(ErrorKind::bad_data, [&] { read_rest_csv(word, {}); });
  EXPECT_TRUE(contains(text, "line 22") && contains(text, "\"ay\"") && contains(text, "\"x\""));
}

TEST(RestRecording, AGapIsSaidAndTheLongerSideUsed) {
  Still still;
  still.gap_at = 1000;
  RestRecording r = read_rest_csv(still.write(), {});
  EXPECT_EQ(r.accel.rows(), 2000);
  EXPECT_TRUE(noted(r, "Split at 1 gap"));
  EXPECT_TRUE(noted(r, "longest stretch without a gap"));
}

TEST(RestRecording, AKnockIsFoundAndTheLongerSideKept) {
  Still still;
  still.knock_at = 50 * 20 + 7;  // in the 21st second
  RestRecording r = read_rest_csv(still.write(), {});
  keep_rest(r);
  EXPECT_TRUE(r.at_rest);
  EXPECT_TRUE(noted(r, "DISTURBED in 2 seconds of 60, first at 20 s"));
  EXPECT_EQ(r.accel.rows(), 38 * 50) << "the second after it jumps back";
  RestRecording quiet = read_rest_csv(Still{}.write(), {});
  const std::size_t notes = quiet.notes.size();
  keep_rest(quiet);
  EXPECT_EQ(quiet.accel.rows(), 3000);
  EXPECT_EQ(quiet.notes.size(), notes);
}

TEST(RestRecording, AMovingWatchIsNotAtRest) {
  RestRecording r{"walk", 50, 2 * Rng(1).normals3(3000), Rng(2).normals3(3000), true, {}};
  keep_rest(r);
  EXPECT_FALSE(r.at_rest);
  EXPECT_TRUE(noted(r, "NOT AT REST"));
}

TEST(RestRecording, OfAShardTheTruthIsTakenOff) {
  const fs::path file =
      write_recordings("rest.h5", {sine_recording(600, 0), sine_recording(900, 1)});
  const RestRecording r = read_rest_shard(file, 1);
  EXPECT_EQ(r.accel.rows(), 900);
  EXPECT_NEAR(r.rate_hz, 100, 1e-9);
  EXPECT_LT(sd(r.accel.col(0)), 0.0003) << "half a count";
  EXPECT_NEAR(r.accel.col(2).mean(), kGravity, 0.001);
  EXPECT_TRUE(noted(r, "truth is known"));
  const std::string error = error_of(ErrorKind::usage, [&] { read_rest_shard(file, 2); });
  EXPECT_TRUE(contains(error, "no sequence 2; it holds 0 to 1")) << error;
}

}  // namespace
}  // namespace wrist::report
