// SPDX-License-Identifier: Apache-2.0
/// The counts of one turn and seed, to the bit, from any compiler on any machine.
#include "tests/sensor_models/magnetometer/magnetometer_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// FNV-1a, 64 bit, over the little-endian bytes of the values in row order.
template <typename Values>
std::uint64_t hash(const Values& values) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (Index row = 0; row < values.rows(); ++row)
    for (Index column = 0; column < values.cols(); ++column) {
      auto word = static_cast<std::uint64_t>(values(row, column));
      for (std::size_t byte = 0; byte < sizeof(values(row, column)); ++byte, word >>= 8)
        h = (h ^ (word & 0xFF)) * 0x100000001B3ull;
    }
  return h;
}

TEST(MagnetometerGolden, CountsOfATurn) {
  const Rng rng(20261122);
  const MagnetometerUnit unit = build_magnetometer(watch_magnetometer(), rng / "unit");
  const MagnetometerRecord r =
      record_of(unit, turning(3, 20), field_W({48e-6, 1.1, 0.05, 0.7}), rng / "run");
  EXPECT_EQ(hash(r.counts), 0xD0775808626BA636ull);
  EXPECT_EQ(hash(r.time_ns), 0x0D58C90BB0B945C8ull);
}

}  // namespace
}  // namespace wrist
