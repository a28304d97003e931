// SPDX-License-Identifier: Apache-2.0
/// A bulge on a slow clock, read at the solver's steps.
///
///   samples -> cubic B-spline (quasi-interpolant, exact for cubics) -> height and its rate, C2
///
/// Source: de Boor 1978, "A practical guide to splines".
#pragma once

#include "sim/strap/strap_solver.h"

namespace wrist {

class LiftSpline {
 public:
  /// Throws Error(usage) if the heights do not fit the clock or are not finite.
  explicit LiftSpline(const Bulge& bulge);

  SkinLift at(double time_s) const;

 private:
  TimeGrid time_;
  Series weight_;  // m; of the spline, one per sample and three more at either end
};

}  // namespace wrist
