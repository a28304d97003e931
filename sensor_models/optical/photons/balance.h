// SPDX-License-Identifier: Apache-2.0
/// Where the light of a thin beam goes that falls straight onto a medium.
///
///   1 = specular + reflected + transmitted + absorbed, on average
#pragma once

#include "sensor_models/optical/photons/estimate.h"
#include "sensor_models/optical/photons/transport.h"

namespace wrist {

/// Shares of the light that falls in.
struct EnergyBalance {
  double specular = 0;                                // off the surface, before it entered
  Estimate reflected;                                 // diffusely: out of the medium again, upwards
  Estimate transmitted;                               // out of the last layer
  std::array<Estimate, kMaxTurbidLayers> absorbed{};  // per layer
  Estimate total;                                     // of all, 1 but for roulette
  std::array<Estimate, kMaxTurbidLayers> reflected_path{};  // m; mean, of the reflected light
};

/// The same for any `jobs`. Throws Error(usage) if the medium does not pass check().
EnergyBalance balance(const LayeredMedium& medium, std::int64_t photons, const Rng& rng, int jobs);

}  // namespace wrist
