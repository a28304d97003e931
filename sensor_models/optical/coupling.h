// SPDX-License-Identifier: Apache-2.0
/// What posture, acceleration, pressure and tendons do to the blood under the watch.
///
///   truth -> contact (at the samples, in the units of the fits)
///   contact, pulse -> perfusion gain, venous filling, slosh, pressure, bulge, other skin -> states
///
/// The states are shared by all channels; a channel weighs them with its own sensitivities. Units
/// here are those of the published fits: g, mmHg and mm; the boundary is read_contact.
#pragma once

#include "sensor_models/optical/ppg.h"

namespace wrist {

/// Truth at the sensor's samples. N each.
struct Contact {
  Series along_g, normal_g;  // g
  Series height;             // m
  Series pressure;           // mmHg; mean of the back, without the inertia of the watch
  Series2 pressure_slope;    // mmHg/mm; along x and y of C
  Series inertial;           // mmHg; the inertia of the watch on the skin
  Series bulge_pressure;     // mmHg; of the bulge, where `pressure` does not hold it
  Series gap;                // mm
  Series2 tilt;              // rad
  Series2 slip;              // mm; along the forearm, round it
  Series bulge;              // mm
};

/// Throws Error(internal) if the truth is not finite, does not fit its grid or does not cover
/// `time`.
Contact read_contact(const PpgTruth& truth, const TimeGrid& time);

/// Volumes: 1 = one resting pulse (arterial), all of the resting volume (venous). N each.
struct BloodStates {
  Series arterial_superficial, arterial_deep;
  Series venous_superficial, venous_deep;   // of posture
  Series slosh_superficial, slosh_deep;     // of acceleration
  Series expelled_superficial, expelled_deep;  // squeezed out by the bulge
  Series pressure;         // mmHg; from kRestingPressure, of strap and inertia; mean of the back
  Series2 pressure_slope;  // mmHg/mm; what a spot of the back has more; empty where it is even
  Series squeeze;          // mmHg; the whole pressure on the vessels, at once
  Series lean, double_cosh;  // 1; exp of perfusion_lean, and with its inverse added
  Series bulge_pressure;  // mmHg; of the bulge
  Series bulge;           // mm
  Series slip;            // 1; difference of a unit random field over the skin
};

/// Pressure at which all sensitivities are stated.
inline constexpr double kRestingPressure = 18;  // mmHg

/// Relative size of the pulse: 1 at kRestingPressure and heart height, most at 45 mmHg.
/// `pressure` mmHg, `height` m.
double perfusion_gain(double pressure, double height);

/// Where on the inverted U: its perfusion is sech of this.
double perfusion_lean(double pressure, double height);
inline constexpr double kPressureWidth = 28;  // mmHg; of the inverted U, per unit of the lean

BloodStates couple(const Contact& contact, const HeartMotion& heart, const Physiology& person,
                   const Rng& rng);

}  // namespace wrist
