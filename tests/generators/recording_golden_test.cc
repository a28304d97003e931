// SPDX-License-Identifier: Apache-2.0
// The counts of whole recordings, pinned: the same for gcc and clang, with and without AVX2. A
// change here changes every dataset; say so in the CHANGELOG.
#include <gtest/gtest.h>

#include <span>
#include <type_traits>

#include "generators/make_recording.h"
#include "generators/sha256.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

// SHA-256 over the integer counts of four recordings, channel by channel.
std::string counts_sha256(const std::string& fidelity) {
  const Assets& assets = testing::assets();
  const Recipe recipe =
      testing::shipped_recipe("quickstart", {"duration=3 s", "fidelity=" + fidelity});
  const ClipLibrary clips({}, 1);
  Sha256 hash;
  for (const std::uint64_t index : {0u, 3u, 6u, 9u}) {
    const Recording r = make_recording(draw_scenario(recipe, assets, index), assets, clips);
    for (const Channel& c : r.channels) {
      if (c.name == "t_host") continue;  // transport has goldens of its own
      std::visit(
          [&hash](const auto& values) {
            if constexpr (std::is_integral_v<typename std::decay_t<decltype(values)>::Scalar>)
              hash.update(
                  std::as_bytes(std::span(values.data(), static_cast<std::size_t>(values.size()))));
          },
          c.values);
    }
  }
  return hash.hex();
}

TEST(RecordingGolden, Ideal) {
  EXPECT_EQ(counts_sha256("ideal"),
            "01e3a2b947368386b78a0616f9318576afe8cb0675013561ab697102bd735973");
}

TEST(RecordingGolden, Worn) {
  EXPECT_EQ(counts_sha256("worn"),
            "1c0bab4ed42b14387b85a71206b61b31d5639c5b0480241650c12ec135eb6924");
}

}  // namespace
}  // namespace wrist
