// SPDX-License-Identifier: Apache-2.0
/// An inertial part as its datasheet describes it, before any specimen of it is drawn.
///
/// Q is m/s2 (accelerometer) or rad/s (gyroscope). Zero means the effect is absent. `x_sd` is what
/// a datasheet calls typical, read as one standard deviation over specimens, `x_max` what it calls
/// maximum, where draws are cut off; 0: at three times the typical. Terms: IEEE Std 952-1997 annex
/// C, IEEE Std 1293, IEEE Std 2700.
#pragma once

#include <string>

namespace wrist {

struct TriadSpec {
  double range = 0;          // Q; full scale is +-range
  int bits = 16;             // two's complement; one count is range / 2^(bits - 1)
  double bandwidth_hz = 0;   // -3 dB of the low-pass in front of the output
  int filter_order = 2;      // Butterworth
  double noise_density = 0;  // Q/sqrt(Hz), one-sided; the median over axes
  double flicker = 0;        // Q; bias instability B: flat part of the Allan deviation / 0.664
  double random_walk = 0;    // Q/sqrt(s); Allan K
  double bias_sd = 0;        // Q; turn-on offset at 25 degC, drawn once per unit
  double scale_sd = 0;       // 1; per axis
  double cross_axis_sd = 0;  // 1; off-diagonals

  double bias_max = 0, scale_max = 0, cross_axis_max = 0;
  double noise_spread = 0;      // 1; sd of the logarithm of the density, per axis
  double noise_max = 0;         // Q/sqrt(Hz); 0: unbounded
  double repeatability_sd = 0;  // Q; part of the turn-on offset that is new in every session
  double bias_tempco_sd = 0, bias_tempco_max = 0;    // Q/K
  double scale_tempco_sd = 0, scale_tempco_max = 0;  // 1/K
  double temperature_lag = 0;   // 1; share of the offset's answer to temperature that comes late
  double nonlinearity = 0;      // 1; of range: largest departure from a straight line
  double rectification_sd = 0;  // 1/Q; offset per square of the vibration
  double g_sensitivity_sd = 0, g_sensitivity_max = 0;  // rad/s per m/s2, gyroscope only
  double element_hz = 0;                               // natural frequency of the sense element
  double element_q = 0;  // 1; its quality factor; 0: first order, -3 dB at element_hz
  double clip = 1.05;    // of range; where the analog side saturates [1.02 to 1.1, assumed]
};

struct ImuSpec {
  std::string name;
  double rate_hz = 100;       // nominal output rate
  double rate_error_sd = 0;   // 1; of the true output rate at 25 degC, drawn once per unit
  double rate_error_max = 0;  // 1; truncation
  double mount_error_sd = 0;  // rad; rotation of the package on its board
  TriadSpec accel, gyro;
  double rate_tempco_sd = 0, rate_tempco_max = 0;  // 1/K; the true output rate drifts with warmth
  double size_sd = 0;  // m; per coordinate: where each accelerometer axis sits in the chip
};

/// Checks a spec: positive range and rates, bits 8..16, bandwidth above zero, nothing negative or
/// not finite. Throws Error(usage).
void check(const ImuSpec& spec);

/// Multipliers of the errors, one per term: 0 switches it off, 2 doubles it. Drawn per recording.
struct ImuEffects {
  double noise = 1, flicker = 1, walk = 1;
  double bias = 1;           // turn-on offset
  double repeatability = 1;  // its part of the session
  double scale = 1, cross_axis = 1, mount = 1;
  double temperature = 1;  // tempco of offset and scale
  double nonlinearity = 1, rectification = 1, g_sensitivity = 1;
  double size = 1;         // lever arms inside the chip
  double element = 1;      // divides the natural frequency of the sense element
  double saturation = 1;   // divides the analog limit; 0: only the counts end
  double clock = 1;        // error of the true rate
  double clock_drift = 1;  // its tempco
};

struct ImuEffectName {
  const char* name;
  double ImuEffects::*value;
};
inline constexpr ImuEffectName kImuEffects[] = {{"noise", &ImuEffects::noise},
                                                {"flicker", &ImuEffects::flicker},
                                                {"walk", &ImuEffects::walk},
                                                {"bias", &ImuEffects::bias},
                                                {"repeatability", &ImuEffects::repeatability},
                                                {"scale", &ImuEffects::scale},
                                                {"cross_axis", &ImuEffects::cross_axis},
                                                {"mount", &ImuEffects::mount},
                                                {"temperature", &ImuEffects::temperature},
                                                {"nonlinearity", &ImuEffects::nonlinearity},
                                                {"rectification", &ImuEffects::rectification},
                                                {"g_sensitivity", &ImuEffects::g_sensitivity},
                                                {"size", &ImuEffects::size},
                                                {"element", &ImuEffects::element},
                                                {"saturation", &ImuEffects::saturation},
                                                {"clock", &ImuEffects::clock},
                                                {"clock_drift", &ImuEffects::clock_drift}};

/// The spec with every term multiplied: a specimen drawn from it has errors of the same sign and
/// shape. Throws Error(usage) if a multiplier is negative or not finite.
ImuSpec scaled(const ImuSpec& spec, const ImuEffects& effects);

}  // namespace wrist
