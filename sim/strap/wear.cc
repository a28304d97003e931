// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sim/base/error.h"
#include "sim/strap/contact_record.h"
#include "sim/strap/skin_lift.h"
#include "sim/strap/strap_solver.h"
#include "sim/strap/worn_watch.h"

namespace wrist {
namespace {

constexpr double kLeastRate = 4000;  // Hz; at 1 kHz small elastic motion is 80 % off

Eigen::Vector3d vector(const Series3& series, Index i) {
  return {series(i, 0), series(i, 1), series(i, 2)};
}

void set_vector(Series3& series, Index i, const Eigen::Vector3d& value) {
  series(i, 0) = value.x(), series(i, 1) = value.y(), series(i, 2) = value.z();
}

StationSample station_sample(const RigidSeries& station, Index i, const SkinLift& lift) {
  return {vector(station.w_WB_B, i), vector(station.alpha_WB_B, i),
          vector(station.specific_force_B, i), lift};
}

void write_pose(RigidSeries& motion, Index i, const RigidSeries& station, const Pose& X_SC) {
  const Pose X_WC = Pose{quaternion(station.R_WB, i), vector(station.p_WB, i)} * X_SC;
  set_quaternion(motion.R_WB, i, X_WC.R);
  set_vector(motion.p_WB, i, X_WC.p);
}

void write_sample(RigidSeries& motion, Index i, const CaseSample& sample) {
  set_vector(motion.specific_force_B, i, sample.specific_force);
  set_vector(motion.w_WB_B, i, sample.w);
  set_vector(motion.alpha_WB_B, i, sample.alpha);
}

void check_finite(const RigidSeries& motion) {
  for (Index i = 0; i < motion.time.count; ++i) {
    if (vector(motion.specific_force_B, i).allFinite() && vector(motion.p_WB, i).allFinite())
      continue;
    throw Error(ErrorKind::internal, "strap: the watch's motion is not finite at " +
                                         std::to_string(motion.time.time(i)) + " s");
  }
}

}  // namespace

WornWatch wear_glued(const RigidSeries& station_W, Side side, const Wearing& wearing) {
  WornWatch worn = make_worn_watch(station_W.time);
  const Pose X_SC = nominal_case_pose(side, wearing);
  worn.motion = shift(station_W, X_SC);
  for (Index i = 0; i < worn.contact_time.count; ++i) {
    set_vector(worn.p_SC, i, X_SC.p);
    set_quaternion(worn.R_SC, i, X_SC.R);
  }
  worn.pressure.setConstant(wearing.wear.pressure);
  return worn;
}

WornWatch wear_strapped(const RigidSeries& station_W, Side side, const Wearing& wearing) {
  const TimeGrid& time = station_W.time;
  require(time.rate_hz >= kLeastRate, ErrorKind::usage,
          "strap: expected motion at 4000 Hz or more, found " + std::to_string(time.rate_hz));
  const StrapModel model = build_strap_model(side, wearing);
  WornWatch worn = make_worn_watch(time);
  if (time.count == 0) return worn;

  const LiftSpline skin(wearing.bulge);
  StrapState state = settle(model, vector(station_W.specific_force_B, 0), time.rate_hz,
                            skin.at(time.start_s).height);
  ContactRecord contact{model};
  for (Index i = 0; i < time.count; ++i) {
    const Pose X_SC = state.motion.X_SC;
    write_pose(worn.motion, i, station_W, X_SC);
    const StationSample felt = station_sample(station_W, i, skin.at(time.time(i)));
    const CaseSample sample = advance(model, state, felt, 1 / time.rate_hz);
    write_sample(worn.motion, i, sample);
    record_contact(contact, worn, i, X_SC, state.patches);
  }
  check_finite(worn.motion);
  find_slips(worn);
  return worn;
}

}  // namespace wrist
