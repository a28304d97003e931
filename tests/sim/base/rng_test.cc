// SPDX-License-Identifier: Apache-2.0
#include "sim/base/rng.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/portable_math.h"

namespace wrist {
namespace {

// Known answers published with the Random123 library (Salmon et al. 2011).
TEST(Rng, PhiloxKnownAnswers) {
  using Words = std::array<std::uint32_t, 4>;
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}),
            (Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
  EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
            (Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
  EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
            (Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(Rng, ALongerDrawBeginsWithTheShorterOne) {
  const Rng rng = Rng(7) / "imu" / "white";
  const Series longer = rng.normals(1000);
  for (const Index n : {1, 3, 255, 256, 257, 999})
    EXPECT_TRUE((rng.normals(n) == longer.head(n)).all()) << n;
  EXPECT_EQ(rng.normal(), longer[0]);
  EXPECT_TRUE((rng.uniforms(300) == rng.uniforms(700).head(300)).all());
  EXPECT_EQ(rng.uniform(), rng.uniforms(1)[0]);
}

TEST(Rng, NamesAndSeedsSeparateStreams) {
  const Rng rng(7);
  EXPECT_NE((rng / "a").key(), (rng / "b").key());
  EXPECT_NE((rng / "a" / "b").key(), (rng / "b" / "a").key());
  EXPECT_NE((rng / std::uint64_t{1}).key(), (rng / std::uint64_t{2}).key());
  EXPECT_NE(Rng(1).key(), Rng(2).key());
  EXPECT_EQ((Rng(7) / "a").key(), (rng / "a").key());
  const Index n = 40000;
  const Series a = (rng / "a").normals(n), b = (rng / "b").normals(n);
  EXPECT_LT(std::abs((a * b).mean()), 4 / std::sqrt(static_cast<double>(n)));
}

TEST(Rng, NormalsHaveTheMomentsAndTailsOfANormal) {
  const Index n = 400000;
  const Series z = (Rng(11) / "moments").normals(n);
  const double count = static_cast<double>(n), se = 1 / std::sqrt(count);
  EXPECT_LT(std::abs(z.mean()), 4 * se);
  EXPECT_LT(std::abs(z.square().mean() - 1), 4 * std::sqrt(2.) * se);
  EXPECT_LT(std::abs(z.cube().mean()), 4 * std::sqrt(15.) * se);
  EXPECT_LT(std::abs(z.pow(4).mean() - 3), 4 * std::sqrt(96.) * se);
  const double beyond3 = static_cast<double>((z.abs() > 3).count()) / count, expected = 0.0026998;
  EXPECT_LT(std::abs(beyond3 - expected), 4 * std::sqrt(expected / count));
  EXPECT_LT(std::abs((z.head(n - 1) * z.tail(n - 1)).mean()), 4 * se);
}

TEST(Rng, UniformsFillTheUnitInterval) {
  const Series u = (Rng(5) / "u").uniforms(100000);
  EXPECT_GT(u.minCoeff(), 0);
  EXPECT_LT(u.maxCoeff(), 1);
  EXPECT_NEAR(u.mean(), 0.5, 4 * std::sqrt(1. / 12 / 100000));
  std::array<int, 6> seen{};
  for (std::uint64_t i = 0; i < 6000; ++i) ++seen[(Rng(5) / i).below(6)];
  for (const int count : seen) EXPECT_NEAR(count, 1000, 4 * std::sqrt(1000 * 5. / 6));
}

TEST(PortableMath, AgreesWithLibmToALastBitOrSo) {
  for (int i = 1; i < 20000; ++i) {
    const double x = 1e-3 * i, r = 1e-3 * (i - 10000);
    EXPECT_NEAR(portable::log(x), std::log(x), 4e-16 * (1 + std::abs(std::log(x)))) << x;
    EXPECT_NEAR(portable::sin(r), std::sin(r), 1e-15) << r;
    EXPECT_NEAR(portable::cos(r), std::cos(r), 1e-15) << r;
    EXPECT_NEAR(portable::exp(r) / std::exp(r), 1, 2e-15) << r;
  }
  EXPECT_NEAR(portable::log(1e-300), std::log(1e-300), 1e-12);
  EXPECT_NEAR(portable::sin(12345.678), std::sin(12345.678), 1e-11);
}

}  // namespace
}  // namespace wrist
