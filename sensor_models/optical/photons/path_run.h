// SPDX-License-Identifier: Apache-2.0
/// The photon paths of a source and a ring-shaped detector on the skin, by Monte Carlo.
///
///   Lambertian disc -> skin -> rings around it, within a cone -> weight and path per layer
///
/// Each photon is walked once and counted at every melanin level with its own weight. What it gives
/// is what assets/optics holds.
#pragma once

#include "sensor_models/optical/photons/estimate.h"
#include "sensor_models/optical/photons/skin.h"
#include "sensor_models/optical/photons/transport.h"
#include "sensor_models/optical/ppg.h"

namespace wrist {

struct PathRunSpec {
  SkinSpec skin;  // its melanosome_fraction is not used
  std::vector<double> melanosome_fraction{0.02, 0.08, 0.16, 0.32};  // ascending
  double source_radius = 0.4e-3;  // m; light falls evenly on the disc
  double acceptance = 0.94;       // 1; largest sine of the angle in air that is detected
  double ring_width = 0.5e-3;     // m
  std::size_t rings = 28;         // ring i is centred at (i + 1/2) ring_width
  std::int64_t photons = 1'000'000;
  WalkLimits limits;  // roulette by the weight at the lightest level
};

/// One ring at one melanin level.
struct PathCell {
  Estimate detected;                               // 1/m2; share of the launched light per area
  std::array<Estimate, kSkinLayers> path;          // m; mean partial path of the detected light
  double photons = 0;                              // that carry it, were they of equal weight
  std::array<double, kSkinLayers> path_photons{};  // the same of weight x path
};

struct PathRun {
  PathRunSpec spec;
  std::vector<double> rho;                   // m; centres of the rings
  std::vector<std::vector<PathCell>> cells;  // [melanin][ring]
};

/// The same for any `jobs`. Throws Error(usage) that names the field of the spec.
PathRun trace_paths(const PathRunSpec& spec, const Rng& rng, int jobs);

/// The rings of a run from the second to 9.75 mm, as the asset has them: nearer is the source
/// itself, farther is next to no light.
PathTable path_table(const PathRun& run);

}  // namespace wrist
