// SPDX-License-Identifier: Apache-2.0
/// How the muscles follow a motion: computed torque with the error dynamics of a critically damped
/// spring at every joint.
///
///   wanted, actual -> wanted acceleration + gains x error -> inverse dynamics -> torques
///
/// Source: computed-torque control, Craig, Introduction to Robotics, ch. 10.
#pragma once

#include "sim/dynamics/rnea.h"

namespace wrist {

/// Of the closed loop.
struct TrackingGains {
  double stiffness = 0;  // 1/s2
  double damping = 0;    // 1/s
};

TrackingGains critically_damped(double frequency_hz);

/// Wanted minus actual angles, in rad; the shoulder's as a rotation vector in U.
JointVector tracking_error(const JointState& wanted, const JointState& actual);

/// The accelerations that bring `actual` back to `wanted`. Leapfrog: the angles of `actual` belong
/// to the time of `wanted`, its rates to h/2 earlier.
JointState command(const JointState& wanted, const JointState& actual, const TrackingGains& gains,
                   double h);

/// The state at t between the rates h/2 before (with angles at t) and h/2 after.
JointState at_midpoint(const JointState& before, const JointState& after, double h);

}  // namespace wrist
