// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/skin_map.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kMillimetre = 1e-3;                // m
constexpr double kVeinSpacing = 12;                 // mm; of those that can be seen [assumption]
constexpr double kVeinSlope = 0.5;                  // largest; they run along the arm [assumption]
constexpr double kThinnest = 0.5, kThickest = 1.5;  // mm; half of 1 to 3 mm
constexpr double kEdgeWidth = 0.3;                  // mm; of a tattoo
// Tattoos begin under the watch or within a slip of it; others do not matter here [assumption].
constexpr double kNearestEdge = -4, kFarthestEdge = 8;  // mm

// Some 18 hairs a cm2 on the forearm (Otberg et al. 2004, from memory): a few in a light's spot,
// so that their number varies by half of itself from spot to spot [assumption].
constexpr double kHairContrast = 0.5, kHairPatch = 2;  // 1, mm
constexpr Index kHairWaves = 6;

// A vein is seen by its breadth, which grows as the root of its volume [derived].
constexpr double kBreadthOfVolume = 0.5;

double between(double low, double high, const Rng& rng) {
  return low + (high - low) * rng.uniform();
}

double bell(double x) { return portable::exp(-std::min(0.5 * x * x, 50.)); }

}  // namespace

SkinMap draw_skin_map(const Physiology& person, const Rng& rng) {
  SkinMap map;
  for (std::size_t k = 0; k < kVeins; ++k) {
    const Rng one = rng / "vein" / k;
    const double middle = (static_cast<double>(k) - 0.5 * (kVeins - 1)) * kVeinSpacing;
    map.veins[k] = {middle + between(-0.5, 0.5, one / "offset") * kVeinSpacing,
                    between(-kVeinSlope, kVeinSlope, one / "slope"),
                    between(kThinnest, kThickest, one / "width")};
  }
  map.hair = draw_skin_waves(kHairWaves, kHairPatch, rng / "hair");
  if (person.ink > 1) {
    const portable::SinCos turn = portable::sincos(2 * kPi * (rng / "edge_turn").uniform());
    map.edge_normal = {turn.cos, turn.sin};
    map.edge = between(kNearestEdge, kFarthestEdge, rng / "edge");
  }
  return map;
}

SkinSpot look_at(const SkinMap& map, double x, double y) {
  SkinSpot spot;
  for (const SkinMap::Strip& vein : map.veins)
    spot.vein += bell((y - vein.offset - vein.slope * x) / vein.half_width);
  spot.vein = std::min(spot.vein, 1.);
  const double inside = map.edge_normal[0] * x + map.edge_normal[1] * y - map.edge;
  spot.ink = 1 / (1 + portable::exp(std::clamp(-4 * inside / kEdgeWidth, -50., 50.)));
  spot.hair = std::max(kHairContrast * field_at(map.hair, x, y), -1.);
  return spot;
}

double skin_exponent(const SkinMap& map, const ChannelOptics& optics,
                     const Eigen::Array<double, 1, 2>& place) {
  const SkinSpot spot = look_at(map, place[0] / kMillimetre, place[1] / kMillimetre);
  return optics.vein * spot.vein + optics.ink * spot.ink + optics.hair * spot.hair;
}

double vein_volume(const SkinMap& map, const ChannelOptics& optics,
                   const Eigen::Array<double, 1, 2>& place) {
  const SkinSpot spot = look_at(map, place[0] / kMillimetre, place[1] / kMillimetre);
  return kBreadthOfVolume * optics.vein * spot.vein;
}

Series slipped_exponent(const SkinMap& map, const ChannelOptics& optics,
                        const Eigen::Array<double, 1, 2>& place, const Series2& slip) {
  if ((slip == 0).all() || (optics.vein == 0 && optics.ink == 0 && optics.hair == 0)) return {};
  const double start = skin_exponent(map, optics, place);
  Series more(slip.rows());
  for (Index i = 0; i < slip.rows(); ++i) {
    // Most of the time the watch stays put.
    const bool stays = i > 0 && slip(i, 0) == slip(i - 1, 0) && slip(i, 1) == slip(i - 1, 1);
    more[i] =
        stays ? more[i - 1] : skin_exponent(map, optics, place + kMillimetre * slip.row(i)) - start;
  }
  return more;
}

}  // namespace wrist
