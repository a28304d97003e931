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

// Recordings of one watch, spread evenly over its shards however many are taken: multiples of the
// golden ratio. The last row of a shard, which not every one has, is left out.
class Spread {
 public:
  Spread(const Recipe& recipe, const std::string& watch)
      : all_shards_(recipe.shards), rows_(recipe.recordings / recipe.shards) {
    for (std::int64_t s = 0; s < recipe.shards; ++s)
      if (watch_of_shard(recipe, s) == watch) shards_.push_back(s);
  }

  std::int64_t first_shard() const { return shards_.front(); }

  std::optional<std::uint64_t> next() {
    constexpr double kGolden = 0.6180339887498949;
    const std::int64_t count = std::ssize(shards_) * rows_;
    for (const int last = step_ + 1000; step_ < last;) {
      const double place = kGolden * ++step_;
      const auto k =
          static_cast<std::int64_t>((place - std::floor(place)) * static_cast<double>(count));
      if (taken_.insert(k).second)
        return static_cast<std::uint64_t>(shards_[static_cast<std::size_t>(k / rows_)] +
                                          all_shards_ * (k % rows_));
    }
    return std::nullopt;
  }

 private:
  std::int64_t all_shards_, rows_;
  std::vector<std::int64_t> shards_;
  std::set<std::int64_t> taken_;
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
      : recipe_(recipe),
        assets_(assets),
        folder_(folder),
        spread_(recipe, watch),
        header_(shard_header(recipe, assets, spread_.first_shard())) {}

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
