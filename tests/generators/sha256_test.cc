// SPDX-License-Identifier: Apache-2.0
#include "generators/sha256.h"

#include <gtest/gtest.h>

namespace wrist {
namespace {

std::string digest(std::string_view text, bool portable) {
  Sha256 hash(portable);
  hash.update(text);
  return hash.hex();
}

class Sha256Test : public ::testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(InstructionsAndPortable, Sha256Test, ::testing::Values(false, true));

// FIPS 180-4 examples and the NIST example values for one and two blocks.
TEST_P(Sha256Test, GivesThePublishedDigests) {
  EXPECT_EQ(digest("", GetParam()),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(digest("abc", GetParam()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", GetParam()),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(digest("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                   "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                   GetParam()),
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
}

TEST_P(Sha256Test, GivesThePublishedDigestOfAMillionLetters) {
  EXPECT_EQ(digest(std::string(1000000, 'a'), GetParam()),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

// 55, 56, 63, 64 and 65 bytes are where the padding needs one block more.
TEST_P(Sha256Test, IsTheSameInPieces) {
  for (std::size_t size = 0; size < 200; ++size) {
    const std::string text(size, 'x');
    for (const std::size_t piece : {1u, 7u, 63u, 64u, 65u}) {
      Sha256 hash(GetParam());
      for (std::size_t at = 0; at < size; at += piece)
        hash.update(std::string_view(text).substr(at, piece));
      ASSERT_EQ(hash.hex(), digest(text, true)) << size << " bytes by " << piece;
    }
  }
}

TEST(Sha256, MayGoOnAfterADigest) {
  Sha256 hash;
  hash.update("a");
  EXPECT_EQ(hash.hex(), sha256("a"));
  hash.update("bc");
  EXPECT_EQ(hash.hex(), sha256("abc"));
}

}  // namespace
}  // namespace wrist
