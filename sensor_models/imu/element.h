// SPDX-License-Identifier: Apache-2.0
/// The sense element of a triad: a proof mass or ring that swings, and answers vibration with an
/// offset.
///
///   truth -> first or second order at the natural frequency -> + k (fast part)^2 -> to be measured
///
/// The bilinear transform is not pre-warped, so that a frequency above half the rate of the truth
/// still bends the band below it as it should. Vibration rectification: IEEE Std 1293, VRE.
#pragma once

#include <Eigen/Core>

#include "sensor_models/imu/imu_spec.h"
#include "sensor_models/signal/low_pass.h"

namespace wrist {

class Element {
 public:
  Element(const TriadSpec& spec, const Eigen::Vector3d& rectification, double rate_hz);

  /// False: in and out are the same.
  bool present() const { return section_present_ || rectifies_; }

  /// After `value` has stood for ever.
  void settle(const double* const value[3]);

  /// out[axis][i] from in[axis][i].
  void run(const double* const in[3], Index count, double* const out[3]);

 private:
  Biquad section_;
  bool section_present_ = false, rectifies_ = false;
  double share_ = 0;  // of a new sample in the slow part
  // Four lanes, of which the last stays at rest: one vector of the machine.
  double rectification_[4] = {};
  double s1_[4] = {}, s2_[4] = {}, slow_[4] = {};
};

}  // namespace wrist
