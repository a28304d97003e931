// SPDX-License-Identifier: Apache-2.0
/// One photon through turbid layers, from entry to exit.
///
///   free flight -> face: reflect or refract -> scatter (Henyey-Greenstein) -> roulette -> ... ->
///   exit
///
/// Scattering alone is drawn; absorption is a weight exp(-sum absorption x path), so that one walk
/// serves any absorption. Frame: as in medium.h.
/// Source: Wang, Jacques, Zheng 1995, "MCML: Monte Carlo modeling of light transport in
/// multi-layered tissues", from the equations.
#pragma once

#include <array>

#include "sensor_models/optical/photons/medium.h"
#include "sensor_models/optical/photons/uniform_stream.h"

namespace wrist {

/// Where a walk ends for want of interest, and when roulette begins.
struct WalkLimits {
  double depth = 0.030;         // m
  double radius = 0.030;        // m; from the axis
  double path = 0.400;          // m; in all
  double roulette_depth = 7.6;  // 1; weight exp(-7.6) = 0.0005
  double roulette_survival = 0.1;
};

struct Photon {
  double x = 0, y = 0, z = 0;     // m
  double ux = 0, uy = 0, uz = 1;  // direction, unit
  std::size_t layer = 0;
  double log_gain = 0;       // 1; ln of what roulette and entry made of the weight
  double optical_depth = 0;  // 1; sum of absorption x path
  double length = 0;         // m; sum of path
  std::array<double, kMaxTurbidLayers> path{};  // m; per layer
};

enum class Exit { above, below, lost };

/// Weight left in each layer, if anyone asks.
using Deposit = std::array<double, kMaxTurbidLayers>;

/// Walks `photon` to its exit; adds what it leaves behind to `deposit` unless null. Position and
/// direction are then those inside, at the face. The medium must have passed check().
Exit walk(const LayeredMedium& medium, const WalkLimits& limits, Photon& photon,
          UniformStream& uniforms, Deposit* deposit = nullptr);

/// exp(log_gain - optical_depth): how much of a launched photon this one stands for.
double weight(const Photon& photon);

}  // namespace wrist
