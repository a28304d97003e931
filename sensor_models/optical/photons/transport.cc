// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/transport.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Distance along the ray to the face ahead.
double to_face(const TurbidLayer& layer, const Photon& p) {
  if (p.uz > 0) return std::max(0., (layer.bottom - p.z) / p.uz);
  if (p.uz < 0) return std::max(0., (layer.top - p.z) / p.uz);
  return kInfinity;
}

void move(const TurbidLayer& layer, double leg, Photon& p, Deposit* deposit) {
  const double before = deposit ? weight(p) : 0;
  p.x += leg * p.ux;
  p.y += leg * p.uy;
  p.z += leg * p.uz;
  p.path[p.layer] += leg;
  p.length += leg;
  p.optical_depth += leg * layer.absorption;
  if (deposit) (*deposit)[p.layer] += before - weight(p);
}

// True if the photon leaves the medium at the face it has come to.
bool cross(const LayeredMedium& medium, Photon& p, UniformStream& uniforms) {
  const bool down = p.uz > 0;
  const bool outside = down ? p.layer + 1 == medium.layers.size() : p.layer == 0;
  const TurbidLayer& here = medium.layers[p.layer];
  p.z = down ? here.bottom : here.top;
  const double beyond = outside ? (down ? medium.index_below : medium.index_above)
                                : medium.layers[down ? p.layer + 1 : p.layer - 1].refractive_index;
  if (beyond != here.refractive_index) {
    const double cosine = std::abs(p.uz);
    if (uniforms.next() < fresnel_reflectance(here.refractive_index, beyond, cosine)) {
      p.uz = -p.uz;
      return false;
    }
    if (outside) return true;
    const double ratio = here.refractive_index / beyond;
    p.ux *= ratio;
    p.uy *= ratio;
    p.uz = std::copysign(refracted_cosine(here.refractive_index, beyond, cosine), p.uz);
  }
  if (outside) return true;
  p.layer = down ? p.layer + 1 : p.layer - 1;
  return false;
}

// Henyey and Greenstein 1941; u uniform.
double scattering_cosine(double g, double u) {
  if (g == 0) return 2 * u - 1;
  const double s = (1 - g * g) / (1 - g + 2 * g * u);
  return std::clamp((1 + g * g - s * s) / (2 * g), -1., 1.);
}

void scatter(double anisotropy, Photon& p, UniformStream& uniforms) {
  constexpr double kAlongAxis = 1 - 1e-10;  // where the turn about z has no horizontal direction
  const double cosine = scattering_cosine(anisotropy, uniforms.next());
  const double sine = std::sqrt(1 - cosine * cosine);
  const portable::SinCos azimuth = portable::sincos(2 * kPi * uniforms.next());
  if (std::abs(p.uz) > kAlongAxis) {
    p.ux = sine * azimuth.cos;
    p.uy = sine * azimuth.sin;
    p.uz = p.uz > 0 ? cosine : -cosine;
    return;
  }
  const double horizontal = std::sqrt(1 - p.uz * p.uz), scale = sine / horizontal;
  const double ux = scale * (p.ux * p.uz * azimuth.cos - p.uy * azimuth.sin) + p.ux * cosine;
  const double uy = scale * (p.uy * p.uz * azimuth.cos + p.ux * azimuth.sin) + p.uy * cosine;
  p.uz = -horizontal * sine * azimuth.cos + p.uz * cosine;
  p.ux = ux;
  p.uy = uy;
  // A thousand turns add up their rounding.
  const double normalise = 1.5 - 0.5 * (p.ux * p.ux + p.uy * p.uy + p.uz * p.uz);
  p.ux *= normalise;
  p.uy *= normalise;
  p.uz *= normalise;
}

bool survives(const WalkLimits& limits, Photon& p, UniformStream& uniforms) {
  if (p.z > limits.depth || p.length > limits.path ||
      p.x * p.x + p.y * p.y > limits.radius * limits.radius)
    return false;
  if (p.optical_depth - p.log_gain < limits.roulette_depth) return true;
  if (uniforms.next() >= limits.roulette_survival) return false;
  p.log_gain -= portable::log(limits.roulette_survival);
  return true;
}

}  // namespace

double weight(const Photon& photon) {
  constexpr double kLeast = -700;  // what exp takes; the weight is nothing there
  return portable::exp(std::max(kLeast, photon.log_gain - photon.optical_depth));
}

Exit walk(const LayeredMedium& medium, const WalkLimits& limits, Photon& photon,
          UniformStream& uniforms, Deposit* deposit) {
  double scattering_depth = -portable::log(uniforms.next());
  while (true) {
    const TurbidLayer& layer = medium.layers[photon.layer];
    const double face = to_face(layer, photon);
    const double free = layer.scattering > 0 ? scattering_depth / layer.scattering : kInfinity;
    const double leg = std::min(free, face);
    if (leg == kInfinity) return Exit::lost;
    move(layer, leg, photon, deposit);
    if (face <= free) {
      scattering_depth = std::max(0., scattering_depth - leg * layer.scattering);
      if (cross(medium, photon, uniforms)) return photon.uz > 0 ? Exit::below : Exit::above;
    } else {
      scatter(layer.anisotropy, photon, uniforms);
      scattering_depth = -portable::log(uniforms.next());
    }
    if (!survives(limits, photon, uniforms)) return Exit::lost;
  }
}

}  // namespace wrist
