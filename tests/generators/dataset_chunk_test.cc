// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_chunk.h"

#include <gtest/gtest.h>

namespace wrist {
namespace {

Bytes bytes(std::initializer_list<int> values) {
  Bytes out;
  for (const int v : values) out.push_back(static_cast<std::byte>(v));
  return out;
}

TEST(DatasetChunk, ShuffleGathersBytesOfEqualWeight) {
  EXPECT_EQ(shuffle(bytes({1, 2, 3, 4, 5, 6}), 2), bytes({1, 3, 5, 2, 4, 6}));
  EXPECT_EQ(shuffle(bytes({1, 2, 3, 4, 5, 6, 7, 8}), 4), bytes({1, 5, 2, 6, 3, 7, 4, 8}));
  EXPECT_EQ(shuffle(bytes({1, 2, 3}), 1), bytes({1, 2, 3}));
  EXPECT_EQ(shuffle({}, 8), Bytes{});
}

// Words 17bb and 62d9: first sum 7a94, second 17bb + 7a94 = 924f. An odd byte 62 is the word 6200.
TEST(DatasetChunk, FletcherSumsByHand) {
  EXPECT_EQ(fletcher32(bytes({23})), 0x17001700u);
  EXPECT_EQ(fletcher32(bytes({23, 187})), 0x17bb17bbu);
  EXPECT_EQ(fletcher32(bytes({23, 187, 98})), 0x917679bbu);
  EXPECT_EQ(fletcher32(bytes({23, 187, 98, 217})), 0x924f7a94u);
}

// n words of ffff are zero modulo ffff; folded sums keep it as ffff, past the 360-word blocks too.
TEST(DatasetChunk, FletcherDoesNotOverflow) {
  for (const std::size_t words : {1u, 359u, 360u, 361u, 100000u})
    EXPECT_EQ(fletcher32(Bytes(2 * words, std::byte{0xff})), 0xffffffffu) << words;
}

TEST(DatasetChunk, EncodedChunkEndsWithItsChecksum) {
  ChunkEncoder encoder;
  const Bytes out = encoder.encode(Bytes(6144, std::byte{1}), 2);
  ASSERT_GT(out.size(), 4u);
  EXPECT_LT(out.size(), 200u);
  const std::size_t n = out.size() - 4;
  const std::uint32_t sum = fletcher32(std::span(out).first(n));
  for (std::size_t k = 0; k < 4; ++k)
    EXPECT_EQ(std::to_integer<std::uint32_t>(out[n + k]), (sum >> (8 * k)) & 0xff);
}

}  // namespace
}  // namespace wrist
