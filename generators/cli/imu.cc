// SPDX-License-Identifier: Apache-2.0
#include <charconv>
#include <cmath>
#include <iostream>
#include <memory>
#include <vector>

#include "generators/assets.h"
#include "generators/cli/commands.h"
#include "generators/imu_file.h"
#include "sim/base/error.h"
#include "sim/base/spline.h"

namespace wrist::cli {
namespace {

struct Options {
  ImuFileSpec spec;
  std::string poses, out, watch;
  std::string smooth = "auto", lever = "0,0,0", mount = "1,0,0,0", gravity = "9.80665";
  std::string noise = "off";
  bool as_json = false;
};

[[noreturn]] void fail(const std::string& flag, const std::string& expected,
                       const std::string& found) {
  throw Error(ErrorKind::usage,
              "imu: " + flag + ": expected " + expected + ", found \"" + found + "\"");
}

// "1,2,3"; empty if a part of it is no finite number.
std::vector<double> numbers(const std::string& text) {
  std::vector<double> values;
  const char *at = text.data(), *const end = at + text.size();
  while (true) {
    double value = 0;
    const auto [stop, failure] = std::from_chars(at, end, value);
    if (failure != std::errc() || !std::isfinite(value) || (stop != end && *stop != ',')) return {};
    values.push_back(value);
    if (stop == end) return values;
    at = stop + 1;
  }
}

void set_smoothing(TrajectorySpec& spec, const std::string& text) {
  if (text == "auto") return;
  const std::vector<double> v = numbers(text);
  if (v.empty() || v.size() > 2 || !(v.front() > 0) || !(v.back() > 0))
    fail("--smooth", "auto, HZ or POSITION_HZ,ROTATION_HZ", text);
  spec.position_hz = v.front() / kMinus3Db;
  spec.rotation_hz = v.back() / kMinus3Db;
}

Eigen::Vector3d vector3(const std::string& flag, const std::string& text) {
  const std::vector<double> v = numbers(text);
  if (v.size() != 3) fail(flag, "three numbers x,y,z", text);
  return {v[0], v[1], v[2]};
}

Eigen::Vector3d gravity(const std::string& text) {
  const std::vector<double> v = numbers(text);
  if (v.size() == 1) return {0, 0, -v[0]};
  if (v.size() != 3) fail("--gravity", "m/s2 down the z axis, or a vector x,y,z", text);
  return {v[0], v[1], v[2]};
}

// Chip to body: a quaternion, or angles in degrees about the fixed x, then y, then z.
Eigen::Quaterniond mount(const std::string& text) {
  const std::vector<double> v = numbers(text);
  if (v.size() == 3)
    return Eigen::AngleAxisd(v[2] * kDegree, Eigen::Vector3d::UnitZ()) *
           Eigen::AngleAxisd(v[1] * kDegree, Eigen::Vector3d::UnitY()) *
           Eigen::AngleAxisd(v[0] * kDegree, Eigen::Vector3d::UnitX());
  const double length =
      v.size() == 4 ? std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2] + v[3] * v[3]) : 0;
  if (std::abs(length - 1) > 1e-2)
    fail("--mount", "a unit quaternion w,x,y,z or degrees roll,pitch,yaw", text);
  return Eigen::Quaterniond(v[0], v[1], v[2], v[3]).normalized();
}

void print(const ImuFileSummary& s, std::ostream& out) {
  const TrajectorySummary& t = s.trajectory;
  out << s.rows << " rows at " << s.rate_hz << " Hz from " << t.poses << " poses at "
      << s.pose_rate_hz << " Hz (" << s.format << ")\n"
      << "smoothing, -3 dB: position " << response_text(t.position_low_hz, t.position_high_hz)
      << ", rotation " << response_text(t.rotation_low_hz, t.rotation_high_hz) << '\n';
  if (t.stretches > 1 || t.gaps_bridged > 0)
    out << t.gaps_bridged << " gaps bridged, " << t.stretches - 1 << " longer ones left open\n";
  if (t.poses_dropped > 0) out << t.poses_dropped << " poses left out: too few between long gaps\n";
}

int imu(Options& o) {
  ImuFileSpec& spec = o.spec;
  spec.poses = o.poses;
  spec.out = o.out;
  set_smoothing(spec.trajectory, o.smooth);
  spec.trajectory.g_W = gravity(o.gravity);
  spec.X_BI = {mount(o.mount), vector3("--lever", o.lever)};
  spec.noise = o.noise == "on";
  if (!o.watch.empty()) spec.imu = load_assets(find_assets(), false).watch(o.watch).imu;
  require(!(o.as_json && o.out == "-"), ErrorKind::usage,
          "imu: --json and -o - both want the standard output");
  const ImuFileSummary summary = write_imu_file(spec, interrupted);
  if (o.as_json)
    std::cout << to_json(summary) << '\n';
  else
    print(summary, o.out == "-" ? std::cerr : std::cout);
  return 0;
}

}  // namespace

void add_imu(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "imu",
      "What an inertial sensor would log on your own trajectory: poses in, CSV out.\n\n"
      "  wristsim imu --pose walk.csv -o imu.csv                     exact signals\n"
      "  wristsim imu --pose walk.csv -o imu.csv --watch generic_100hz --noise on\n"
      "  wristsim imu --pose traj.txt -o - --lever 0.01,0,-0.004 --mount 0,0,90 --rate 400\n\n"
      "Poses: CSV with a header t,px,py,pz,qw,qx,qy,qz in any order, or TUM lines\n"
      "t px py pz qx qy qz qw; s, m, body to world, z up.\n");
  command->add_option("--pose", o->poses, "the poses; - reads them from the standard input")
      ->required();
  command->add_option("-o,--out", o->out, "the CSV to write; - is the standard output")->required();
  command->add_option("--smooth", o->smooth,
                      "auto: by the noise of the poses, window by window; or -3 dB in Hz, one for "
                      "all or POSITION,ROTATION");
  command->add_option("--max-gap", o->spec.trajectory.max_gap_s,
                      "s; gaps up to this are bridged and flagged, longer ones left open");
  command->add_option("--lever", o->lever, "x,y,z: the chip in the axes of the body, m");
  command->add_option("--mount", o->mount,
                      "how the chip is turned in the body: w,x,y,z from chip to body, or "
                      "roll,pitch,yaw in degrees about fixed x, y, z");
  command->add_option("--watch", o->watch, "a watch of the assets: its low-pass, rate and errors");
  command->add_option("--noise", o->noise, "off, or on: every error of a specimen of the watch")
      ->check(CLI::IsMember({"off", "on"}));
  command->add_option("--rate", o->spec.rate_hz, "Hz of the rows; else the watch's or the poses'")
      ->check(CLI::PositiveNumber);
  command->add_option("--gravity", o->gravity, "m/s2 down the z axis, or a vector x,y,z");
  command->add_option("--seed", o->spec.seed, "of the specimen and its noise");
  command->add_flag("--json", o->as_json, "print what was done as JSON");
  command->callback([o, &chosen] { chosen = [o] { return imu(*o); }; });
}

}  // namespace wrist::cli
