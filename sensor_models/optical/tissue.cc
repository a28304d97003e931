// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/tissue.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Molar extinction of haemoglobin: Moaveni as tabulated by Prahl; 525 nm between his 520 and 530.
// Efficiency of LEDs and photodiodes: parts of the class of SFH 7060 and 7072 [prior].
struct Colour {
  double wavelength_nm;
  double oxy, deoxy;     // 1/cm/M
  double efficiency;     // W/A; of the LED
  double responsivity;   // A/W; of the photodiode
};
constexpr std::array kColours = {
    Colour{525, 32080, 35314, 0.9, 0.32},
    Colour{660, 320, 3200, 0.9, 0.45},
    Colour{850, 1060, 800, 0.8, 0.58},
    Colour{880, 1160, 840, 0.8, 0.58},
    Colour{940, 1200, 800, 0.8, 0.55},
};
constexpr double kColourTolerance = 2;  // nm

const Colour& colour(double wavelength_nm) {
  for (const Colour& c : kColours)
    if (std::abs(c.wavelength_nm - wavelength_nm) <= kColourTolerance) return c;
  throw Error(ErrorKind::usage, "wavelength_nm: expected 525, 660, 850, 880 or 940, found " +
                                    std::to_string(wavelength_nm));
}

bool is_green(double wavelength_nm) { return wavelength_nm < 600; }

// Layers: epidermis, papillary dermis, reticular dermis, deep plexus, fat, muscle.
constexpr std::array kBloodFraction = {0., 0.025, 0.010, 0.045, 0.008, 0.030};  // [assumption]
constexpr double kVenousSaturation = 0.70;  // [prior]
constexpr double kVenousShare = 0.8;        // of the local blood [prior]
// Radius of the vessels, m: superficial, deep [prior].
constexpr std::array<double, 2> kArterialRadius = {12e-6, 30e-6};
constexpr std::array<double, 2> kVenousRadius = {20e-6, 50e-6};

// Of light skin's transfer: cover glass, horny layer [assumption].
constexpr double kLeakShare = 0.01;
// Green: fitted to the wrist signals of Zhang et al. 2015 (TROIKA). Infrared: so that motion over
// pulse is 4 to 8 dB above green's (IEEE 9079455), within 0.3 to 3 times -0.0008 per mmHg.
constexpr double kPressureGreen = -0.0024 / 133.322, kPressureInfrared = -0.0005 / 133.322;  // 1/Pa
constexpr double kBulgeGreen = 100, kBulgeInfrared = 35;  // 1/m [assumption]
constexpr double kSlipGreen = 0.02, kSlipInfrared = 0.008;  // [assumption]

// What a vein takes that lies across the light's way, of the share the person's take in infrared:
// green ends above most veins [assumption].
constexpr double kVeinGreen = 0.2;
// Black hair under the sensor, of the share the person's takes in green [assumption].
constexpr double kHairInfrared = 0.3;

// Light inside a vessel shades itself: the blood in wide vessels counts for less.
double packaging(double absorption, double radius) {
  const double x = 2 * absorption * radius;
  return (1 - portable::exp(-x)) / x;
}

double blood_path(const Paths& paths, std::size_t first, std::size_t last) {
  double sum = 0;
  for (std::size_t i = first; i <= last; ++i) sum += kBloodFraction[i] * paths.path[i];
  return sum;
}

// Index of the interval of `grid` around x, and the share of its upper end.
struct Bracket {
  std::size_t low;
  double share;
};
Bracket bracket(const std::vector<double>& grid, double x) {
  const auto above = std::upper_bound(grid.begin(), grid.end(), x);
  const auto low = std::clamp<std::ptrdiff_t>(above - grid.begin() - 1, 0,
                                              static_cast<std::ptrdiff_t>(grid.size()) - 2);
  const auto i = static_cast<std::size_t>(low);
  return {i, std::clamp((x - grid[i]) / (grid[i + 1] - grid[i]), 0., 1.)};
}

}  // namespace

Paths look_up(const PathTable& table, double distance, double melanosome_fraction) {
  require(distance >= table.rho.front() && distance <= table.rho.back(), ErrorKind::usage,
          "distance: expected " + std::to_string(table.rho.front() * 1e3) + " to " +
              std::to_string(table.rho.back() * 1e3) + " mm, found " +
              std::to_string(distance * 1e3));
  const Bracket d = bracket(table.rho, distance);
  const Bracket m = bracket(table.melanosome_fraction, melanosome_fraction);
  Paths paths;
  for (std::size_t row = 0; row < 2; ++row) {
    for (std::size_t column = 0; column < 2; ++column) {
      const double weight = (row ? m.share : 1 - m.share) * (column ? d.share : 1 - d.share);
      paths.log_detected += weight * table.log_detected[m.low + row][d.low + column];
      for (std::size_t layer = 0; layer < 6; ++layer)
        paths.path[layer] += weight * table.path[m.low + row][d.low + column][layer];
    }
  }
  return paths;
}

double blood_absorption(double wavelength_nm, double saturation) {
  const Colour& c = colour(wavelength_nm);
  const double extinction = saturation * c.oxy + (1 - saturation) * c.deoxy;
  constexpr double kHaemoglobin = 150. / 66500;  // mol/l
  constexpr double kPerMetre = 100;              // of 1/cm
  return 2.303 * extinction * kHaemoglobin * kPerMetre;
}

ChannelOptics channel_optics(const PathTable& table, const PpgSpec& spec,
                             const PpgChannelSpec& channel, const Physiology& person) {
  const double wavelength = channel.wavelength_nm;
  const Colour& c = colour(wavelength);
  const Paths paths = look_up(table, channel.distance, person.melanosome_fraction);
  const Paths lightest = look_up(table, channel.distance, table.melanosome_fraction.front());
  const double gain = spec.detector_area * c.efficiency * c.responsivity;

  ChannelOptics optics;
  optics.distance = channel.distance;
  optics.transfer = gain * portable::exp(paths.log_detected);
  optics.leak = kLeakShare * gain * portable::exp(lightest.log_detected);
  optics.leak_gain = c.efficiency * c.responsivity;
  const double arterial = blood_absorption(wavelength, person.arterial_saturation);
  const double venous = blood_absorption(wavelength, kVenousSaturation);
  const std::array<double, 2> blood = {blood_path(paths, 1, 3), blood_path(paths, 4, 5)};
  for (std::size_t depth = 0; depth < 2; ++depth) {
    optics.arterial[depth] = person.pulsatile_fraction * arterial *
                             packaging(arterial, kArterialRadius[depth]) * blood[depth];
    optics.venous[depth] =
        kVenousShare * venous * packaging(venous, kVenousRadius[depth]) * blood[depth];
  }
  optics.pressure = is_green(wavelength) ? kPressureGreen : kPressureInfrared;
  optics.bulge = is_green(wavelength) ? kBulgeGreen : kBulgeInfrared;
  optics.slip = is_green(wavelength) ? kSlipGreen : kSlipInfrared;
  optics.vein = -portable::log(1 - person.vein_loss) * (is_green(wavelength) ? kVeinGreen : 1);
  const double hair_passes = 1 - person.hair_loss * (is_green(wavelength) ? 1 : kHairInfrared);
  optics.transfer *= hair_passes;
  optics.hair = -portable::log(hair_passes);
  // A tattoo multiplies what the epidermis absorbs; the logarithm of the light follows it.
  const double levels = table.melanosome_fraction.back() - table.melanosome_fraction.front();
  const Paths darkest = look_up(table, channel.distance, table.melanosome_fraction.back());
  optics.ink = (lightest.log_detected - darkest.log_detected) / levels *
               person.melanosome_fraction * (person.ink - 1);
  return optics;
}

}  // namespace wrist
