// SPDX-License-Identifier: Apache-2.0
/// What lies where on the skin: veins, hair, a tattoo. A channel meets it where the watch was put
/// on, and other parts of it when the watch slips.
///
///   person -> map of one session (strips, patches, an edge) -> slip + place of the channel -> spot
///
/// Axes of the map, mm: x distal along the forearm, y round it; origin under the middle of the back
/// when the watch was put on.
#pragma once

#include <array>

#include "sensor_models/optical/skin_field.h"
#include "sensor_models/optical/tissue.h"
#include "sim/base/rng.h"
#include "sim/body/subject.h"

namespace wrist {

inline constexpr std::size_t kVeins = 3;

struct SkinMap {
  struct Strip {
    double offset = 0;      // mm; of its middle, at x = 0
    double slope = 0;       // 1; dy/dx
    double half_width = 1;  // mm
  };
  std::array<Strip, kVeins> veins{};
  std::array<double, 2> edge_normal{1, 0};  // towards the ink
  double edge = 1e9;                        // mm; how far the tattoo is from the origin
  SkinWaves hair{};                         // more and less of it; none: the same everywhere
};

/// A session's map: where the watch lands on the person's skin is drawn anew.
SkinMap draw_skin_map(const Physiology& person, const Rng& rng);

/// What there is at one place.
struct SkinSpot {
  double vein = 0;  // 0..1; share of the light's way that is vein
  double ink = 0;   // 0..1; share of the spot that is tattooed
  double hair = 0;  // -1..; more hair than the person has in the mean, of that
};

SkinSpot look_at(const SkinMap& map, double x, double y);  // mm

/// What veins, ink and more or less hair add to the exponent of a channel whose light dips in at
/// `place` (m, x distal, y round the arm): where the watch was put on, and after slipping (mm, N x
/// 2) less the former; empty if nothing changes.
double skin_exponent(const SkinMap& map, const ChannelOptics& optics,
                     const Eigen::Array<double, 1, 2>& place);
Series slipped_exponent(const SkinMap& map, const ChannelOptics& optics,
                        const Eigen::Array<double, 1, 2>& place, const Series2& slip);

/// What a vein under a channel adds to its sensitivity to deep venous volume, per unit.
double vein_volume(const SkinMap& map, const ChannelOptics& optics,
                   const Eigen::Array<double, 1, 2>& place);

}  // namespace wrist
