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
            "1f871284511efb03a2ca8980d2bbd03c7b57c949294e25854a454aa0739f35e1");
}

TEST(RecordingGolden, Worn) {
  EXPECT_EQ(counts_sha256("worn"),
            "dbc4e0fdf8e7b452c1352a2566eba0e94003a33cc019376b12990baed064a8ed");
}

}  // namespace
}  // namespace wrist
