// SPDX-License-Identifier: Apache-2.0
/// Stamps and losses of one seed, to the bit, from any compiler on any machine.
#include "tests/sensor_models/transport/transport_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// FNV-1a, 64 bit, over the little-endian bytes.
template <typename Values>
std::uint64_t hash(const Values& values) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (Index i = 0; i < values.size(); ++i) {
    auto word = static_cast<std::uint64_t>(values[i]);
    for (std::size_t byte = 0; byte < sizeof(values[i]); ++byte, word >>= 8)
      h = (h ^ (word & 0xFF)) * 0x100000001B3ull;
  }
  return h;
}

TEST(TransportGolden, AMinuteOfBursts) {
  const Stamps t = taken_at(50.3, 3000);
  const Delivery d = deliver(watch_unit(20261122), {"imu", 50, t}, {.loss = 3}, Rng(7));
  EXPECT_EQ(hash(d.host_ns), 0x1481BFF62D2CCCBEull);
  EXPECT_EQ(hash(d.flags), 0x4A5DBC748CF22877ull);
}

TEST(TransportGolden, AMinuteOfJitter) {
  TransportUnit unit = watch_unit(20261123);
  unit.spec.links["imu"].stamps = JitteredStamps{{0.0001, 0.001}};
  const Stamps t = taken_at(100.7, 6000);
  EXPECT_EQ(hash(deliver(unit, {"imu", 100, t}, {}, Rng(8)).host_ns), 0xF522662D69FF93BDull);
}

}  // namespace
}  // namespace wrist
