// SPDX-License-Identifier: Apache-2.0
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

using namespace wrist::testing;

std::uint64_t hash(const CountsC& counts) {
  std::uint64_t h = 0xCBF29CE484222325ull;
  for (Index i = 0; i < counts.rows(); ++i)
    for (Index c = 0; c < counts.cols(); ++c)
      for (int byte = 0; byte < 4; ++byte) {
        h ^= (static_cast<std::uint32_t>(counts(i, c)) >> (8 * byte)) & 0xFF;
        h *= 0x100000001B3ull;
      }
  return h;
}

// Motion from whole-number arithmetic: no library function of the machine's is in its input.
TEST(PpgGolden, CountsOfAMovingWrist) {
  PpgTruth truth = rest_truth(30);
  for (Index i = 0; i < truth.time.count; ++i) {
    const double ramp = static_cast<double>(i % 277) / 277 - 0.5;
    truth.accel_along[i] = 8 * ramp;
    truth.accel_normal[i] = 16 * ramp * ramp - 2;
    truth.height[i] = 0.2 * static_cast<double>(i) / static_cast<double>(truth.time.count);
    truth.bulge[i] = i % 2500 < 60 ? 0.3e-3 : 0;
    truth.gap[i] = i > 9000 && i < 9500 ? 0.5e-3 : 0;
    truth.slip(i, 1) = i > 12000 ? 0.8e-3 : 0;
  }
  const PpgRecord record = record_session(two_channel_unit(), truth, Physiology{}).record;
  ASSERT_EQ(record.counts.rows(), 3000);
  EXPECT_EQ(hash(record.counts), 237446719170642946u);
}

}  // namespace
}  // namespace wrist
