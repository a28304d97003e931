// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "generators/assets_internal.h"
#include "sim/base/constants.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

struct TriadDimensions {
  Dimension value, density, walk, tempco;
};
constexpr TriadDimensions kAccel = {Dimension::acceleration, Dimension::acceleration_density,
                                    Dimension::acceleration_walk, Dimension::acceleration_tempco};
constexpr TriadDimensions kGyro = {Dimension::angular_rate, Dimension::rate_density,
                                   Dimension::rate_walk, Dimension::rate_tempco};

// Rows of two quantities, [output rate, bandwidth]; 0 if `rate_hz` is not among them.
double listed_bandwidth(const TomlTable& t, double rate_hz) {
  const std::string expected = "rows of [output rate, bandwidth], such as [\"100 Hz\", \"40 Hz\"]";
  double bandwidth = 0;
  for (const std::vector<double>& row : t.quantity_rows("bandwidth", Dimension::frequency, 2)) {
    if (row[0] <= 0 || row[1] <= 0) t.fail("bandwidth", expected);
    if (row[0] == rate_hz) bandwidth = row[1];
  }
  return bandwidth;
}

// What the part lists for a rate goes before its rule, ratio times the rate.
double read_bandwidth(const TomlTable& t, double rate_hz) {
  const double listed = t.has("bandwidth") ? listed_bandwidth(t, rate_hz) : 0;
  const double least_rate = t.quantity("bandwidth_rate_min", Dimension::frequency, 0);
  if (t.has("bandwidth") && !t.has("bandwidth_ratio")) {
    if (listed == 0)
      t.fail("bandwidth", "a row for the output rate of " + std::to_string(rate_hz) + " Hz");
    return listed;
  }
  const double ratio = t.quantity("bandwidth_ratio", Dimension::ratio);
  return listed > 0 ? listed : ratio * std::max(rate_hz, least_rate);
}

void read_drifts(TriadSpec& spec, const TomlTable& t, const TriadDimensions& d) {
  spec.repeatability_sd = t.quantity("repeatability_sd", d.value, 0);
  spec.bias_tempco_sd = t.quantity("bias_tempco_sd", d.tempco, 0);
  spec.bias_tempco_max = t.quantity("bias_tempco_max", d.tempco, 0);
  spec.scale_tempco_sd = t.quantity("scale_tempco_sd", Dimension::ratio_tempco, 0);
  spec.scale_tempco_max = t.quantity("scale_tempco_max", Dimension::ratio_tempco, 0);
  spec.temperature_lag = t.quantity("temperature_lag", Dimension::ratio, 0);
}

TriadSpec read_triad(const TomlTable& t, const TriadDimensions& d, double rate_hz) {
  TriadSpec spec;
  spec.range = t.quantity("range", d.value);
  spec.bits = static_cast<int>(t.integer_or("bits", 16, 8, 16));
  spec.filter_order = static_cast<int>(t.integer_or("filter_order", 2, 1, 4));
  spec.bandwidth_hz = read_bandwidth(t, rate_hz);
  spec.noise_density = t.quantity("noise_density", d.density, 0);
  spec.noise_spread = t.quantity("noise_spread", Dimension::ratio, 0);
  spec.noise_max = t.quantity("noise_max", d.density, 0);
  spec.flicker = t.quantity("flicker", d.value, 0);
  spec.random_walk = t.quantity("random_walk", d.walk, 0);
  spec.bias_sd = t.quantity("bias_sd", d.value, 0);
  spec.bias_max = t.quantity("bias_max", d.value, 0);
  spec.scale_sd = t.quantity("scale_sd", Dimension::ratio, 0);
  spec.scale_max = t.quantity("scale_max", Dimension::ratio, 0);
  spec.cross_axis_sd = t.quantity("cross_axis_sd", Dimension::ratio, 0);
  spec.cross_axis_max = t.quantity("cross_axis_max", Dimension::ratio, 0);
  read_drifts(spec, t, d);
  spec.nonlinearity = t.quantity("nonlinearity", Dimension::ratio, 0);
  spec.element_hz = t.quantity("element_frequency", Dimension::frequency, 0);
  spec.element_q = t.number("element_q", 0);
  spec.clip = t.quantity("clip", Dimension::ratio, spec.clip);
  return spec;
}

TriadSpec read_accel(const TomlTable& t, double rate_hz) {
  TriadSpec spec = read_triad(t, kAccel, rate_hz);
  spec.rectification_sd = t.quantity("rectification_sd", Dimension::rectification, 0);
  return spec;
}

TriadSpec read_gyro(const TomlTable& t, double rate_hz) {
  TriadSpec spec = read_triad(t, kGyro, rate_hz);
  spec.g_sensitivity_sd = t.quantity("g_sensitivity_sd", Dimension::g_sensitivity, 0);
  spec.g_sensitivity_max = t.quantity("g_sensitivity_max", Dimension::g_sensitivity, 0);
  return spec;
}

// A part of one triad alone leaves the other at range 0.
ImuSpec read_part(const fs::path& file, double rate_hz) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable t(parsed, file.string());
  ImuSpec spec;
  spec.name = t.string("name");
  t.string("source");
  spec.rate_hz = rate_hz;
  if (t.has("accel")) spec.accel = read_accel(t.table("accel"), rate_hz);
  if (t.has("gyro")) spec.gyro = read_gyro(t.table("gyro"), rate_hz);
  if (!t.has("accel") && !t.has("gyro")) t.fail("accel", "a table [accel], a table [gyro] or both");
  const TomlTable clock = t.table("clock"), mount = t.table("mount");
  spec.rate_error_sd = clock.quantity("rate_error_sd", Dimension::ratio, 0);
  spec.rate_error_max = clock.quantity("rate_error_max", Dimension::ratio, 0);
  spec.rate_tempco_sd = clock.quantity("rate_tempco_sd", Dimension::ratio_tempco, 0);
  spec.rate_tempco_max = clock.quantity("rate_tempco_max", Dimension::ratio_tempco, 0);
  spec.mount_error_sd = mount.quantity("error_sd", Dimension::angle, 0);
  spec.size_sd = mount.quantity("axis_offset_sd", Dimension::length, 0);
  t.finish();
  return spec;
}

ImuSpec read_parts(const TomlTable& imu, const fs::path& folder) {
  const double rate_hz = imu.quantity("rate", Dimension::frequency);
  const auto part = [&](const char* key) {
    return read_part(folder / (imu.string(key) + ".toml"), rate_hz);
  };
  ImuSpec spec = part("part");
  if (imu.has("gyro_part")) {
    const ImuSpec other = part("gyro_part");
    if (other.gyro.range == 0) imu.fail("gyro_part", "a part with a gyroscope");
    spec.gyro = other.gyro;
    spec.name += " and " + other.name;
  }
  if (spec.accel.range == 0) imu.fail("part", "a part with an accelerometer");
  if (spec.gyro.range == 0) imu.fail("gyro_part", "a part with a gyroscope, for `part` has none");
  return spec;
}

bool read_axes(const TomlTable& imu) {
  const std::string axes = imu.string("axes", "case");
  if (axes != "case" && axes != "screen") imu.fail("axes", "\"case\" or \"screen\"");
  return axes == "screen";
}

}  // namespace

void read_imu(WatchSpec& watch, const TomlTable& imu, const fs::path& parts) {
  ImuSpec& spec = watch.imu = read_parts(imu, parts);
  spec.accel.range = imu.quantity("accel_range", Dimension::acceleration, spec.accel.range);
  spec.gyro.range = imu.quantity("gyro_range", Dimension::angular_rate, spec.gyro.range);
  if (imu.has("bandwidth"))
    spec.accel.bandwidth_hz = spec.gyro.bandwidth_hz =
        imu.quantity("bandwidth", Dimension::frequency);
  const std::vector<double> p = imu.quantities("position", Dimension::length, 3);
  watch.X_CI.p = {p[0], p[1], p[2]};
  const double turn = imu.quantity("turn", Dimension::angle, 0);
  watch.X_CI.R = Eigen::Quaterniond(Eigen::AngleAxisd(turn, Eigen::Vector3d::UnitZ()));
  watch.axes_follow_screen = read_axes(imu);
  check(spec);
}

Pose chip_pose(const WatchSpec& watch, bool crown_left) {
  Pose X_CI = watch.X_CI;
  if (watch.axes_follow_screen && crown_left) X_CI.R = Eigen::Quaterniond(0, 0, 0, 1) * X_CI.R;
  return X_CI;
}

}  // namespace wrist
