// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/skin.h"

#include <array>
#include <cmath>
#include <limits>
#include <string>

#include "sensor_models/optical/tissue.h"
#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kPerMillimetre = 1000;  // 1/m
constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Absorption of water and of the lipid in fat, 1/mm [prior].
struct Solvent {
  double wavelength_nm, water, lipid;
};
constexpr std::array kSolvents = {Solvent{525, 3e-5, 0.003}, Solvent{660, 3.6e-4, 0.003},
                                  Solvent{850, 4.3e-3, 0.004}, Solvent{940, 2.9e-2, 0.010}};

const Solvent& solvent(double wavelength_nm) {
  for (const Solvent& s : kSolvents)
    if (s.wavelength_nm == wavelength_nm) return s;
  throw Error(ErrorKind::usage, "wavelength_nm: expected 525, 660, 850 or 940, found " +
                                    std::to_string(wavelength_nm));
}

// factor (wavelength / 500 nm)^power, 1/mm. Jacques 2013, "Optical properties of biological
// tissues: a review" [prior].
struct PowerLaw {
  double factor, power;
};
constexpr PowerLaw kSkinScattering = {4.6, -1.421}, kFatScattering = {1.84, -0.672},
                   kMuscleScattering = {1.30, -0.926};  // reduced
constexpr PowerLaw kMelanosomeAbsorption = {51.9, -3.5};

double at(const PowerLaw& law, double wavelength_nm) {
  return law.factor * portable::exp(law.power * portable::log(wavelength_nm / 500));
}

// Skin without blood and melanin, 1/mm. Jacques 2013 [prior].
double base_absorption(double wavelength_nm) {
  return 0.0244 + 8.53 * portable::exp(-(wavelength_nm - 154) / 66.2);
}

constexpr double kAnisotropy = 0.8;   // [prior]
constexpr double kSaturation = 0.75;  // of all the blood in a layer together [assumption]

// One layer below the epidermis: shares of its volume [assumption, within published ranges], radius
// of the vessels the blood is packed in [prior].
struct LayerInputs {
  double thickness;  // m
  double blood, water, lipid, base;
  double vessel_radius;  // m
  PowerLaw scattering;
};
constexpr double kEpidermis = 0.08e-3;  // m
constexpr std::array<LayerInputs, kSkinLayers - 1> kBelowEpidermis = {{
    {0.25e-3, 0.025, 0.65, 0, 0.5, 12e-6, kSkinScattering},  // papillary dermis
    {1.20e-3, 0.010, 0.65, 0, 0.5, 12e-6, kSkinScattering},  // reticular dermis
    {0.25e-3, 0.045, 0.65, 0, 0.5, 30e-6, kSkinScattering},  // deep plexus
    {0, 0.008, 0.10, 1, 0, 30e-6, kFatScattering},           // fat; its thickness is the person's
    {kInfinity, 0.030, 0.75, 0, 0.25, 30e-6, kMuscleScattering},
}};
constexpr std::size_t kFat = 3;  // of kBelowEpidermis

// Light inside a vessel shades itself: the blood in wide vessels counts for less.
double packed(double absorption, double radius) {
  return (1 - portable::exp(-2 * absorption * radius)) / (2 * radius);
}

TurbidLayer turbid(double absorption_per_mm, double reduced_scattering_per_mm) {
  TurbidLayer layer;
  layer.absorption = absorption_per_mm * kPerMillimetre;
  layer.scattering = reduced_scattering_per_mm * kPerMillimetre / (1 - kAnisotropy);
  layer.anisotropy = kAnisotropy;
  layer.refractive_index = kSkinIndex;
  return layer;
}

}  // namespace

std::vector<double> skin_wavelengths() {
  std::vector<double> list;
  for (const Solvent& s : kSolvents) list.push_back(s.wavelength_nm);
  return list;
}

LayeredMedium skin_medium(const SkinSpec& spec) {
  const Solvent& dissolved = solvent(spec.wavelength_nm);
  require(
      spec.melanosome_fraction >= 0 && spec.melanosome_fraction <= 1, ErrorKind::usage,
      "melanosome_fraction: expected 0 to 1, found " + std::to_string(spec.melanosome_fraction));
  const double base = base_absorption(spec.wavelength_nm);
  const double blood = blood_absorption(spec.wavelength_nm, kSaturation);
  const double melanosome = at(kMelanosomeAbsorption, spec.wavelength_nm);
  const double f = spec.melanosome_fraction;

  LayeredMedium medium;
  medium.index_above = spec.index_above;
  medium.index_below = kSkinIndex;
  stack(medium, kEpidermis,
        turbid((1 - f) * base + f * melanosome, at(kSkinScattering, spec.wavelength_nm)));
  for (std::size_t i = 0; i < kBelowEpidermis.size(); ++i) {
    const LayerInputs& in = kBelowEpidermis[i];
    const double absorption = in.blood * packed(blood, in.vessel_radius) / kPerMillimetre +
                              in.water * dissolved.water + in.lipid * dissolved.lipid +
                              in.base * base;
    stack(medium, i == kFat ? spec.fat_thickness : in.thickness,
          turbid(absorption, at(in.scattering, spec.wavelength_nm)));
  }
  check(medium);
  return medium;
}

}  // namespace wrist
