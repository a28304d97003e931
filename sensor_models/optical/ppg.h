// SPDX-License-Identifier: Apache-2.0
/// Optical (PPG) sensor: from blood, skin and contact to the counts of a converter.
///
///   pulse, posture, slosh, pressure, bulge -> Beer-Lambert per channel -> x gap factor + leak
///   -> + ambient, shot, amplifier and 1/f noise -> LED current control -> clip, quantise
///
/// Photon paths: Monte Carlo tables per wavelength (assets/optics). Model: sensor_models/README.md.
#pragma once

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
  Series2 midpoint;             // m, 1 x 2; of emitter and detector, in C: the lever of tilt
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

/// What happens under the sensor, on any clock; read by linear interpolation.
struct PpgTruth {
  TimeGrid time;
  Series accel_along;     // m/s2, N; along the forearm, gravity removed, distal positive
  Series accel_normal;    // m/s2, N; along the skin normal, outwards, gravity removed
  Series height;          // m, N; of the wrist above the heart
  Series pressure;        // Pa, N; contact pressure
  Series gap;             // m, N
  Series2 tilt;           // rad, N x 2
  Series2 slip;           // m, N x 2
  Series bulge;           // m, N; of tendons and muscle under the watch
  double illuminance_lux = 200;
  double mains_hz = 50;
};

using CountsC = Eigen::Array<std::int32_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline constexpr std::uint8_t kPpgSaturated = 1;    // a channel stands at the end of its range
inline constexpr std::uint8_t kPpgCurrentStep = 2;  // the LED current has just changed
inline constexpr std::uint8_t kPpgLowSignal = 4;    // too little light comes back

struct PpgRecord {
  Stamps time_ns;                 // ns, P
  CountsC counts;                 // P x C
  Flags flags;                    // P
  double count_scale = 1;         // A per count
  Eigen::ArrayXXd led_current;    // A, P x C
  // Truth: additive parts of each channel's current, A, P x C. They add up to the current before
  // noise, up to the product terms, which stand in `rest`.
  Eigen::ArrayXXd pulse, venous, pressure, gap, bulge, ambient, noise;
  Series heart_rate_bpm;          // P
};

void check(const PpgSpec& spec);

PpgUnit build_ppg(const PpgSpec& spec, const std::vector<PathTable>& tables, const Rng& rng);

/// The clock of a unit's samples over `duration_s`.
TimeGrid sample_grid(const PpgUnit& unit, double duration_s);

/// `heart.time` must be sample_grid(unit, ...).
PpgRecord measure(const PpgUnit& unit, const PpgTruth& truth, const HeartMotion& heart,
                  const Physiology& person, const Rng& rng);

}  // namespace wrist
