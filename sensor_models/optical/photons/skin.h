// SPDX-License-Identifier: Apache-2.0
/// Skin of the wrist as light of one wavelength meets it, from documented tissue inputs.
///
///   wavelength, melanin -> absorption, scattering per layer -> LayeredMedium
///
/// Layers: epidermis, papillary dermis, reticular dermis, deep plexus, fat, muscle without end.
#pragma once

#include <vector>

#include "sensor_models/optical/photons/medium.h"

namespace wrist {

inline constexpr std::size_t kSkinLayers = 6;
inline constexpr double kSkinIndex = 1.4;  // refractive index of every layer [prior]

struct SkinSpec {
  double wavelength_nm = 525;
  double melanosome_fraction = 0.02;  // 1; of the epidermis
  double fat_thickness = 2.5e-3;      // m
  // 1; of what lies on the skin. kSkinIndex: matched, light leaves without reflection. 1: air.
  double index_above = kSkinIndex;
};

/// Wavelengths there are inputs for, nm.
std::vector<double> skin_wavelengths();

/// Throws Error(usage) for a wavelength without inputs, or a fraction or thickness out of range.
LayeredMedium skin_medium(const SkinSpec& spec);

}  // namespace wrist
