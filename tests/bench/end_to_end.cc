// SPDX-License-Identifier: Apache-2.0
// End to end: recordings per second and simulated seconds per wall second, by fidelity, one thread,
// from a drawn scenario to finished channels, and the same with writing a shard.
//
//   bench_end_to_end [recordings per fidelity, default 24]
#include <malloc.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "generators/make_recording.h"
#include "generators/run.h"

namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);  // as the program does
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const int count = argc > 1 ? std::atoi(argv[1]) : 24;
  const std::filesystem::path source = WRIST_SOURCE_DIR;
  const wrist::Assets assets = wrist::load_assets(source / "assets");
  const wrist::ClipLibrary clips({}, 1);
  std::printf("%-8s %16s %22s %28s\n", "fidelity", "recordings/s", "simulated s / wall s",
              "with writing, simulated s");
  for (const char* fidelity : {"ideal", "worn", "full"}) {
    const int n = std::string(fidelity) == "full" ? std::max(1, count / 12) : count;
    const wrist::Recipe recipe = wrist::read_recipe(
        source / "assets/recipes/quickstart.toml",
        {"recordings=" + std::to_string(n), std::string("fidelity=") + fidelity}, assets);
    auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < n; ++i)
      wrist::make_recording(wrist::draw_scenario(recipe, assets, static_cast<std::uint64_t>(i)),
                            assets, clips);
    const double making = seconds_since(start);
    const std::filesystem::path out = std::filesystem::temp_directory_path() / "wristsim-bench";
    std::filesystem::remove_all(out);
    start = std::chrono::steady_clock::now();
    wrist::run(recipe, assets, {out, 1, false, {}, {}});
    const double whole = seconds_since(start);
    std::filesystem::remove_all(out);
    std::printf("%-8s %16.1f %22.0f %28.0f\n", fidelity, n / making, n * recipe.duration_s / making,
                n * recipe.duration_s / whole);
  }
  return 0;
}
