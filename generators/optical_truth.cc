// SPDX-License-Identifier: Apache-2.0
#include "generators/optical_truth.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/resample.h"

namespace wrist {
namespace {

// The heart lies below the shoulders by this share of stature [assumed].
constexpr double kHeartBelowShoulder = 0.10;

// Means over the samples around each instant of `to`: what the slower clock can carry.
Series3 average(const Series3& values, const TimeGrid& from, const TimeGrid& to) {
  Series3 out(to.count, 3);
  const Index width = std::max<Index>(1, static_cast<Index>(from.rate_hz / to.rate_hz));
  for (Index i = 0; i < to.count; ++i) {
    const Index middle = static_cast<Index>((to.time(i) - from.start_s) * from.rate_hz + 0.5);
    const Index first = std::clamp<Index>(middle - width / 2, 0, from.count - width);
    out.row(i) = values.middleRows(first, width).colwise().mean();
  }
  return out;
}

}  // namespace

Series demand(const RigidSeries& watch) {
  const Index second = static_cast<Index>(watch.time.rate_hz);
  const Index count = std::max<Index>(1, watch.time.count / second);
  Series uptake(count);
  for (Index k = 0; k < count; ++k) {
    const Index first = k * second, rows = std::min(second, watch.time.count - first);
    const Series size =
        watch.specific_force_B.middleRows(first, rows).square().rowwise().sum().sqrt();
    uptake[k] = oxygen_demand((size / kGravity - 1).max(0).mean());
  }
  return uptake;
}

Series squeeze(const WornWatch& worn) {
  const Index second = static_cast<Index>(worn.contact_time.rate_hz);
  const Index count = std::max<Index>(1, worn.contact_time.count / second);
  Series pressure(count);
  for (Index k = 0; k < count; ++k)
    pressure[k] =
        worn.pressure.segment(k * second, std::min(second, worn.pressure.size() - k * second))
            .mean();
  return pressure;
}

PpgTruth optical_truth(const Scenario& s, const ArmModel& arm, const CaseSpec& watch_case,
                       const World& world) {
  const WornWatch& worn = world.worn;
  const TimeGrid& time = worn.contact_time;
  const Series3 force_C = average(worn.motion.specific_force_B, worn.motion.time, time);
  const QuatSeries R_WC = resample_rotation(worn.motion.R_WB, worn.motion.time, time);
  const Eigen::Vector3d distal_C =
      nominal_case_rotation(arm.side, s.wear).conjugate() * Eigen::Vector3d::UnitX();

  PpgTruth truth;
  truth.time = time;
  truth.accel_along = truth.accel_normal = Series(time.count);
  for (Index i = 0; i < time.count; ++i) {
    const Eigen::Vector3d gravity_C =
        quaternion(R_WC, i).conjugate() * Eigen::Vector3d(0, 0, kGravity);
    const Eigen::Vector3d moving_C = force_C.row(i).matrix().transpose() - gravity_C;
    truth.accel_along[i] = distal_C.dot(moving_C);
    truth.accel_normal[i] = moving_C.z();
  }
  const Series watch_height = resample(worn.motion.p_WB.col(2), worn.motion.time, time);
  const Series shoulder_height = sample(world.joints.spline, time, kRootChannel + 2, 1).value;
  truth.height =
      watch_height - shoulder_height + kHeartBelowShoulder * arm.subject.measure(Measure::stature);
  truth.bulge = tendon_bulge(s.tendons, world.joints, time);
  truth.pressure = worn.pressure;  // of each light path: this and the slope times its lever
  truth.pressure_slope = worn.pressure_slope;
  truth.pressure_is_static = s.fidelity == Fidelity::ideal;
  truth.watch_mass_per_area = watch_case.mass / watch_case.back_area;
  truth.gap = worn.clearance;  // of each light path: this and tilt times its lever, cut at 0
  truth.tilt = worn.tilt;
  truth.slip = worn.slip;
  truth.x_distal = distal_C.x() < 0 ? -1 : 1;
  truth.illuminance_lux = s.illuminance_lux;
  return truth;
}

}  // namespace wrist
