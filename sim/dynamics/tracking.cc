// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/tracking.h"

#include "sim/base/constants.h"

namespace wrist {

TrackingGains critically_damped(double frequency_hz) {
  const double w = 2 * kPi * frequency_hz;
  return {w * w, 2 * w};
}

JointVector tracking_error(const JointState& wanted, const JointState& actual) {
  const Eigen::Quaterniond turn = actual.R_TU.conjugate() * wanted.R_TU;
  const double sign = turn.w() < 0 ? -1 : 1;
  return {2 * sign * turn.vec(), wanted.q - actual.q};
}

JointState command(const JointState& wanted, const JointState& actual, const TrackingGains& gains,
                   double h) {
  const JointVector error = tracking_error(wanted, actual);
  JointState s = actual;
  s.alpha_TU_U = wanted.alpha_TU_U + gains.stiffness * error.shoulder +
                 gains.damping * (wanted.w_TU_U - h / 2 * wanted.alpha_TU_U - actual.w_TU_U);
  s.qdd = wanted.qdd + gains.stiffness * error.hinges +
          gains.damping * (wanted.qd - h / 2 * wanted.qdd - actual.qd);
  return s;
}

JointState at_midpoint(const JointState& before, const JointState& after, double h) {
  JointState s = before;
  s.w_TU_U = (before.w_TU_U + after.w_TU_U) / 2;
  s.alpha_TU_U = (after.w_TU_U - before.w_TU_U) / h;
  s.qd = (before.qd + after.qd) / 2;
  s.qdd = (after.qd - before.qd) / h;
  return s;
}

}  // namespace wrist
