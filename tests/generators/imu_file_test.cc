// SPDX-License-Identifier: Apache-2.0
#include "generators/imu_file.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <sstream>

#include "sensor_models/imu/imu.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/pose_text.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::Outcome;
using testing::shell;
using testing::wristsim;

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// Rows below the header, 8 columns each.
std::vector<std::array<double, 8>> rows_of(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::vector<std::array<double, 8>> rows;
  while (std::getline(in, line)) {
    if (line[0] == '#' || line[0] == 't') continue;
    std::istringstream cells(line);
    rows.emplace_back();
    for (double& value : rows.back()) {
      std::string cell;
      std::getline(cells, cell, ',');
      value = std::stod(cell);
    }
  }
  return rows;
}

Pose spin(double t) {
  return {Eigen::Quaterniond(Eigen::AngleAxisd(10 * t, Eigen::Vector3d::UnitZ())), {0, 0, 0}};
}
Pose sway(double t) {
  return {testing::turned_by({0.5 * std::sin(4 * t), 0.3 * std::cos(6 * t), 0}),
          {0.1 * std::sin(8 * t), 0, 0.2 * std::cos(5 * t)}};
}

struct Files {
  fs::path poses, out;
};
Files files(const testing::PoseAt& pose, const TimeGrid& time = {2, 120, 1200}) {
  const fs::path folder = testing::scratch_folder();
  testing::write_poses(folder / "poses.csv", time, pose);
  return {folder / "poses.csv", folder / "imu.csv"};
}

std::string command(const Files& f, const std::string& more) {
  return "imu --pose " + f.poses.string() + " -o " + f.out.string() + " " + more;
}

TEST(ImuFile, HeaderSaysFrameSignUnitsAndResponse) {
  const Files f = files(sway);
  ASSERT_EQ(wristsim(command(f, "--lever -0.01,0,0.02 --smooth 9,12")).code, 0);
  const std::string text = text_of(f.out);
  for (const char* part :
       {"# wristsim ", "poses: poses.csv, CSV, 120 Hz", "m/s2, specific force a - g: +9.80665",
        "rad/s", "-0.01 0 0.02 m", "-3 dB at 9 Hz for position, 12 Hz for rotation",
        "\nt,ax,ay,az,gx,gy,gz,flags\n2.000000000,"})
    EXPECT_NE(text.find(part), std::string::npos) << part << "\n" << text.substr(0, 1500);
  EXPECT_EQ(rows_of(f.out).size(), 1200u);
}

// The trap others fell into: offset * (offset . w) in place of w * (w . offset).
TEST(ImuFile, LeverMountAndGravityAreTheStatedOnes) {
  const Files f = files(spin);
  ASSERT_EQ(wristsim(command(f, "--lever 0.1,0,0.1 --gravity 0")).code, 0);
  for (const auto& row : rows_of(f.out)) {
    if (row[7] != 0) continue;
    EXPECT_NEAR(row[1], -10, 1e-4);
    EXPECT_NEAR(row[2], 0, 1e-4);
    EXPECT_NEAR(row[3], 0, 1e-4);
    EXPECT_NEAR(row[6], 10, 1e-5);
  }
  // A chip turned by 90 deg about z: its x is the body's y.
  ASSERT_EQ(wristsim(command(f, "--lever 0.1,0,0.1 --mount 0,0,90")).code, 0);
  for (const auto& row : rows_of(f.out)) {
    if (row[7] != 0) continue;
    EXPECT_NEAR(row[1], 0, 1e-4);
    EXPECT_NEAR(row[2], 10, 1e-4);
    EXPECT_NEAR(row[3], kGravity, 1e-4);
  }
  const std::string quaternion = "--mount 0.70710678,0,0,0.70710678 --gravity 0,0,-9.80665";
  ASSERT_EQ(wristsim(command(f, "--lever 0.1,0,0.1 " + quaternion)).code, 0);
  EXPECT_NEAR(rows_of(f.out)[600][2], 10, 1e-4);
}

TEST(ImuFile, RateOfTheFileOrAsAskedAndTheStandardStreams) {
  const Files f = files(sway);
  ASSERT_EQ(wristsim(command(f, "--rate 50")).code, 0);
  const auto rows = rows_of(f.out);
  EXPECT_EQ(rows.size(), 500u);
  EXPECT_DOUBLE_EQ(rows[0][0], 2);
  EXPECT_DOUBLE_EQ(rows[1][0], 2.02);
  const Outcome piped = shell("cat " + f.poses.string() + " | " + testing::kProgram +
                              "imu --pose - -o - --rate 50 2>/dev/null > " + f.out.string());
  EXPECT_EQ(piped.code, 0);
  const auto same = rows_of(f.out);
  ASSERT_EQ(same.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(same[i], rows[i]);
  EXPECT_NE(wristsim(command(f, "--json")).text.find("\"position_3db_hz\""), std::string::npos);
}

ImuFileSpec watch_spec(const Files& f, bool noise) {
  ImuFileSpec spec;
  spec.poses = f.poses;
  spec.out = f.out;
  spec.imu = testing::assets().watch("generic_100hz").imu;
  spec.noise = noise;
  return spec;
}

TEST(ImuFile, WatchWithoutNoiseIsTheSignalThroughItsLowPass) {
  const Files f = files(sway, {2, 120, 2400});
  ImuFileSpec spec = watch_spec(f, false);
  const auto never = [] { return false; };
  EXPECT_EQ(write_imu_file(spec, never).rate_hz, 100);
  const auto filtered = rows_of(f.out);
  const double delay = group_delay_s(spec.imu->accel, 3200);
  spec.imu.reset();
  spec.rate_hz = 3200;
  write_imu_file(spec, never);
  const auto exact = rows_of(f.out);
  ASSERT_GE(filtered.size(), 1990u);
  for (std::size_t i = 100; i + 100 < filtered.size(); ++i) {
    ASSERT_NEAR(filtered[i][0], 2 + static_cast<double>(i) / 100, 1e-9);
    const auto at = static_cast<std::size_t>(std::lround((filtered[i][0] - 2 - delay) * 3200));
    for (std::size_t k = 1; k < 4; ++k) EXPECT_NEAR(filtered[i][k], exact[at][k], 0.05);
  }
}

TEST(ImuFile, NoiseIsTheSeedsAndOnItsSwitchAlone) {
  const Files f = files(sway);
  const auto never = [] { return false; };
  const auto made = [&](bool noise, std::uint64_t seed) {
    ImuFileSpec spec = watch_spec(f, noise);
    spec.seed = seed;
    write_imu_file(spec, never);
    return text_of(f.out);
  };
  const std::string one = made(true, 1);
  EXPECT_EQ(one, made(true, 1));
  EXPECT_NE(one, made(true, 2));
  EXPECT_EQ(made(false, 1), made(false, 2));
  ImuFileSpec spec = watch_spec(f, true);
  spec.imu.reset();
  EXPECT_THROW(write_imu_file(spec, never), Error) << "noise of no watch";
}

TEST(ImuFile, GarbageGivesOneLineItsCodeAndNoFile) {
  const Files f = files(sway);
  const std::string good = text_of(f.poses);
  const std::string middle = good.substr(0, good.find("\n6.")) + "\n";
  const std::array<std::array<std::string, 2>, 6> cases = {
      {{middle + "5,0,0,0,1,0,0,0\n", "expected a time after"},
       {middle + "50,0,0,0,0,0,0,0\n", "quaternion of length 1"},
       {middle + "50,nan,0,0,1,0,0,0\n", "finite number"},
       {middle + "50,0,0,0,1\n", "expected 8 fields, found 5"},
       {good.substr(0, good.find("\n", 30) + 1), "expected at least 12 poses"},
       {"", "found nothing"}}};
  for (const auto& [text, what] : cases) {
    std::ofstream(f.poses) << text;
    const Outcome made = wristsim(command(f, ""));
    EXPECT_EQ(made.code, 65) << made.text;
    EXPECT_EQ(std::count(made.text.begin(), made.text.end(), '\n'), 1) << made.text;
    EXPECT_NE(made.text.find("poses.csv:"), std::string::npos) << made.text;
    EXPECT_NE(made.text.find(what), std::string::npos) << made.text;
    EXPECT_EQ(std::distance(fs::directory_iterator(f.out.parent_path()), {}), 1) << "poses alone";
  }
  std::ofstream(f.poses) << good;
  for (const char* flag :
       {"--smooth 0", "--smooth fast", "--smooth 1,2,3", "--lever 1,2", "--mount 2,0,0,0",
        "--gravity a", "--max-gap 9", "--max-gap 0.001", "--rate 0", "--noise on", "--noise maybe",
        "--watch none", "--json -o -"})
    EXPECT_EQ(wristsim(command(f, flag)).code, 2) << flag;
  EXPECT_EQ(wristsim("imu --pose /nowhere.csv -o " + f.out.string()).code, 74);
  EXPECT_EQ(wristsim("imu --pose " + f.poses.string() + " -o /nowhere/imu.csv").code, 74);
  EXPECT_FALSE(fs::exists(f.out));
}

}  // namespace
}  // namespace wrist
