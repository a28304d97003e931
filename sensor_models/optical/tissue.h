// SPDX-License-Identifier: Apache-2.0
/// What skin and blood do to the light of one channel.
///
///   path table (distance, melanin) -> current transfer ratio, mean path per layer
///   mean paths x blood absorption  -> sensitivity to arterial and venous volume
///
/// Modified Beer-Lambert law: I = I_led (transfer exp(-sum S_k X_k) gap factor + leak).
#pragma once

#include "sensor_models/optical/ppg.h"

namespace wrist {

/// Light that left the skin, and where it had been.
struct Paths {
  double log_detected = 0;        // ln of detected fraction per m2
  std::array<double, 6> path{};   // m; mean partial path per layer
};

/// Linear in distance and melanosome fraction, the latter held beyond its ends. Throws Error(usage)
/// for a distance outside the table.
Paths look_up(const PathTable& table, double distance, double melanosome_fraction);

/// Absorption of whole blood, 1/m, 150 g/l haemoglobin. Throws Error(usage) for a wavelength that
/// is not 525, 660, 850, 880 or 940 nm.
double blood_absorption(double wavelength_nm, double saturation);

/// One channel on one person. Subscript 0: superficial (epidermis to deep plexus), 1: deep (fat,
/// muscle). States: arterial volume 1 = one resting pulse; venous 1 = all of the resting volume.
struct ChannelOptics {
  double transfer = 0;                // A/A; photodiode over LED current, resting blood, in contact
  double leak = 0;                    // A/A; light that never entered the skin
  double leak_gain = 0;               // A/A; responsivity, of the leak through a gap
  double distance = 0;                // m
  std::array<double, 2> arterial{};   // per unit
  std::array<double, 2> venous{};     // per unit
  double pressure = 0;                // 1/Pa
  double bulge = 0;                   // 1/m; its sign is the wearing's
  double slip = 0;                    // rms, of moving to other skin
  double vein = 0;                    // of a vein all along the light's way
  double ink = 0;                     // of a tattoo over all of the spot
  double hair = 0;                    // of as much hair as the person has in the mean
};

ChannelOptics channel_optics(const PathTable& table, const PpgSpec& spec,
                             const PpgChannelSpec& channel, const Physiology& person);

}  // namespace wrist
