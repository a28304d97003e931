// SPDX-License-Identifier: Apache-2.0
/// What the watch does to the forearm: the reaction of whatever moves its mass.
///
///   motion of the case -> force and moment that it takes -> the opposite, on the forearm
#pragma once

#include "sim/dynamics/rnea.h"
#include "sim/dynamics/watch_press.h"

namespace wrist {

/// What a point fixed in the body at X_BP feels, in the axes of P.
CaseSample felt_at(const BodyState& body, const Pose& X_BP);

/// On the forearm, of a case at X_FC that is made to move like `sample`.
ExternalWrench watch_reaction(const CaseSpec& case_spec, const Pose& X_FC,
                              const CaseSample& sample);

/// The strapped watch beside the arm's engine: one call per step.
class RidingWatch {
 public:
  RidingWatch(const Pose& X_FS, Side side, const Wearing& wearing, double rate_hz);

  /// Moves the watch on by a step of the forearm, pressed by `force` N along -z of S; the first
  /// call settles it. Returns what strap and skin do to the forearm.
  ExternalWrench ride(const BodyState& forearm, double force = 0);

  /// Of the case, after the last step.
  const CaseMotion& motion() const { return state_.motion; }

 private:
  CaseSpec case_spec_;
  Pose X_FS_;
  StrapModel strap_;
  double rate_hz_;
  bool settled_ = false;
  StrapState state_;
};

}  // namespace wrist
