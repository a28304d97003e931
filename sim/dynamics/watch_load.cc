// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/watch_load.h"

namespace wrist {

using Eigen::Vector3d;

CaseSample felt_at(const BodyState& body, const Pose& X_BP) {
  const Eigen::Matrix3d R_PB = X_BP.R.conjugate().toRotationMatrix();
  const Vector3d &r = X_BP.p, &w = body.w_B, &alpha = body.alpha_B;
  return {R_PB * (body.force_B + alpha.cross(r) + w.cross(w.cross(r))), R_PB * w, R_PB * alpha};
}

ExternalWrench watch_reaction(const CaseSpec& case_spec, const Pose& X_FC,
                              const CaseSample& sample) {
  const Vector3d& I = case_spec.inertia;
  const Vector3d force = X_FC.R * (-case_spec.mass * sample.specific_force);
  const Vector3d spin = I.cwiseProduct(sample.alpha) + sample.w.cross(I.cwiseProduct(sample.w));
  return {Body::forearm, force, X_FC.p.cross(force) - X_FC.R * spin};
}

RidingWatch::RidingWatch(const Pose& X_FS, Side side, const Wearing& wearing, double rate_hz)
    : case_spec_(wearing.case_spec),
      X_FS_(X_FS),
      strap_(build_strap_model(side, wearing)),
      rate_hz_(rate_hz) {}

ExternalWrench RidingWatch::ride(const BodyState& forearm, double force) {
  const CaseSample felt = felt_at(forearm, X_FS_);
  if (!settled_) state_ = settle(strap_, felt.specific_force, rate_hz_);
  settled_ = true;
  const Pose X_FC = X_FS_ * state_.motion.X_SC;
  StationSample station;
  station.w = felt.w;
  station.alpha = felt.alpha;
  station.specific_force = pressed(felt.specific_force, force, case_spec_.mass);
  const CaseSample sample = advance(strap_, state_, station, 1 / rate_hz_);
  return watch_reaction(case_spec_, X_FC, sample);
}

}  // namespace wrist
