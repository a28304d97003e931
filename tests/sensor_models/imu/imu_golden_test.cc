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
  EXPECT_EQ(hash(record.accel), 0x3E5380F59C7A7C41ull);
  EXPECT_EQ(hash(record.gyro), 0xA6F236B193242F53ull);
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
  EXPECT_EQ(hash(record.accel), 0x7EC5D239829B7A1Dull);
  EXPECT_EQ(hash(record.gyro), 0x651A2C00310842C2ull);
  EXPECT_EQ(hash(record.flags), 0x5E5560B38E98742Eull);
}

}  // namespace
}  // namespace wrist
