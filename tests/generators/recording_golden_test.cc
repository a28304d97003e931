// SPDX-License-Identifier: Apache-2.0
// The counts of whole recordings, pinned: the same for gcc and clang, with and without AVX2. A
// change here changes every dataset; say so in the CHANGELOG.
#include <gtest/gtest.h>

#include <span>
#include <type_traits>

#include "generators/make_recording.h"
#include "generators/sha256.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

// SHA-256 over the integer counts of four recordings, channel by channel.
std::string counts_sha256(const std::string& fidelity) {
  const std::filesystem::path source = WRIST_SOURCE_DIR;
  const Assets assets = load_assets(source / "assets");
  const Recipe recipe = read_recipe(source / "assets/recipes/quickstart.toml",
                                    {"duration=3 s", "fidelity=" + fidelity}, assets);
  const ClipLibrary clips({}, 1);
  Sha256 hash;
  for (const std::uint64_t index : {0u, 3u, 6u, 9u}) {
    const Recording r = make_recording(draw_scenario(recipe, assets, index), assets, clips);
    for (const Channel& c : r.channels)
      std::visit(
          [&hash](const auto& values) {
            if constexpr (std::is_integral_v<typename std::decay_t<decltype(values)>::Scalar>)
              hash.update(
                  std::as_bytes(std::span(values.data(), static_cast<std::size_t>(values.size()))));
          },
          c.values);
  }
  return hash.hex();
}

TEST(RecordingGolden, Ideal) {
  EXPECT_EQ(counts_sha256("ideal"),
            "f9eca624270bc67fe0fbbc5fccd9c5cc451b4c6d37e00aa7fa2d5759ed7c34d7");
}

TEST(RecordingGolden, Worn) {
  EXPECT_EQ(counts_sha256("worn"),
            "b3aaa242ab5af4c4c58e43680803d88000d9eb860a531300d438b3015c18d6a2");
}

}  // namespace
}  // namespace wrist
