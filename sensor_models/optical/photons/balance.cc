// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/balance.h"

#include <limits>

#include "sensor_models/optical/photons/blocks.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr WalkLimits kWholeMedium = {kInfinity, kInfinity, kInfinity, 7.6, 0.1};

struct Tally {
  Score reflected, transmitted, total;
  std::array<Score, kMaxTurbidLayers> absorbed;
  std::array<WeightedLength, kMaxTurbidLayers> path;

  Tally& operator+=(const Tally& other) {
    reflected += other.reflected;
    transmitted += other.transmitted;
    total += other.total;
    for (std::size_t i = 0; i < kMaxTurbidLayers; ++i) {
      absorbed[i] += other.absorbed[i];
      path[i] += other.path[i];
    }
    return *this;
  }
};

void count(const Photon& photon, Exit exit, const Deposit& deposit, Tally& tally) {
  const double left = weight(photon);
  double total = exit == Exit::lost ? 0 : left;
  for (std::size_t i = 0; i < deposit.size(); ++i) {
    tally.absorbed[i].add(deposit[i]);
    total += deposit[i];
  }
  tally.total.add(total);
  if (exit == Exit::below) tally.transmitted.add(left);
  if (exit != Exit::above) return;
  tally.reflected.add(left);
  for (std::size_t i = 0; i < kMaxTurbidLayers; ++i) tally.path[i].add(left, photon.path[i]);
}

}  // namespace

EnergyBalance balance(const LayeredMedium& medium, std::int64_t photons, const Rng& rng, int jobs) {
  check(medium);
  EnergyBalance result;
  result.specular =
      fresnel_reflectance(medium.index_above, medium.layers.front().refractive_index, 1);
  const double entered = portable::log(1 - result.specular);
  const auto one = [&](Tally& tally, UniformStream& uniforms) {
    Photon photon;
    photon.log_gain = entered;
    Deposit deposit{};
    const Exit exit = walk(medium, kWholeMedium, photon, uniforms, &deposit);
    count(photon, exit, deposit, tally);
  };
  const Tally tally = sum_over_photons<Tally>(photons, rng, jobs, one);
  result.reflected = tally.reflected.mean(photons);
  result.transmitted = tally.transmitted.mean(photons);
  for (std::size_t i = 0; i < kMaxTurbidLayers; ++i) {
    result.absorbed[i] = tally.absorbed[i].mean(photons);
    result.reflected_path[i] = tally.path[i].mean();
  }
  result.total = tally.total.mean(photons);
  result.total.value += result.specular;
  return result;
}

}  // namespace wrist
