// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sim/strap/strap_solver.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

/// Turns R by w h, to second order; the length is pulled back to one without a root.
Quaterniond turn(const Quaterniond& R, const Vector3d& w, double h) {
  const Quaterniond rate = Quaterniond(0, w.x(), w.y(), w.z()) * R;
  const Eigen::Vector4d q = R.coeffs() + 0.5 * h * rate.coeffs();
  return Quaterniond(Eigen::Vector4d(q * (1.5 - 0.5 * q.squaredNorm())));
}

}  // namespace

CaseSample advance(const StrapModel& model, StrapState& state, const StationSample& station,
                   double h) {
  CaseMotion& motion = state.motion;
  Wrench contact = strap_forces(model, motion, state.patches, h, station.lift);
  const Eigen::Matrix3d R_SC = motion.X_SC.R.toRotationMatrix();
  const Vector3d& p = motion.X_SC.p;
  if (is_taut(model.loop, R_SC, p)) {
    const Wrench loop = loop_forces(model.loop, motion);
    contact.force += loop.force, contact.moment += loop.moment;
  }

  const Vector3d carried = station.specific_force + station.alpha.cross(p) +
                           station.w.cross(station.w.cross(p) + 2 * motion.v);
  const Vector3d force = contact.force / model.mass;

  const Vector3d w_WC_C = R_SC.transpose() * (motion.w + station.w);
  const Vector3d torque = R_SC.transpose() * contact.moment;
  const Vector3d spin = model.inertia.cwiseProduct(w_WC_C);
  const Vector3d alpha_WC_C = (torque - w_WC_C.cross(spin)).cwiseQuotient(model.inertia);
  const Vector3d turning = R_SC * alpha_WC_C - station.alpha - station.w.cross(motion.w);

  // The velocity belongs to half a step ago, and the sample to now.
  const CaseSample sample{R_SC.transpose() * force, w_WC_C + R_SC.transpose() * (0.5 * h * turning),
                          alpha_WC_C};
  motion.v += h * (force - carried - model.drag * motion.v);
  motion.w += h * (turning - model.drag * motion.w);
  motion.X_SC.p += h * motion.v;
  motion.X_SC.R = turn(motion.X_SC.R, motion.w, h);
  return sample;
}

StrapState settle(const StrapModel& model, const Vector3d& specific_force, double rate_hz,
                  double lift) {
  constexpr double kRamp = 0.2, kLongest = 1.2;  // s
  constexpr double kDrag = 200;                  // 1/s; about critical for a watch on skin
  constexpr double kStill = 1e-14;               // m/s; of the case and of its rim
  constexpr double kRadius = 0.02;               // m; of the case
  StrapModel damped = model;
  damped.drag = kDrag;
  StrapState state;
  CaseMotion& motion = state.motion;
  motion.X_SC = model.X_SC_rest;
  const auto steps = static_cast<Index>(kLongest * rate_hz);
  for (Index i = 0; i < steps; ++i) {
    const double ramp = std::min(static_cast<double>(i) / (kRamp * rate_hz), 1.0);
    StationSample station;
    station.specific_force = ramp * specific_force;
    station.lift.height = ramp * lift;
    advance(damped, state, station, 1 / rate_hz);
    if (ramp == 1 && motion.v.norm() + kRadius * motion.w.norm() < kStill) break;
  }
  state.patches.memory = state.patches.slipped_along = state.patches.slipped_around = Lanes{};
  return state;
}

}  // namespace wrist
