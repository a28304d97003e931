// SPDX-License-Identifier: Apache-2.0
/// The counts of one motion and seed, to the bit, from any compiler on any machine.
#include <gtest/gtest.h>

#include "tests/sensor_models/imu/imu_fixture.h"

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

TEST(ImuGolden, CountsOfASwing) {
  const Rng rng(20240229);
  const ImuRecord record = measure(build_imu(watch_spec(), rng / "unit"), swing(20), rng / "run");
  EXPECT_EQ(hash(record.accel), 0x2D2B3E305E91C703ull);
  EXPECT_EQ(hash(record.gyro), 0xF47F53FC867267DCull);
  EXPECT_EQ(hash(record.time_ns), 0x146EF059AE0F8BB2ull);
}

TEST(ImuGolden, CountsOfASaturatedSwingAtAnotherRate) {
  ImuSpec spec = watch_spec();
  spec.rate_hz = 50;
  spec.accel.range = 1.5 * kGravity;
  spec.accel.filter_order = 3;
  spec.gyro.bits = 12;
  spec.gyro.filter_order = 4;
  const Rng rng(20240301);
  const ImuRecord record = measure(build_imu(spec, rng / "unit"), swing(20), rng / "run");
  EXPECT_EQ(hash(record.accel), 0x4C40C314612B5378ull);
  EXPECT_EQ(hash(record.gyro), 0xB03C6A04215577E8ull);
  EXPECT_EQ(hash(record.flags), 0x5E5560B38E98742Eull);
}

}  // namespace
}  // namespace wrist
