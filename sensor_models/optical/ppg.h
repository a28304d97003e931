// SPDX-License-Identifier: Apache-2.0
/// Optical (PPG) sensor: from blood, skin and contact to the counts of a converter.
///
///   pulse, posture, slosh, pressure, bulge -> Beer-Lambert per channel -> x gap factor + leak
///   -> + ambient, shot, amplifier and 1/f noise -> LED current control -> clip, quantise
///
/// Photon paths: Monte Carlo tables per wavelength (assets/optics). Model: README.md here.
/// Frames: C watch case (x to the right edge, y to 12 o'clock, z out of the screen).
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "sensor_models/imu/imu.h"
#include "sim/base/rng.h"
#include "sim/body/heart.h"

namespace wrist {

/// Photon paths of one wavelength in layered skin, by source-detector distance and melanin level.
struct PathTable {
  double wavelength_nm = 0;
  std::vector<double> rho;                        // m; ascending
  std::vector<double> melanosome_fraction;        // ascending; rows of the tables below
  std::vector<std::vector<double>> log_detected;  // ln of detected fraction per m2; [melanin][rho]
  std::vector<std::vector<std::array<double, 6>>> path;  // m; mean partial path in layers 0..5
};

/// One light path of the watch: a wavelength, an emitter and a detector.
struct PpgChannelSpec {
  std::string name;             // such as "green_0"
  double wavelength_nm = 525;
  int emitter = 0, detector = 0;
  double distance = 0.00275;    // m; emitter to detector
  // m; of emitter and detector, x y in C: where its light dips into the skin, so where gap and
  // pressure count.
  Eigen::Array<double, 1, 2> midpoint{0, 0};
  double exposure_offset = 0;  // s; after the sample's time stamp: exposures are staggered
};

/// The converter (analog front end).
struct PpgSpec {
  std::string name;
  double rate_hz = 100;
  double rate_error_sd = 0, rate_error_max = 0;  // 1; of the true output rate
  int bits = 19;
  double full_scale = 16e-6;        // A
  double integration = 117.3e-6;    // s; of one exposure
  int averages = 8;                 // exposures per sample
  double amplifier_noise = 40e-12;  // A; per exposure
  double driver_noise = 1.8e-5;     // of the current; 95 dB
  double pink_noise = 1e-5;         // of the current; -100 dB
  double ambient_rejection_db = 60;
  double ambient_range = 200e-6;  // A; beyond it daylight is not rejected but converted
  double led_current_min = 1e-3, led_current_max = 124e-3;  // A
  double detector_area = 7e-6;      // m2
  std::vector<PpgChannelSpec> channels;
};

struct PpgUnit {
  PpgSpec spec;
  double true_rate_hz = 100;
  std::vector<PathTable> tables;    // one per wavelength in use
  std::vector<double> channel_gain; // 1; unit-to-unit spread per channel
};

/// What happens under the sensor, on any clock that covers the samples; linear in between.
struct PpgTruth {
  TimeGrid time;
  Series accel_along;     // m/s2, N; along the forearm, gravity removed, distal positive
  Series accel_normal;    // m/s2, N; along the skin normal, outwards, gravity removed
  Series height;          // m, N; of the wrist above the heart
  Series pressure;        // Pa, N; mean contact pressure of the back, see pressure_is_static
  Series2 pressure_slope;  // Pa/m, N x 2; of the pressure along x and y of C
  Series gap;             // m, N; skin to the middle of the back
  Series2 tilt;           // rad, N x 2; of the back against the skin about x and y of C
  Series2 slip;           // m, N x 2; along the forearm, round it
  Series bulge;           // m, N; of tendons and muscle under the watch
  double x_distal = 1;    // 1 or -1: which way x of C points along the forearm
  double illuminance_lux = 200;
  double mains_hz = 50;
  // false: `pressure` holds the inertia of the watch and the push of the bulge, as wear_strapped
  // solves them. true: it holds neither (wear_glued, a constant); their shares then follow from
  // accel_normal and bulge, and lift-off from the former.
  bool pressure_is_static = false;
  double watch_mass_per_area = 50;  // kg/m2; of the watch over the back that presses on the skin
};

using FlagsC = Eigen::Array<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic>;
using CountsC = Eigen::Array<std::int32_t, Eigen::Dynamic, Eigen::Dynamic>;
using PartsC = Eigen::ArrayXXf;

inline constexpr std::uint8_t kPpgSaturated = 1;    // a channel stands at the end of its range
inline constexpr std::uint8_t kPpgCurrentStep = 2;  // the LED current has just changed
inline constexpr std::uint8_t kPpgLowSignal = 4;    // too little light comes back

/// Counts, and why they are what they are. Truth: what each cause adds to a channel's current, A,
/// P x C, computed in double and kept as float. A part is the current there is, less the current
/// there would be at this instant and LED current without this one cause: it is large where it
/// spoils the signal.
/// steady + all parts = count_scale x counts, up to rounding, clipping and products of parts.
struct PpgRecord {
  Stamps time_ns;                 // ns, P
  CountsC counts;                 // P x C
  Flags flags;                    // P; of any channel
  FlagsC channel_flags;           // P x C
  double count_scale = 1;         // A per count
  PartsC led_current;             // A, P x C
  PartsC steady;                  // of still skin at 18 mmHg and heart height: every cause absent
  PartsC pulse;                   // arterial blood: beats, breathing, vasomotion
  PartsC venous;                  // venous blood: posture, and slosh with the arm's acceleration
  PartsC pressure;                // blood pressed away: strap and inertia of the watch
  PartsC gap;                     // light lost and light leaked when the watch lifts or tilts
  PartsC bulge;                   // tendons and muscle: shape, their pressure, veins squeezed empty
  PartsC slip;                    // other skin under the sensor
  PartsC ambient;                 // what is left of light from outside
  PartsC noise;                   // shot, amplifier, driver and 1/f noise
  Series heart_rate_bpm;          // P
};

/// Throws Error(usage) that names the field, what was expected and what was found.
void check(const PpgSpec& spec);

/// Draws a specimen: true rate (truncated at rate_error_max, 0: at 3 sd), gain per channel. Throws
/// Error(usage) if no table covers a channel's wavelength and distance.
PpgUnit build_ppg(const PpgSpec& spec, const std::vector<PathTable>& tables, const Rng& rng);

/// The clock of a unit's samples over `duration_s`.
TimeGrid sample_grid(const PpgUnit& unit, double duration_s);

/// `heart.time` must be sample_grid(unit, ...). Throws Error(internal) if the truth is not finite,
/// does not fit its grid or does not cover the samples.
PpgRecord measure(const PpgUnit& unit, const PpgTruth& truth, const HeartMotion& heart,
                  const Physiology& person, const Rng& rng);

}  // namespace wrist
