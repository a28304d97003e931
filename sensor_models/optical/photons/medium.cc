// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/medium.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "sim/base/error.h"

namespace wrist {
namespace {

void require_field(bool fine, const std::string& field, const std::string& expected, double found) {
  require(fine, ErrorKind::usage,
          field + ": expected " + expected + ", found " + std::to_string(found));
}

void check_layer(const TurbidLayer& layer, const std::string& name) {
  const auto length = [](double x) { return std::isfinite(x) && x >= 0; };
  require_field(length(layer.absorption), name + "absorption", "0 or more per m", layer.absorption);
  require_field(length(layer.scattering), name + "scattering", "0 or more per m", layer.scattering);
  require_field(std::abs(layer.anisotropy) < 1, name + "anisotropy", "-1 to 1, both excluded",
                layer.anisotropy);
  require_field(std::isfinite(layer.refractive_index) && layer.refractive_index >= 1,
                name + "refractive_index", "1 or more", layer.refractive_index);
  require_field(std::isfinite(layer.top), name + "top", "a layer above that ends", layer.top);
  require_field(layer.bottom > layer.top, name + "thickness", "more than 0 m",
                layer.bottom - layer.top);
}

}  // namespace

void stack(LayeredMedium& medium, double thickness, TurbidLayer layer) {
  layer.top = medium.layers.empty() ? 0 : medium.layers.back().bottom;
  layer.bottom = layer.top + thickness;
  medium.layers.push_back(layer);
}

void check(const LayeredMedium& medium) {
  const std::size_t count = medium.layers.size();
  require(count >= 1 && count <= kMaxTurbidLayers, ErrorKind::usage,
          "layers: expected 1 to " + std::to_string(kMaxTurbidLayers) + ", found " +
              std::to_string(count));
  for (std::size_t i = 0; i < count; ++i)
    check_layer(medium.layers[i], "layer " + std::to_string(i) + ": ");
  require_field(medium.index_above >= 1, "index_above", "1 or more", medium.index_above);
  require_field(medium.index_below >= 1, "index_below", "1 or more", medium.index_below);
}

double refracted_cosine(double index_from, double index_to, double cosine) {
  const double ratio = index_from / index_to;
  return std::sqrt(std::max(0., 1 - ratio * ratio * (1 - cosine * cosine)));
}

double fresnel_reflectance(double index_from, double index_to, double cosine) {
  if (index_from == index_to) return 0;
  const double refracted = refracted_cosine(index_from, index_to, cosine);
  if (refracted <= 0) return 1;
  const double s =
      (index_from * cosine - index_to * refracted) / (index_from * cosine + index_to * refracted);
  const double p =
      (index_from * refracted - index_to * cosine) / (index_from * refracted + index_to * cosine);
  return (s * s + p * p) / 2;
}

}  // namespace wrist
