// SPDX-License-Identifier: Apache-2.0
// End to end: recordings per second and simulated seconds per wall second, by fidelity, from a
// drawn scenario to finished channels, and to a finished shard; then what one and two threads make
// of the default fidelity with eight light paths, and the memory that takes.
//
//   bench_end_to_end [recordings per fidelity, default 24]
#include <malloc.h>
#include <sys/resource.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "generators/make_recording.h"
#include "generators/run.h"

namespace {

using wrist::Recipe;

struct Bench {
  std::filesystem::path source = WRIST_SOURCE_DIR;
  wrist::Assets assets = wrist::load_assets(source / "assets");
  wrist::ClipLibrary clips{{}, 1};

  Recipe recipe(int recordings, const std::string& change) const {
    return wrist::read_recipe(source / "assets/recipes/quickstart.toml",
                              {"recordings=" + std::to_string(recordings), change}, assets);
  }
};

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

double seconds_to_make(const Bench& bench, const Recipe& recipe) {
  const auto start = std::chrono::steady_clock::now();
  for (std::int64_t i = 0; i < recipe.recordings; ++i)
    wrist::make_recording(wrist::draw_scenario(recipe, bench.assets, static_cast<std::uint64_t>(i)),
                          bench.assets, bench.clips);
  return seconds_since(start);
}

double seconds_to_write(const Bench& bench, const Recipe& recipe, int jobs) {
  const std::filesystem::path out = std::filesystem::temp_directory_path() / "wristsim-bench";
  std::filesystem::remove_all(out);
  const auto start = std::chrono::steady_clock::now();
  wrist::RunOptions options;
  options.out = out;
  options.jobs = jobs;
  wrist::run(recipe, bench.assets, options);
  const double seconds = seconds_since(start);
  std::filesystem::remove_all(out);
  return seconds;
}

long most_memory_kb() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

double simulated(const Recipe& recipe) {
  return static_cast<double>(recipe.recordings) * wrist::mean(recipe.duration);
}

void by_fidelity(const Bench& bench, int count) {
  std::printf("%-8s %16s %22s %28s\n", "fidelity", "recordings/s", "simulated s / wall s",
              "with writing, simulated s");
  for (const char* fidelity : {"ideal", "worn", "full"}) {
    const int n = std::string(fidelity) == "full" ? std::max(1, count / 12) : count;
    const Recipe recipe = bench.recipe(n, std::string("fidelity=") + fidelity);
    const double making = seconds_to_make(bench, recipe);
    std::printf("%-8s %16.1f %22.0f %28.0f\n", fidelity, n / making, simulated(recipe) / making,
                simulated(recipe) / seconds_to_write(bench, recipe, 1));
  }
}

// Memory is the most so far: it must not grow with the number of recordings.
void by_threads(const Bench& bench, int count) {
  std::printf("\n%-22s %10s %8s %22s %12s\n", "worn, 8 light paths", "recordings", "threads",
              "simulated s / wall s", "most memory");
  for (const int n : {count, 4 * count})
    for (const int jobs : {1, 2}) {
      const Recipe recipe = bench.recipe(n, "devices.watch=generic_optics8_100hz");
      const double seconds = seconds_to_write(bench, recipe, jobs);
      std::printf("%-22s %10d %8d %22.0f %9ld MB\n", "", n, jobs, simulated(recipe) / seconds,
                  most_memory_kb() / 1024);
    }
}

}  // namespace

int main(int argc, char** argv) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);  // as the program does
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  const int count = argc > 1 ? std::atoi(argv[1]) : 24;
  const Bench bench;
  by_threads(bench, count);
  by_fidelity(bench, count);
  return 0;
}
