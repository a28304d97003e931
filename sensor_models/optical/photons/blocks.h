// SPDX-License-Identifier: Apache-2.0
/// Photons in blocks of fixed size, each with its own random stream, summed in order: the same bits
/// for any number of threads.
#pragma once

#include <algorithm>
#include <memory>

#include "sensor_models/optical/photons/uniform_stream.h"
#include "sim/base/parallel.h"

namespace wrist {

inline constexpr std::int64_t kPhotonsPerBlock = 8192;

/// Calls one(tally, uniforms) for every photon; Tally adds up with +=.
template <class Tally, class One>
Tally sum_over_photons(std::int64_t photons, const Rng& rng, int jobs, const One& one) {
  const std::int64_t blocks = (photons + kPhotonsPerBlock - 1) / kPhotonsPerBlock;
  const auto make = [&](std::int64_t block) -> std::shared_ptr<void> {
    auto tally = std::make_shared<Tally>();
    UniformStream uniforms(rng / "photons" / static_cast<std::uint64_t>(block));
    const std::int64_t count = std::min(kPhotonsPerBlock, photons - block * kPhotonsPerBlock);
    for (std::int64_t i = 0; i < count; ++i) one(*tally, uniforms);
    return tally;
  };
  Tally sum;
  parallel_in_order(blocks, jobs, make, [&](std::int64_t, const std::shared_ptr<void>& tally) {
    sum += *static_cast<const Tally*>(tally.get());
  });
  return sum;
}

}  // namespace wrist
