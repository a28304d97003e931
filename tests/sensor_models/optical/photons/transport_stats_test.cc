// SPDX-License-Identifier: Apache-2.0
// Diffuse light against theory and published tables, at four standard errors.
#include "sensor_models/optical/photons/balance.h"
#include "tests/sensor_models/optical/photons/slabs.h"

namespace wrist {
namespace {

using testing::expect_estimate;
using testing::kEndless;
using testing::slab;

constexpr std::int64_t kPhotons = 500'000;

TurbidLayer turbid(double absorption, double scattering, double anisotropy, double index = 1) {
  TurbidLayer layer;
  layer.absorption = absorption;
  layer.scattering = scattering;
  layer.anisotropy = anisotropy;
  layer.refractive_index = index;
  return layer;
}

// van de Hulst 1980, "Multiple Light Scattering", as Wang, Jacques, Zheng 1995 (MCML), table 1,
// quote it: absorption 10 /cm, scattering 90 /cm, g 0.75, thickness 0.02 cm, matched.
TEST(DiffuseLight, OfVanDeHulstsSlab) {
  const EnergyBalance b = balance(slab(turbid(1000, 9000, 0.75), 2e-4), kPhotons, Rng(11), 2);
  expect_estimate(b.reflected, 0.09739, 5e-4);
  expect_estimate(b.transmitted, 0.66096, 6e-4);
}

// Giovanelli 1955, as the same paper quotes it in table 2: 0.2600 of all light, isotropic, albedo
// 0.9, refractive index 1.5, without end; its 4 % off the surface are among them.
TEST(DiffuseLight, OfGiovanellisHalfSpace) {
  const EnergyBalance b = balance(slab(turbid(1000, 9000, 0, 1.5), kEndless), kPhotons, Rng(12), 2);
  EXPECT_NEAR(b.specular, 0.04, 1e-12);
  expect_estimate({b.specular + b.reflected.value, b.reflected.error}, 0.2600, 6e-4);
}

// Chandrasekhar 1950: an isotropically scattering half space, lit straight on, reflects
// 1 - sqrt(1 - a) H(1); H by iteration of its integral equation, Simpson's rule over [0, 1].
double half_space_reflectance(double albedo) {
  constexpr int kNodes = 401;
  const auto node = [](int i) { return static_cast<double>(i) / (kNodes - 1); };
  std::vector<double> h(kNodes, 1.);
  for (int pass = 0; pass < 200; ++pass) {
    std::vector<double> next(kNodes);
    for (int i = 0; i < kNodes; ++i) {
      double sum = 0;
      for (int j = 1; j < kNodes; ++j) {
        const double simpson = j == kNodes - 1 ? 1 : j % 2 == 1 ? 4 : 2;
        sum += simpson * node(j) * h[static_cast<std::size_t>(j)] / (node(i) + node(j));
      }
      next[static_cast<std::size_t>(i)] =
          1 / (std::sqrt(1 - albedo) + albedo / 2 * sum / (3. * (kNodes - 1)));
    }
    h = next;
  }
  return 1 - std::sqrt(1 - albedo) * h.back();
}

TEST(DiffuseLight, OfChandrasekharsHalfSpaceAndHowFarItWent) {
  EXPECT_NEAR(half_space_reflectance(0.9), 0.4149, 5e-4);  // van de Hulst's tables
  const double scattering = 9000, absorption = 1000;
  const EnergyBalance b =
      balance(slab(turbid(absorption, scattering, 0), kEndless), kPhotons, Rng(13), 2);
  expect_estimate(b.reflected, half_space_reflectance(0.9), 8e-4);
  // The mean path of what is reflected is -d ln R / d absorption.
  const double step = 1;  // 1/m
  const auto log_reflectance = [&](double mu) {
    return std::log(half_space_reflectance(scattering / (scattering + mu)));
  };
  const double path =
      -(log_reflectance(absorption + step) - log_reflectance(absorption - step)) / (2 * step);
  expect_estimate(b.reflected_path[0], path, 2e-6);
}

// Two layers, absorption of layer `darker` raised by `more`.
EnergyBalance two_layers(std::size_t darker, double more, std::uint64_t seed) {
  LayeredMedium medium;
  stack(medium, 1.5e-4, turbid(500 + (darker == 0 ? more : 0), 9000, 0.5, 1.4));
  stack(medium, kEndless, turbid(600 + (darker == 1 ? more : 0), 5000, 0.8, 1.5));
  return balance(medium, kPhotons, Rng(seed), 2);
}

// -ln R falls over a rise of absorption by the integral of the mean partial path in that layer
// alone: Simpson's rule over three runs of their own, whose remainder is a quarter of a per cent at
// most.
TEST(DiffuseLight, FallsByThePathInTheLayerThatDarkens) {
  const double step = 250;  // 1/m
  for (std::size_t layer = 0; layer < 2; ++layer) {
    const EnergyBalance less = two_layers(layer, -step, 14 + 3 * layer);
    const EnergyBalance middle = two_layers(layer, 0, 15 + 3 * layer);
    const EnergyBalance more = two_layers(layer, step, 16 + 3 * layer);
    const Estimate l = less.reflected_path[layer], m = middle.reflected_path[layer],
                   g = more.reflected_path[layer];
    const double path = (l.value + 4 * m.value + g.value) / 6;
    const double path_error = std::hypot(std::hypot(l.error, 4 * m.error), g.error) / 6;
    const double slope = std::log(less.reflected.value / more.reflected.value) / (2 * step);
    const double slope_error = std::hypot(less.reflected.error / less.reflected.value,
                                          more.reflected.error / more.reflected.value) /
                               (2 * step);
    const double error = std::hypot(path_error, slope_error);
    EXPECT_LT(error, 0.03 * path) << layer;
    EXPECT_NEAR(slope, path, 4 * error + 0.0025 * path) << layer;
  }
}

TEST(DiffuseLight, IsNeitherMadeNorLost) {
  LayeredMedium medium;
  stack(medium, 2e-4, turbid(2000, 8000, 0.9, 1.5));
  stack(medium, 3e-4, turbid(300, 20000, 0.7, 1.34));
  stack(medium, 3e-4, turbid(900, 3000, -0.2, 1.4));
  medium.index_below = 1.33;
  const EnergyBalance b = balance(medium, 200'000, Rng(17), 2);
  double sum = b.specular + b.reflected.value + b.transmitted.value;
  for (const Estimate& layer : b.absorbed) sum += layer.value;
  EXPECT_NEAR(sum, b.total.value, 1e-12);
  expect_estimate(b.total, 1, 1e-4);  // roulette alone makes it an estimate
  EXPECT_GT(b.total.error, 0);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_GT(b.absorbed[i].value, 0.01) << i;
  EXPECT_GT(b.transmitted.value, 0.01);
}

}  // namespace
}  // namespace wrist
