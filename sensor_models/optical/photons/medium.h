// SPDX-License-Identifier: Apache-2.0
/// What photons run through: flat turbid layers without sides, one below the other.
///
/// Frame: x y along the surface, z into the medium; z = 0 at the surface. Light comes from above.
#pragma once

#include <cstddef>
#include <vector>

namespace wrist {

inline constexpr std::size_t kMaxTurbidLayers = 8;

struct TurbidLayer {
  double absorption = 0;        // 1/m
  double scattering = 0;        // 1/m
  double anisotropy = 0;        // 1; mean cosine of a scattering, in (-1, 1)
  double refractive_index = 1;  // 1
  double top = 0, bottom = 0;   // m; depth of its faces, bottom may be infinite
};

/// An outside as dense as the layer beside it is a matched surface: nothing is reflected there.
struct LayeredMedium {
  std::vector<TurbidLayer> layers;
  double index_above = 1, index_below = 1;  // 1; refractive indices outside
};

/// Appends a layer of this thickness (m) below those there are; its faces follow.
void stack(LayeredMedium& medium, double thickness, TurbidLayer layer);

/// Throws Error(usage) that names the layer, what was expected and what was found.
void check(const LayeredMedium& medium);

/// Unpolarised reflectance of a face, from the side of `index_from` to that of `index_to`; `cosine`
/// of the incidence in [0, 1]. 1 beyond the critical angle. Source: Fresnel's equations.
double fresnel_reflectance(double index_from, double index_to, double cosine);

/// Cosine of the refracted ray by Snell's law; 0 beyond the critical angle.
double refracted_cosine(double index_from, double index_to, double cosine);

}  // namespace wrist
