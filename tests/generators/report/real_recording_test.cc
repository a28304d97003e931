// SPDX-License-Identifier: Apache-2.0
// Tables as loggers write them: names, units, clocks and what cannot be read.
#include "generators/report/real_recording.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <functional>

#include "sim/base/constants.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using namespace wrist::testing;
namespace fs = std::filesystem;

fs::path write_csv(const std::string& text) {
  const fs::path file = scratch_folder() / "watch.csv";
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string numbers(const std::vector<double>& values, const std::string& separator = ",") {
  std::string line;
  for (const double value : values) {
    char text[40];
    std::snprintf(text, sizeof text, "%s%.9g", line.empty() ? "" : separator.c_str(), value);
    line += text;
  }
  return line + "\n";
}

// A watch that is turned about x, back and forth by 1 rad at 0.5 Hz, in the world at rest.
struct Turning {
  double accel = 1, gyro = 1;  // units the file has per m/s2 and rad/s
  Index count = 600;
  std::function<double(Index)> stamp = [](Index i) { return 0.01 * static_cast<double>(i); };

  std::string rows() const {
    std::string text;
    for (Index i = 0; i < count; ++i) {
      const double t = 0.01 * static_cast<double>(i), w = kPi;
      const double angle = std::sin(w * t), rate = w * std::cos(w * t);
      text += numbers({stamp(i), 0, accel * kGravity * std::sin(angle),
                       accel * kGravity * std::cos(angle), gyro * rate, 0, 0});
    }
    return text;
  }
};

const char* const kHeader = "time,ax,ay,az,gx,gy,gz\n";

bool noted(const RealRecording& recording, const std::string& part) {
  for (const std::string& note : recording.notes)
    if (contains(note, part)) return true;
  return false;
}

std::string refused(const std::string& text, const RealRecordingOptions& options = {},
                    ErrorKind kind = ErrorKind::bad_data) {
  const fs::path file = write_csv(text);
  const std::string error = error_of(kind, [&] { read_recording_csv(file, options); });
  EXPECT_TRUE(contains(error, kind == ErrorKind::bad_data ? file.string() : "unit")) << error;
  return error;
}

double gyro_rms(const RealRecording& r) {
  return std::sqrt(r.stretches.at(0).gyro.square().rowwise().sum().mean());
}

TEST(RealRecording, TellsUnitsFromGravity) {
  const double rms = kPi / std::sqrt(2.);
  for (const auto& [accel, accel_unit] :
       {std::pair{1., "in m/s2"}, {1 / kGravity, "in g"}, {1000 / kGravity, "in mg"}})
    for (const auto& [gyro, gyro_unit] : {std::pair{1., "in rad/s"}, {1 / kDegree, "in deg/s"}}) {
      const RealRecording r =
          read_recording_csv(write_csv(kHeader + Turning{accel, gyro}.rows()), {});
      EXPECT_NEAR(r.rate_hz, 100, 1e-6);
      ASSERT_EQ(r.stretches.size(), 1u);
      EXPECT_NEAR(r.stretches[0].accel.row(0)[2], kGravity, 1e-6);
      EXPECT_NEAR(gyro_rms(r), rms, 1e-3 * rms);
      EXPECT_TRUE(noted(r, std::string("Acceleration was taken to be ") + accel_unit));
      EXPECT_TRUE(noted(r, std::string("Angular rate was taken to be ") + gyro_unit));
      EXPECT_TRUE(noted(r, "same numbers on y and z"));
    }
}

// Turned gently enough that range says nothing: 0.1 rad at 0.25 Hz is 0.16 rad/s or 9 deg/s.
TEST(RealRecording, TellsDegreesOfAGentleTurnToo) {
  for (const double per_radian : {1., 1 / kDegree}) {
    std::string text = kHeader;
    for (Index i = 0; i < 2000; ++i) {
      const double t = 0.01 * static_cast<double>(i), w = kPi / 2;
      const double angle = 0.3 * std::sin(w * t), rate = 0.3 * w * std::cos(w * t);
      text += numbers(
          {t, 0, kGravity * std::sin(angle), kGravity * std::cos(angle), per_radian * rate, 0, 0});
    }
    const RealRecording r = read_recording_csv(write_csv(text), {});
    EXPECT_NEAR(gyro_rms(r), 0.3 * kPi / 2 / std::sqrt(2.), 0.01);
  }
}

TEST(RealRecording, AStillWatchCannotTellAndSaysSo) {
  std::string text = kHeader;
  for (int i = 0; i < 500; ++i) text += numbers({0.02 * i, 0, 0, 9.8, 0.001, 0.002, 0});
  const RealRecording r = read_recording_csv(write_csv(text), {});
  EXPECT_TRUE(noted(r, "turns too little"));
  EXPECT_NEAR(r.stretches[0].gyro(3, 1), 0.002, 1e-12);
}

TEST(RealRecording, NamedUnitsAndOptionsWin) {
  const std::string rows = Turning{}.rows();
  RealRecording r = read_recording_csv(
      write_csv("t [s],acc_x (g),acc_y (g),acc_z (g),gyr_x_dps,gyr_y_dps,gyr_z_dps\n" + rows), {});
  EXPECT_NEAR(r.stretches[0].accel(0, 2), kGravity * kGravity, 1e-5);
  EXPECT_NEAR(gyro_rms(r), kDegree * kPi / std::sqrt(2.), 1e-3);
  EXPECT_FALSE(noted(r, "taken to be"));
  r = read_recording_csv(write_csv(kHeader + rows), {"", "G", "deg/s", 0});
  EXPECT_NEAR(r.stretches[0].accel(0, 2), kGravity * kGravity, 1e-5);
  EXPECT_NEAR(gyro_rms(r), kDegree * kPi / std::sqrt(2.), 1e-3);
  EXPECT_TRUE(contains(refused(kHeader + rows, {"", "furlong", "", 0}, ErrorKind::usage),
                       "expected m/s2, g or mg, found \"furlong\""));
}

TEST(RealRecording, KnowsTheNamesLoggersUse) {
  const std::string rows = Turning{1, 1, 50}.rows();
  for (const std::string header :
       {"timestamp,acc_x,acc_y,acc_z,gyr_x,gyr_y,gyr_z",
        "Time (s),x_acc,y_acc,z_acc,x_gyro,y_gyro,z_gyro", "t,AccX,AccY,AccZ,GyroX,GyroY,GyroZ",
        "time,accel_x,accel_y,accel_z,wx,wy,wz",
        "seconds_elapsed,Acceleration X (m/s^2),Acceleration Y (m/s^2),Acceleration Z (m/s^2),"
        "Gyroscope X (rad/s),Gyroscope Y (rad/s),Gyroscope Z (rad/s)",
        "TIMESTAMP [s],acc_x_ms2,acc_y_ms2,acc_z_ms2,gyro_x_rads,gyro_y_rads,gyro_z_rads",
        "\"time\",\"acceleration_x\",\"acceleration_y\",\"acceleration_z\",\"angular_velocity_x\","
        "\"angular_velocity_y\",\"angular_velocity_z\""}) {
    const RealRecording r = read_recording_csv(write_csv(header + "\n" + rows), {});
    ASSERT_EQ(r.stretches.size(), 1u) << header;
    EXPECT_NEAR(r.stretches[0].accel(0, 2), kGravity, 1e-6) << header;
    EXPECT_EQ(r.stretches[0].gyro.rows(), 50) << header;
  }
}

// CoreMotion, as SensorLog writes it: lying face up a watch reads -1 G on z; ours reads +9.81.
TEST(RealRecording, TurnsCoreMotionRound) {
  std::string text =
      "loggingTime(txt),accelerometerTimestamp_sinceReboot(s),accelerometerAccelerationX(G),"
      "accelerometerAccelerationY(G),accelerometerAccelerationZ(G),motionUserAccelerationX(G),"
      "motionRotationRateX(rad/s),motionRotationRateY(rad/s),motionRotationRateZ(rad/s)\n";
  for (int i = 0; i < 100; ++i)
    text += "2021-06-09 12:00:00.123 +0200," + numbers({500 + 0.02 * i, 0.1, 0, -1, 0, 0.1, 0, 0});
  const RealRecording r = read_recording_csv(write_csv(text), {});
  EXPECT_NEAR(r.rate_hz, 50, 1e-6);
  EXPECT_NEAR(r.stretches[0].accel(5, 2), kGravity, 1e-9);
  EXPECT_NEAR(r.stretches[0].accel(5, 0), -0.1 * kGravity, 1e-9);
  EXPECT_NEAR(r.stretches[0].gyro(5, 0), 0.1, 1e-9);
  EXPECT_TRUE(noted(r, "signs turned"));
}

TEST(RealRecording, TellsTheUnitOfTime) {
  for (const auto& [scale, offset, unit] : {std::tuple{0.01, 0., "in s"},
                                            {10., 1623240848187., "in ms"},
                                            {1e4, 1.6e15, "in us"},
                                            {1e7, 0., "in ns"}}) {
    Turning turning;
    turning.count = 300;
    const double step = scale, start = offset;
    turning.stamp = [=](Index i) { return start + step * static_cast<double>(i); };
    std::string text = kHeader;
    for (Index i = 0; i < 300; ++i) {
      char stamp[40];
      std::snprintf(stamp, sizeof stamp, "%.3f,", turning.stamp(i));
      text += stamp + numbers({0, 0, 9.81, 0, 0, 0});
    }
    const RealRecording r = read_recording_csv(write_csv(text), {});
    EXPECT_NEAR(r.rate_hz, 100, 0.01) << unit;
    EXPECT_TRUE(noted(r, std::string("Time was taken to be ") + unit));
  }
}

TEST(RealRecording, BatchesAreNoGaps) {
  std::string text = kHeader;  // eight samples at 50 Hz, stamped together
  for (int i = 0; i < 400; ++i) text += numbers({160. * (i / 8), 0, 0, 9.8, 0, 0, 0});
  const RealRecording r = read_recording_csv(write_csv(text), {});
  EXPECT_EQ(r.stretches.size(), 1u);
  EXPECT_NEAR(r.rate_hz, 50, 1);
  EXPECT_TRUE(noted(r, "in batches"));
}

TEST(RealRecording, GapsSplit) {
  Turning turning;
  turning.stamp = [](Index i) { return 0.01 * static_cast<double>(i) + (i >= 250 ? 30 : 0); };
  const RealRecording r = read_recording_csv(write_csv(kHeader + turning.rows()), {});
  ASSERT_EQ(r.stretches.size(), 2u);
  EXPECT_EQ(r.stretches[0].accel.rows(), 250);
  EXPECT_EQ(r.stretches[1].accel.rows(), 350);
  EXPECT_NEAR(r.rate_hz, 100, 1e-6);
  EXPECT_TRUE(noted(r, "Split at 1 gap"));
}

TEST(RealRecording, WithoutTimeARateWillDo) {
  std::string text = "ax,ay,az\n";
  for (int i = 0; i < 30; ++i) text += "0,0,1\n";
  const RealRecording r = read_recording_csv(write_csv(text), {"walk", "", "", 32});
  EXPECT_NEAR(r.rate_hz, 32, 1e-9);
  EXPECT_EQ(r.class_names, std::vector<std::string>{"walk"});
  EXPECT_EQ(r.stretches[0].gyro.rows(), 0);
  EXPECT_TRUE(noted(r, "no gyroscope"));
  EXPECT_TRUE(contains(refused(text), "or a rate given by you"));
}

TEST(RealRecording, LabelsAreWordsOrNumbers) {
  const std::string text =
      "t,ax,ay,az,Activity\n0,0,0,1,WALK\n0.01,0,0,1,\n0.02,0,0,1,3.0\n0.03,0,0,1,WALK\n";
  RealRecording r = read_recording_csv(write_csv(text), {});
  EXPECT_EQ(r.class_names, (std::vector<std::string>{"WALK", "label 3"}));
  EXPECT_EQ(r.stretches[0].class_id, (std::vector<int>{0, -1, 1, 0}));
  r = read_recording_csv(write_csv(text), {"run", "", "", 0});
  EXPECT_EQ(r.class_names, std::vector<std::string>{"run"});
  EXPECT_EQ(r.stretches[0].class_id, (std::vector<int>{0, 0, 0, 0}));
}

TEST(RealRecording, UnderstandsBomCrlfQuotesAndSemicolons) {
  const std::string text =
      "\xef\xbb\xbf\"t\";\"ax\";ay;az;label\r\n\r\n0;\"0,5\";0;9,81;\"a \"\"b\"\"; c\"\r\n"
      "0,01; +0,5 ;-1e-1;9,81;d;\r\n";
  const RealRecording r = read_recording_csv(write_csv(text), {});
  EXPECT_DOUBLE_EQ(r.stretches[0].accel(0, 0), 0.5);
  EXPECT_DOUBLE_EQ(r.stretches[0].accel(1, 1), -0.1);
  EXPECT_EQ(r.class_names, (std::vector<std::string>{"a \"b\"; c", "d"}));
}

TEST(RealRecording, RowsThatLackANumberAreLeftOut) {
  const RealRecording r = read_recording_csv(
      write_csv("t,ax,ay,az\n0,0,0,1\n0.01,NaN,0,1\n0.02,,0,1\n0.03,0,0,1\n0.04,0,0,1\n"), {});
  EXPECT_EQ(r.stretches[0].accel.rows(), 3);
  EXPECT_TRUE(noted(r, "2 rows lack a number"));
}

TEST(RealRecordingErrors, NameFileLineAndColumn) {
  EXPECT_TRUE(contains(refused(""), "found nothing"));
  EXPECT_TRUE(contains(refused("\n\r\n"), "found nothing"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n"), "two or more rows of numbers, found 0"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,1\n"), "two or more rows of numbers, found 1"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,1\n\n1,0,up,1\n"),
                       "line 4: column \"ay\": expected a number, found \"up\""));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,1\n1,0,0\n"),
                       "line 3: expected 4 cells like the header, found 3"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,1\n1,\"0,0,1\n"),
                       "line 3: a quote is opened and not closed"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,1\n1,0,0,1\n2,0,0,1\n1,0,0,1\n"),
                       "line 5: time goes back by 1"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n4,0,0,1\n4,0,0,1\n4,0,0,1\n"), "time stands still"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,1\n300,0,0,1\n600,0,0,1\n"), "unit of time"));
  EXPECT_TRUE(contains(refused("t,ax,ay,az\n0,0,0,50\n.01,0,0,50\n"), "unit of acceleration"));
  EXPECT_TRUE(contains(refused("t,ax (V),ay (V),az (V)\n0,0,0,1\n1,0,0,1\n"),
                       "\"V\" is no unit of acceleration"));
  EXPECT_TRUE(contains(refused("t,ax (g),ay (g),az\n0,0,0,1\n1,0,0,1\n"),
                       "column \"az\": expected the unit of \"ax (g)\""));
  EXPECT_TRUE(contains(refused("\x1f\x8b\x08xyz"), "gzip"));
  std::string endless = "t,ax,ay,az\n";
  endless.resize(3 << 20, '7');
  EXPECT_TRUE(contains(refused(endless), "line 2: expected lines of less than"));
}

TEST(RealRecordingErrors, WrongColumnsListWhatWasFoundAndWhatIsKnown) {
  const std::string error = refused("time,steps,linear acceleration x,heart\n1,2,3,4\n");
  EXPECT_TRUE(contains(error, "\"time\", \"steps\", \"linear acceleration x\", \"heart\""))
      << error;
  EXPECT_TRUE(contains(error, "acc_x acc_y acc_z")) << error;
  EXPECT_TRUE(contains(error, "accelerometerAccelerationX(G)")) << error;
  EXPECT_TRUE(contains(error, "without gravity will not do")) << error;
  EXPECT_FALSE(contains(refused("a\n1\n"), "will not do"));
}

TEST(RealRecordingErrors, AFileThatIsNotThereIsAnIoError) {
  error_of(ErrorKind::io, [] { read_recording_csv("/nowhere/watch.csv", {}); });
  error_of(ErrorKind::io, [] { read_recording_csv(scratch_folder(), {}); });
}

}  // namespace
}  // namespace wrist
