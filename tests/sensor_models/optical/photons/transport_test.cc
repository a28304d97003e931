// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/transport.h"

#include "sim/base/error.h"
#include "tests/sensor_models/optical/photons/slabs.h"

namespace wrist {
namespace {

using testing::expect_estimate;
using testing::kEndless;
using testing::slab;

TurbidLayer absorber(double absorption, double refractive_index = 1) {
  TurbidLayer layer;
  layer.absorption = absorption;
  layer.refractive_index = refractive_index;
  return layer;
}

TEST(Transport, ObeysBeerAndLambertWhereNothingScatters) {
  LayeredMedium medium;
  stack(medium, 1e-3, absorber(300));
  stack(medium, 2e-3, absorber(1100));
  UniformStream uniforms(Rng(1) / "beer");
  Photon photon;
  photon.ux = 0.6;
  photon.uz = 0.8;  // slanted: paths are 1 / 0.8 times the layers
  Deposit left{};
  ASSERT_EQ(walk(medium, {}, photon, uniforms, &left), Exit::below);
  EXPECT_NEAR(photon.path[0], 1.25e-3, 1e-15);
  EXPECT_NEAR(photon.path[1], 2.5e-3, 1e-15);
  EXPECT_NEAR(photon.x, 0.6 / 0.8 * 3e-3, 1e-15);
  EXPECT_NEAR(weight(photon), std::exp(-0.375 - 2.75), 1e-15);
  EXPECT_NEAR(left[0], 1 - std::exp(-0.375), 1e-15);
  EXPECT_NEAR(left[0] + left[1] + weight(photon), 1, 1e-15);
}

TEST(Transport, RefractsBetweenLayers) {
  // Into glass and out again: parallel to itself, by Snell in between. Nine photons of ten pass
  // both faces without reflection; this seed's first is one of them.
  LayeredMedium medium;
  stack(medium, 1e-3, absorber(0, 1));
  stack(medium, 1e-3, absorber(0, 1.5));
  stack(medium, 1e-3, absorber(0, 1));
  UniformStream uniforms(Rng(1) / "snell");
  Photon photon;
  photon.ux = 0.6;
  photon.uz = 0.8;
  ASSERT_EQ(walk(medium, {}, photon, uniforms), Exit::below);
  const double inside = 0.6 / 1.5, cosine = std::sqrt(1 - inside * inside);
  EXPECT_NEAR(photon.path[1], 1e-3 / cosine, 1e-15);
  EXPECT_NEAR(photon.x, 2 * 0.75e-3 + 1e-3 * inside / cosine, 1e-15);
  EXPECT_NEAR(photon.ux, 0.6, 1e-14);
  EXPECT_NEAR(photon.uz, 0.8, 1e-14);
}

TEST(Transport, GlassReflectsToAndFroBetweenItsFaces) {
  // The sum over all reflections, r = 0.04 at each face: T = (1-r)^2 a / (1 - r^2 a^2), a =
  // exp(-1/2).
  const EnergyBalance b = balance(slab(absorber(500, 1.5), 1e-3), 200'000, Rng(3), 2);
  const double r = 0.04, a = std::exp(-0.5), round = 1 - r * r * a * a;
  EXPECT_NEAR(b.specular, r, 1e-15);
  expect_estimate(b.transmitted, (1 - r) * (1 - r) * a / round, 1e-3);
  expect_estimate(b.reflected, (1 - r) * (1 - r) * a * a * r / round, 1e-3);
  EXPECT_NEAR(b.total.value, 1, 1e-12);
}

TEST(Transport, TheSameForAnyNumberOfThreads) {
  TurbidLayer layer = absorber(1000, 1.4);
  layer.scattering = 9000;
  layer.anisotropy = 0.8;
  const LayeredMedium medium = slab(layer, 1e-3);
  const EnergyBalance one = balance(medium, 20'000, Rng(5), 1);
  for (const int jobs : {2, 8}) {
    const EnergyBalance many = balance(medium, 20'000, Rng(5), jobs);
    EXPECT_EQ(one.reflected.value, many.reflected.value);
    EXPECT_EQ(one.transmitted.error, many.transmitted.error);
    EXPECT_EQ(one.absorbed[0].value, many.absorbed[0].value);
  }
  EXPECT_NE(one.reflected.value, balance(medium, 20'000, Rng(6), 1).reflected.value);
}

TEST(Transport, DirectionsStayUnitAndPhotonsInTheirLayer) {
  TurbidLayer layer;
  layer.scattering = 1e4;
  layer.anisotropy = 0.8;
  LayeredMedium medium;
  stack(medium, 1e-3, layer);
  stack(medium, kEndless, layer);
  UniformStream uniforms(Rng(2) / "unit");
  for (int i = 0; i < 200; ++i) {
    Photon p;
    const Exit exit = walk(medium, {}, p, uniforms);
    EXPECT_NEAR(p.ux * p.ux + p.uy * p.uy + p.uz * p.uz, 1, 1e-9);
    EXPECT_NEAR(p.path[0] + p.path[1], p.length, 1e-9);
    EXPECT_GE(p.z, medium.layers[p.layer].top);
    EXPECT_LE(p.z, medium.layers[p.layer].bottom);
    EXPECT_EQ(exit == Exit::above, p.z == 0);
    EXPECT_NE(exit, Exit::below);
  }
}

TEST(Transport, RefusesAMediumThatIsNone) {
  EXPECT_THROW(balance(LayeredMedium{}, 10, Rng(1), 1), Error);
}

}  // namespace
}  // namespace wrist
