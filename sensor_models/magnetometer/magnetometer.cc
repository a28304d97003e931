// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/magnetometer/magnetometer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sensor_models/signal/draw.h"
#include "sensor_models/signal/noise.h"
#include "sensor_models/signal/sampling.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"
#include "sim/base/resample.h"

namespace wrist {
namespace {

void expect(bool good, const std::string& what, double found) {
  require(good, ErrorKind::usage,
          "magnetometer: expected " + what + ", found " + std::to_string(found));
}

Series bounded_normals(double sd, Index count, const Rng& rng) {
  Series values(count);
  for (Index i = 0; i < count; ++i)
    values[i] = bounded_normal(sd, 0, rng / static_cast<std::uint64_t>(i));
  return values;
}

Eigen::Matrix3d draw_scale(double sd, const Rng& rng) {
  return (1 + bounded_normals(sd, 3, rng)).matrix().asDiagonal();
}

Eigen::Matrix3d draw_cross_axis(double sd, const Rng& rng) {
  const Series c = bounded_normals(sd, 6, rng);
  Eigen::Matrix3d skew;
  skew << 1, c[0], c[1], c[2], 1, c[3], c[4], c[5], 1;
  return skew;
}

Eigen::Matrix3d draw_mount(double sd, const Rng& rng) {
  const Eigen::Vector3d v = bounded_normals(sd, 3, rng).matrix();
  const double angle = v.norm();
  if (angle == 0) return Eigen::Matrix3d::Identity();
  const portable::SinCos half = portable::sincos(angle / 2);
  const Eigen::Vector3d axis = v * (half.sin / angle);
  return Eigen::Quaterniond(half.cos, axis.x(), axis.y(), axis.z()).toRotationMatrix();
}

Eigen::Matrix3d draw_soft_iron(double sd, const Rng& rng) {
  const Series s = bounded_normals(sd, 6, rng);
  Eigen::Matrix3d soft;
  soft << 1 + s[0], s[1], s[2], s[1], 1 + s[3], s[4], s[2], s[4], 1 + s[5];
  return soft;
}

}  // namespace

Eigen::Vector3d field_W(const EarthField& earth) {
  const portable::SinCos down = portable::sincos(earth.inclination);
  const portable::SinCos azimuth = portable::sincos(earth.north - earth.declination);
  return earth.magnitude *
         Eigen::Vector3d(down.cos * azimuth.cos, down.cos * azimuth.sin, -down.sin);
}

void check(const MagnetometerSpec& spec) {
  expect(spec.rate_hz > 0, "rate_hz above 0", spec.rate_hz);
  expect(spec.rate_error_sd >= 0, "rate_error_sd of 0 or more", spec.rate_error_sd);
  expect(spec.rate_error_max == 0 || spec.rate_error_max >= spec.rate_error_sd,
         "rate_error_max of at least rate_error_sd", spec.rate_error_max);
  const double most = std::max(kFactoryLimit * spec.rate_error_sd, spec.rate_error_max);
  expect(most <= 0.2, "a rate error of at most 0.2", most);
  expect(spec.range > 0, "range above 0", spec.range);
  expect(spec.most_counts >= 127 && spec.most_counts <= 32767, "most_counts of 127 to 32767",
         spec.most_counts);
  for (const auto& [name, value] :
       {std::pair("noise_density", spec.noise_density), std::pair("scale_sd", spec.scale_sd),
        std::pair("cross_axis_sd", spec.cross_axis_sd),
        std::pair("mount_error_sd", spec.mount_error_sd),
        std::pair("hard_iron_sd", spec.hard_iron_sd), std::pair("soft_iron_sd", spec.soft_iron_sd)})
    expect(value >= 0, std::string(name) + " of 0 or more", value);
  expect(kFactoryLimit * spec.soft_iron_sd < 0.5, "soft_iron_sd below 1/6", spec.soft_iron_sd);
}

MagnetometerUnit build_magnetometer(const MagnetometerSpec& spec, const Rng& rng) {
  check(spec);
  MagnetometerUnit unit;
  unit.spec = spec;
  unit.true_rate_hz =
      spec.rate_hz * (1 + bounded_normal(spec.rate_error_sd, spec.rate_error_max, rng / "rate"));
  unit.gain = draw_scale(spec.scale_sd, rng / "scale") *
              draw_cross_axis(spec.cross_axis_sd, rng / "cross_axis") *
              draw_mount(spec.mount_error_sd, rng / "mount") *
              draw_soft_iron(spec.soft_iron_sd, rng / "soft_iron");
  unit.hard_iron = bounded_normals(spec.hard_iron_sd, 3, rng / "hard_iron").matrix();
  return unit;
}

TimeGrid sample_grid(const MagnetometerUnit& unit, const TimeGrid& truth) {
  return clock_inside(truth, unit.true_rate_hz);
}

MagnetometerTruth field_truth(const RigidSeries& motion, const Eigen::Quaterniond& R_CI,
                              const Eigen::Vector3d& field_W, const TimeGrid& at) {
  const QuatSeries R_WC = resample_rotation(motion.R_WB, motion.time, at);
  MagnetometerTruth truth{at, Series3(at.count, 3)};
  for (Index i = 0; i < at.count; ++i)
    truth.field_I.row(i) = (quaternion(R_WC, i) * R_CI).conjugate() * field_W;
  return truth;
}

MagnetometerRecord measure(const MagnetometerUnit& unit, const MagnetometerTruth& truth,
                           const Rng& rng) {
  check(unit.spec);
  const Index count = truth.time.count;
  require(truth.field_I.rows() == count && truth.field_I.allFinite(), ErrorKind::internal,
          "magnetometer: the true field is not finite, or not one row per sample");
  const MagnetometerSpec& spec = unit.spec;
  // A part that averages over its period lets half its rate through.
  const double sd = white_sd(spec.noise_density, unit.true_rate_hz);
  const Series3 noise =
      sd == 0 ? Series3::Zero(count, 3) : Series3(sd * (rng / "white").normals3(count));
  MagnetometerRecord record{stamps_ns(truth.time), Counts3(count, 3), Flags::Zero(count),
                            spec.range / spec.most_counts, truth.field_I};
  for (Index i = 0; i < count; ++i) {
    const Eigen::Vector3d field =
        unit.gain * truth.field_I.row(i).matrix().transpose() + unit.hard_iron;
    for (Index axis = 0; axis < 3; ++axis) {
      const std::int32_t value =
          to_count(field[axis] + noise(i, axis), record.scale, -spec.most_counts, spec.most_counts);
      record.counts(i, axis) = static_cast<std::int16_t>(value);
      if (std::abs(value) == spec.most_counts) record.flags[i] = kMagnetometerSaturated;
    }
  }
  return record;
}

}  // namespace wrist
