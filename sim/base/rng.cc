// SPDX-License-Identifier: Apache-2.0
#include "sim/base/rng.h"

#include <algorithm>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/portable_math.h"
#include "sim/base/simd_wide.h"

namespace wrist {
namespace {

constexpr std::uint32_t kMultiplier0 = 0xD2511F53, kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9, kWeyl1 = 0xBB67AE85;
constexpr Index kLanes = 64;  // Philox blocks made at a time

using Words = std::array<std::uint32_t, 4>;
using Key = std::array<std::uint32_t, 2>;

// 2^-32 (u + 1/2): never 0, never 1.
inline double unit_interval(std::uint32_t u) { return (static_cast<double>(u) + 0.5) * 0x1p-32; }

Key split(std::uint64_t key) {
  return {static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)};
}

// kLanes consecutive counters from `first`; words[w][lane].
WRIST_SIMD_WIDE void philox_lanes(std::uint64_t first, std::uint32_t key0, std::uint32_t key1,
                                  std::uint32_t* words) {
  std::uint32_t* c0 = words;
  std::uint32_t* c1 = words + kLanes;
  std::uint32_t* c2 = words + 2 * kLanes;
  std::uint32_t* c3 = words + 3 * kLanes;
  for (Index i = 0; i < kLanes; ++i) {
    const std::uint64_t counter = first + static_cast<std::uint64_t>(i);
    c0[i] = static_cast<std::uint32_t>(counter);
    c1[i] = static_cast<std::uint32_t>(counter >> 32);
    c2[i] = 0;
    c3[i] = 0;
  }
  for (int round = 0; round < 10; ++round) {
    for (Index i = 0; i < kLanes; ++i) {
      const std::uint64_t product0 = static_cast<std::uint64_t>(kMultiplier0) * c0[i];
      const std::uint64_t product1 = static_cast<std::uint64_t>(kMultiplier1) * c2[i];
      const std::uint32_t n0 = static_cast<std::uint32_t>(product1 >> 32) ^ c1[i] ^ key0;
      const std::uint32_t n2 = static_cast<std::uint32_t>(product0 >> 32) ^ c3[i] ^ key1;
      c1[i] = static_cast<std::uint32_t>(product1);
      c3[i] = static_cast<std::uint32_t>(product0);
      c0[i] = n0;
      c2[i] = n2;
    }
    key0 += kWeyl0;
    key1 += kWeyl1;
  }
}

// Box-Muller over one pair of words per lane.
WRIST_SIMD_WIDE void box_muller(const std::uint32_t* radius, const std::uint32_t* angle,
                                double* cosine, double* sine) {
  for (Index i = 0; i < kLanes; ++i) {
    // Through a signed integer: the conversion every instruction set has.
    const double u =
        (static_cast<double>(static_cast<std::int32_t>(radius[i] ^ 0x80000000u)) + 2147483648.5) *
        0x1p-32;
    const double v = static_cast<double>(static_cast<std::int32_t>(angle[i])) * 0x1p-32;
    const double r = std::sqrt(-2 * portable::log(u));
    const portable::SinCos sc = portable::sincos(2 * kPi * v);
    cosine[i] = r * sc.cos;
    sine[i] = r * sc.sin;
  }
}

std::uint64_t mix(std::uint64_t key, std::uint64_t value) {
  const Words w = philox4x32({static_cast<std::uint32_t>(value),
                              static_cast<std::uint32_t>(value >> 32), 0x77726973, 0x7473696D},
                             split(key));
  return (static_cast<std::uint64_t>(w[1]) << 32) | w[0];
}

// FNV-1a, 64 bit.
std::uint64_t hash_name(std::string_view name) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * 0x100000001B3ull;
  return h;
}

}  // namespace

Words philox4x32(Words c, Key key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t product0 = static_cast<std::uint64_t>(kMultiplier0) * c[0];
    const std::uint64_t product1 = static_cast<std::uint64_t>(kMultiplier1) * c[2];
    c = {static_cast<std::uint32_t>(product1 >> 32) ^ c[1] ^ key[0],
         static_cast<std::uint32_t>(product1),
         static_cast<std::uint32_t>(product0 >> 32) ^ c[3] ^ key[1],
         static_cast<std::uint32_t>(product0)};
    key[0] += kWeyl0;
    key[1] += kWeyl1;
  }
  return c;
}

Rng::Rng(std::uint64_t seed) : key_(mix(0, seed)) {}

Rng Rng::operator/(std::string_view name) const {
  Rng child = *this;
  child.key_ = mix(key_, hash_name(name));
  return child;
}

Rng Rng::operator/(std::uint64_t number) const {
  Rng child = *this;
  child.key_ = mix(~key_, number);
  return child;
}

double Rng::uniform() const { return unit_interval(philox4x32({0, 0, 0, 0}, split(key_))[0]); }

double Rng::normal() const { return normals(1)[0]; }

std::uint64_t Rng::below(std::uint64_t n) const {
  const Words w = philox4x32({0, 0, 0, 0}, split(key_));
  // High half of a 64 x 64 bit product, from 32-bit pieces (Lemire 2019; bias below n / 2^64).
  const std::uint64_t high = static_cast<std::uint64_t>(w[1]) * n;
  const std::uint64_t low = (static_cast<std::uint64_t>(w[0]) * n) >> 32;
  return (high + low) >> 32;
}

Series Rng::uniforms(Index count) const {
  Series u(count);
  const Key key = split(key_);
  std::uint32_t words[4 * kLanes];
  for (Index start = 0; start < count; start += 4 * kLanes) {
    philox_lanes(static_cast<std::uint64_t>(start) / 4, key[0], key[1], words);
    const Index filled = std::min<Index>(4 * kLanes, count - start);
    for (Index i = 0; i < filled; ++i)
      u[start + i] = unit_interval(words[(i % 4) * kLanes + i / 4]);
  }
  return u;
}

Series Rng::normals(Index count) const {
  Series z(count);
  const Key key = split(key_);
  std::uint32_t words[4 * kLanes];
  double pieces[4 * kLanes];
  for (Index start = 0; start < count; start += 4 * kLanes) {
    philox_lanes(static_cast<std::uint64_t>(start) / 4, key[0], key[1], words);
    box_muller(words, words + kLanes, pieces, pieces + kLanes);
    box_muller(words + 2 * kLanes, words + 3 * kLanes, pieces + 2 * kLanes, pieces + 3 * kLanes);
    const Index filled = std::min<Index>(4 * kLanes, count - start);
    if (filled == 4 * kLanes) {
      Eigen::Map<Eigen::Array<double, 4, kLanes>>(z.data() + start) =
          Eigen::Map<const Eigen::Array<double, 4, kLanes, Eigen::RowMajor>>(pieces);
    } else {
      for (Index i = 0; i < filled; ++i) z[start + i] = pieces[(i % 4) * kLanes + i / 4];
    }
  }
  return z;
}

Series3 Rng::normals3(Index count) const {
  Series3 z(count, 3);
  for (Index axis = 0; axis < 3; ++axis)
    z.col(axis) = (*this / static_cast<std::uint64_t>(axis)).normals(count);
  return z;
}

}  // namespace wrist
