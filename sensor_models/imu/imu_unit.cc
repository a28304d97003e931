// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sensor_models/imu/imu.h"
#include "sensor_models/signal/draw.h"
#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

Eigen::Vector3d specimens(double typical, double most, const Rng& rng) {
  Eigen::Vector3d x;
  for (int axis = 0; axis < 3; ++axis)
    x[axis] = bounded_normal(typical, most, rng / static_cast<std::uint64_t>(axis));
  return x;
}

Eigen::Matrix3d specimens9(double typical, double most, const Rng& rng) {
  Eigen::Matrix3d x;
  for (int row = 0; row < 3; ++row)
    x.row(row) = specimens(typical, most, rng / static_cast<std::uint64_t>(row)).transpose();
  return x;
}

// Rotation by a vector whose components are normal.
Eigen::Matrix3d draw_mount(double sd, const Rng& rng) {
  const Eigen::Vector3d v = sd * rng.normals3(1).row(0).matrix().transpose();
  const double angle = v.norm();
  if (angle == 0) return Eigen::Matrix3d::Identity();
  const portable::SinCos half = portable::sincos(angle / 2);
  const Eigen::Vector3d axis = v * (half.sin / angle);
  return Eigen::Quaterniond(half.cos, axis.x(), axis.y(), axis.z()).toRotationMatrix();
}

// Log-normal around the typical; a maximum below three sd is rare but it is what is promised.
Eigen::Vector3d draw_density(const TriadSpec& spec, const Rng& rng) {
  Eigen::Vector3d density;
  for (int axis = 0; axis < 3; ++axis) {
    const double z = truncated_normal(kFactoryLimit, rng / static_cast<std::uint64_t>(axis));
    density[axis] = spec.noise_density * portable::exp(spec.noise_spread * z);
    if (spec.noise_max > 0) density[axis] = std::min(density[axis], spec.noise_max);
  }
  return density;
}

// The departure nl (c2 x^2 + c3 x^3) of x = u / range: size uniform up to the datasheet's, shape an
// angle, for no source gives the weights [assumed].
void draw_bend(TriadUnit& unit, const TriadSpec& spec, const Rng& rng) {
  for (int axis = 0; axis < 3; ++axis) {
    const Rng one = rng / static_cast<std::uint64_t>(axis);
    const double size = spec.nonlinearity * (one / "size").uniform();
    const portable::SinCos shape = portable::sincos(2 * kPi * (one / "shape").uniform());
    unit.quadratic[axis] = size * shape.cos / spec.range;
    unit.cubic[axis] = size * shape.sin / (spec.range * spec.range);
  }
}

TriadUnit draw_triad(const TriadSpec& spec, const Eigen::Matrix3d& mount, const Rng& rng) {
  const Eigen::Vector3d scale = specimens(spec.scale_sd, spec.scale_max, rng / "scale");
  Eigen::Matrix3d skew = specimens9(spec.cross_axis_sd, spec.cross_axis_max, rng / "cross_axis");
  skew.diagonal().setOnes();
  TriadUnit unit;
  unit.gain = (Eigen::Vector3d::Ones() + scale).asDiagonal() * skew * mount;
  unit.bias = specimens(spec.bias_sd, spec.bias_max, rng / "bias");
  unit.noise_density = draw_density(spec, rng / "density");
  unit.bias_tempco = specimens(spec.bias_tempco_sd, spec.bias_tempco_max, rng / "bias_tempco");
  unit.scale_tempco = specimens(spec.scale_tempco_sd, spec.scale_tempco_max, rng / "scale_tempco");
  unit.rectification = specimens(spec.rectification_sd, 0, rng / "rectification");
  unit.g_sensitivity =
      specimens9(spec.g_sensitivity_sd, spec.g_sensitivity_max, rng / "g_sensitivity");
  draw_bend(unit, spec, rng / "bend");
  return unit;
}

}  // namespace

ImuUnit build_imu(const ImuSpec& spec, const Rng& rng) {
  check(spec);
  const Eigen::Matrix3d mount = draw_mount(spec.mount_error_sd, rng / "mount");
  ImuUnit unit{spec, spec.rate_hz, draw_triad(spec.accel, mount, rng / "accel"),
               draw_triad(spec.gyro, mount, rng / "gyro")};
  unit.true_rate_hz *= 1 + bounded_normal(spec.rate_error_sd, spec.rate_error_max, rng / "rate");
  unit.rate_tempco = bounded_normal(spec.rate_tempco_sd, spec.rate_tempco_max, rng / "rate_tempco");
  unit.accel.axis_at = specimens9(spec.size_sd, 0, rng / "size");
  return unit;
}

}  // namespace wrist
