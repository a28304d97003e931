// SPDX-License-Identifier: Apache-2.0
/// Random streams named by what they are for, never by when they are asked for:
///   const Series white = (Rng(seed) / "imu" / "accel" / "white").normals(count);
///
///   seed -> / name -> key -> Philox4x32-10(key, counter) -> uniform -> normal
///
/// Immutable and without state: the same name always gives the same numbers, and a longer draw
/// begins with the shorter one. Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
/// SC'11 (Philox); Box and Muller 1958 (normal), with portable log, sin and cos.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "sim/base/series.h"

namespace wrist {

/// Philox4x32-10: ten rounds over a counter of four words with a key of two.
std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                        std::array<std::uint32_t, 2> key);

class Rng {
 public:
  explicit Rng(std::uint64_t seed);

  /// The sub-stream of this name, or of this number.
  Rng operator/(std::string_view name) const;
  Rng operator/(std::uint64_t number) const;

  /// A 64-bit seed that stands for this stream.
  std::uint64_t key() const { return key_; }

  /// The first number of the stream: uniform in (0, 1), standard normal, or an integer below `n`.
  double uniform() const;
  double normal() const;
  std::uint64_t below(std::uint64_t n) const;

  /// The first `count` numbers of the stream. Shape: count.
  Series uniforms(Index count) const;
  Series normals(Index count) const;
  /// Standard normals, count x 3, a sub-stream per axis.
  Series3 normals3(Index count) const;

 private:
  std::uint64_t key_ = 0;
};

}  // namespace wrist
