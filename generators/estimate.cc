// SPDX-License-Identifier: Apache-2.0
#include "generators/estimate.h"

#include <unistd.h>

#include <chrono>
#include <cmath>
#include <filesystem>
#include <optional>
#include <set>

#include "generators/dataset.h"
#include "generators/make_recording.h"
#include "generators/recipe_count.h"
#include "generators/shard_header.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// A folder that is gone when this is.
struct Scratch {
  fs::path folder = fs::temp_directory_path() / ("wristsim-estimate-" + std::to_string(getpid()));
  Scratch() { fs::create_directories(folder); }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(folder, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
};

// Recordings of one watch, spread evenly however many are taken: multiples of the golden ratio.
class Spread {
 public:
  Spread(const Recipe& recipe, std::string watch) : recipe_(recipe), watch_(std::move(watch)) {}

  std::optional<std::uint64_t> next() {
    constexpr double kGolden = 0.6180339887498949;
    const auto count = static_cast<double>(recipe_.recordings);
    for (const int last = step_ + 1000; step_ < last;) {
      const double place = kGolden * ++step_;
      const auto index = static_cast<std::uint64_t>((place - std::floor(place)) * count);
      if (watch_of(recipe_, index) == watch_ && taken_.insert(index).second) return index;
    }
    return std::nullopt;
  }

 private:
  const Recipe& recipe_;
  std::string watch_;
  std::set<std::uint64_t> taken_;
  int step_ = 0;
};

// Of one watch.
struct Sample {
  std::int64_t tried = 0;
  double shard_bytes = 0, bytes = 0, seconds = 0;  // of an empty shard; of a recording
};

class Trial {
 public:
  Trial(const Recipe& recipe, const Assets& assets, const std::string& watch,
        const fs::path& folder)
      : recipe_(recipe), assets_(assets), folder_(folder), spread_(recipe, watch) {
    std::int64_t shard = 0;
    while (watch_of_shard(recipe, shard) != watch) ++shard;
    header_ = shard_header(recipe, assets, shard);
  }

  Sample run(double budget_s, std::int64_t most) {
    const Clock::time_point start = Clock::now();
    const fs::path file = folder_ / "all.h5";
    ShardWriter writer(file, header_, 1);
    Sample s;
    std::optional<Recording> first;
    while (s.tried < most && (s.tried == 0 || seconds_since(start) < budget_s)) {
      std::optional<Recording> made = next();
      if (!made) break;
      writer.append(*made);
      ++s.tried;
      if (!first) first = std::move(made);
    }
    if (s.tried == 0) throw *failure_;
    writer.commit();
    const auto tried = static_cast<double>(s.tried);
    s.seconds = seconds_since(start) / tried;
    s.shard_bytes = std::max(0., 2 * bytes_of(*first, 1) - bytes_of(*first, 2));
    s.bytes = (static_cast<double>(fs::file_size(file)) - s.shard_bytes) / tried;
    return s;
  }

 private:
  std::optional<Recording> next() {
    while (const std::optional<std::uint64_t> index = spread_.next()) {
      try {
        return make_recording(draw_scenario(recipe_, assets_, *index), assets_, clips_);
      } catch (const Error& error) {
        if (!failure_) failure_ = error;
      }
    }
    return std::nullopt;
  }

  double bytes_of(const Recording& recording, int times) const {
    const fs::path file = folder_ / "times.h5";
    ShardWriter writer(file, header_, 1);
    for (int i = 0; i < times; ++i) writer.append(recording);
    writer.commit();
    return static_cast<double>(fs::file_size(file));
  }

  const Recipe& recipe_;
  const Assets& assets_;
  fs::path folder_;
  Spread spread_;
  ShardHeader header_;
  ClipLibrary clips_{recipe_.clips, 1};
  std::optional<Error> failure_;
};

}  // namespace

Estimate estimate(const Recipe& recipe, const Assets& assets, double budget_s, std::int64_t most) {
  const RecipeCount count = count_recordings(recipe);
  std::map<std::string, double> shards;
  for (std::int64_t s = 0; s < recipe.shards; ++s) ++shards[watch_of_shard(recipe, s)];
  const Scratch scratch;
  Estimate e;
  for (const auto& [watch, recordings] : count.watches) {
    const double share = budget_s / static_cast<double>(count.watches.size());
    const Sample s = Trial(recipe, assets, watch, scratch.folder).run(share, most);
    e.tried += s.tried;
    e.bytes += shards[watch] * s.shard_bytes + recordings * s.bytes;
    e.core_seconds += recordings * s.seconds;
  }
  return e;
}

}  // namespace wrist
