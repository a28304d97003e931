// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/imu/imu.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sensor_models/imu/triad.h"
#include "sensor_models/signal/low_pass.h"
#include "sensor_models/signal/sampling.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kTruncation = 3;    // sd; a part beyond it does not leave the factory
constexpr double kOversampling = 8;  // least rate of the truth over the output rate

// Normal, drawn again until it lies within +-limit.
double truncated_normal(double limit, const Rng& rng) {
  std::uint64_t attempt = 0;
  double z = rng.normal();
  while (std::abs(z) > limit) z = (rng / attempt++).normal();
  return z;
}

Eigen::Vector3d normals3(double sd, const Rng& rng) {
  return sd * rng.normals3(1).row(0).matrix().transpose();
}

// Rotation by a vector whose components are normal.
Eigen::Matrix3d draw_mount(double sd, const Rng& rng) {
  const Eigen::Vector3d v = normals3(sd, rng);
  const double angle = v.norm();
  if (angle == 0) return Eigen::Matrix3d::Identity();
  const portable::SinCos half = portable::sincos(angle / 2);
  const Eigen::Vector3d axis = v * (half.sin / angle);
  return Eigen::Quaterniond(half.cos, axis.x(), axis.y(), axis.z()).toRotationMatrix();
}

TriadUnit draw_triad(const TriadSpec& spec, const Eigen::Matrix3d& mount, const Rng& rng) {
  const Eigen::Vector3d scale = normals3(spec.scale_sd, rng / "scale");
  const Series cross = spec.cross_axis_sd * (rng / "cross_axis").normals(6);
  Eigen::Matrix3d skew;
  skew << 1, cross[0], cross[1], cross[2], 1, cross[3], cross[4], cross[5], 1;
  TriadUnit unit;
  unit.gain = (Eigen::Vector3d::Ones() + scale).asDiagonal() * skew * mount;
  for (int axis = 0; axis < 3; ++axis)
    unit.bias[axis] =
        spec.bias_sd *
        truncated_normal(kTruncation, rng / "bias" / static_cast<std::uint64_t>(axis));
  return unit;
}

void expect(bool good, const std::string& what, double found) {
  require(good, ErrorKind::usage, "imu: expected " + what + ", found " + std::to_string(found));
}

void check_triad(const TriadSpec& spec, const std::string& name) {
  expect(spec.range > 0, name + ".range above 0", spec.range);
  expect(spec.bits >= 8 && spec.bits <= 16, name + ".bits of 8 to 16", spec.bits);
  expect(spec.bandwidth_hz > 0, name + ".bandwidth_hz above 0", spec.bandwidth_hz);
  expect(spec.filter_order >= 1 && spec.filter_order <= 4, name + ".filter_order of 1 to 4",
         spec.filter_order);
  expect(spec.noise_density >= 0, name + ".noise_density of 0 or more", spec.noise_density);
  expect(spec.flicker >= 0, name + ".flicker of 0 or more", spec.flicker);
  expect(spec.random_walk >= 0, name + ".random_walk of 0 or more", spec.random_walk);
  expect(spec.bias_sd >= 0, name + ".bias_sd of 0 or more", spec.bias_sd);
  expect(spec.scale_sd >= 0, name + ".scale_sd of 0 or more", spec.scale_sd);
  expect(spec.cross_axis_sd >= 0, name + ".cross_axis_sd of 0 or more", spec.cross_axis_sd);
}

}  // namespace

void check(const ImuSpec& spec) {
  expect(spec.rate_hz > 0, "rate_hz above 0", spec.rate_hz);
  expect(spec.rate_error_sd >= 0, "rate_error_sd of 0 or more", spec.rate_error_sd);
  expect(spec.rate_error_max == 0 || spec.rate_error_max >= spec.rate_error_sd,
         "rate_error_max of at least rate_error_sd", spec.rate_error_max);
  expect(std::max(spec.rate_error_sd, spec.rate_error_max) <= 0.2, "a rate error of at most 0.2",
         std::max(spec.rate_error_sd, spec.rate_error_max));
  expect(spec.mount_error_sd >= 0, "mount_error_sd of 0 or more", spec.mount_error_sd);
  check_triad(spec.accel, "accel");
  check_triad(spec.gyro, "gyro");
}

ImuUnit build_imu(const ImuSpec& spec, const Rng& rng) {
  check(spec);
  const Eigen::Matrix3d mount = draw_mount(spec.mount_error_sd, rng / "mount");
  ImuUnit unit{spec, spec.rate_hz, draw_triad(spec.accel, mount, rng / "accel"),
               draw_triad(spec.gyro, mount, rng / "gyro")};
  if (spec.rate_error_sd > 0) {
    const double limit =
        spec.rate_error_max > 0 ? spec.rate_error_max / spec.rate_error_sd : kTruncation;
    unit.true_rate_hz *= 1 + spec.rate_error_sd * truncated_normal(limit, rng / "rate");
  }
  return unit;
}

TimeGrid sample_grid(const ImuUnit& unit, const TimeGrid& truth) {
  return clock_inside(truth, unit.true_rate_hz);
}

double group_delay_s(const TriadSpec& spec, double rate_hz) {
  return delay_s(design_low_pass(spec.filter_order, spec.bandwidth_hz, rate_hz));
}

ImuRecord measure(const ImuUnit& unit, const ImuTruth& truth, const Rng& rng) {
  check(unit.spec);
  expect(unit.true_rate_hz > 0, "true_rate_hz above 0", unit.true_rate_hz);
  expect(truth.time.rate_hz >= kOversampling * unit.spec.rate_hz,
         "truth at 8 times the output rate of " + std::to_string(unit.spec.rate_hz) + " Hz or more",
         truth.time.rate_hz);
  const TimeGrid clock = sample_grid(unit, truth.time);
  TriadRecord accel = measure_triad(unit.spec.accel, unit.accel,
                                    {"accel", truth.time, truth.specific_force_I, clock}, rng);
  TriadRecord gyro =
      measure_triad(unit.spec.gyro, unit.gyro, {"gyro", truth.time, truth.w_WI_I, clock}, rng);
  ImuRecord record;
  record.time_ns = stamps_ns(clock);
  record.accel = std::move(accel.counts);
  record.gyro = std::move(gyro.counts);
  record.flags = accel.flags.max(gyro.flags);
  record.accel_scale = accel.scale;
  record.gyro_scale = gyro.scale;
  record.clean_accel = std::move(accel.clean);
  record.clean_gyro = std::move(gyro.clean);
  return record;
}

}  // namespace wrist
