// SPDX-License-Identifier: Apache-2.0
#include "generators/only.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <sstream>

#include "generators/make_recording.h"
#include "generators/sha256.h"
#include "generators/shard_header.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kMostAlone = 1'000'000;
constexpr std::size_t kMostName = 80;  // characters of indices in a file's name

std::optional<std::uint64_t> parse_index(const std::string& text) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (text.empty() || status != std::errc() || stop != end) return std::nullopt;
  return value;
}

// "7" or "7-9".
void add_range(std::set<std::uint64_t>& indices, const std::string& text, std::int64_t recordings) {
  const std::size_t dash = text.find('-');
  const auto first = parse_index(text.substr(0, dash));
  const auto last = dash == std::string::npos ? first : parse_index(text.substr(dash + 1));
  require(first && last && *first <= *last && *last < static_cast<std::uint64_t>(recordings),
          ErrorKind::usage,
          "--only: expected recordings from 0 to " + std::to_string(recordings - 1) +
              ", such as 3 or 3,7-9, found \"" + text + "\"");
  require(*last - *first < kMostAlone, ErrorKind::usage,
          "--only " + text + ": expected at most a million recordings");
  for (std::uint64_t i = *first; i <= *last; ++i) indices.insert(i);
}

struct Attempt {
  std::optional<Recording> recording;
  std::string error;
  ErrorKind kind{};
};

Attempt attempt(const Recipe& recipe, const Assets& assets, const ClipLibrary& clips,
                std::uint64_t index) {
  try {
    return {make_recording(draw_scenario(recipe, assets, index), assets, clips), "", {}};
  } catch (const Error& error) {
    return {std::nullopt, error.what(), error.kind()};
  }
}

void take(const Attempt& made, std::uint64_t index, ShardWriter& writer, RunReport& report) {
  if (!made.recording) {
    report.failures.push_back(
        {static_cast<std::int64_t>(index), made.error, static_cast<int>(made.kind)});
    return;
  }
  writer.append(*made.recording);
  ++report.shards.back().recordings;
  ++report.recordings;
  report.simulated_s += made.recording->scenario.duration_s;
}

// Those of one shard, into one file.
void make_file(const Recipe& recipe, const Assets& assets, const RunOptions& options,
               const std::vector<std::uint64_t>& indices, RunReport& report) {
  const auto shard =
      static_cast<std::int64_t>(indices[0] % static_cast<std::uint64_t>(recipe.shards));
  const fs::path file = options.out / only_name(indices);
  const ClipLibrary clips(recipe.clips, options.jobs);
  ShardWriter writer(file, shard_header(recipe, assets, shard), options.jobs);
  report.shards.push_back({file.filename().string(), "", 0, false});
  parallel_in_order(
      std::ssize(indices), options.jobs,
      [&](std::int64_t i) {
        return std::make_shared<Attempt>(
            attempt(recipe, assets, clips, indices[static_cast<std::size_t>(i)]));
      },
      [&](std::int64_t i, std::shared_ptr<void> result) {
        take(*std::static_pointer_cast<Attempt>(result), indices[static_cast<std::size_t>(i)],
             writer, report);
      },
      [&options] { return options.stop && options.stop(); });
  require(!options.stop || !options.stop(), ErrorKind::interrupted,
          "interrupted; " + file.string() + " was not written");
  if (report.shards.back().recordings > 0)
    report.shards.back().content_sha256 = writer.commit();
  else
    report.shards.pop_back();
}

}  // namespace

std::vector<std::uint64_t> parse_indices(const std::vector<std::string>& texts,
                                         std::int64_t recordings) {
  std::set<std::uint64_t> indices;
  for (const std::string& text : texts) {
    std::istringstream parts(text);
    require(!text.empty(), ErrorKind::usage, "--only: expected recordings such as 3 or 3,7-9");
    for (std::string part; std::getline(parts, part, ',');) add_range(indices, part, recordings);
  }
  return {indices.begin(), indices.end()};
}

std::string only_name(const std::vector<std::uint64_t>& indices) {
  std::string runs;
  for (std::size_t i = 0; i < indices.size();) {
    std::size_t last = i;
    while (last + 1 < indices.size() && indices[last + 1] == indices[last] + 1) ++last;
    runs.append(runs.empty() ? "" : "_").append(std::to_string(indices[i]));
    if (last > i) runs.append("-").append(std::to_string(indices[last]));
    i = last + 1;
  }
  if (runs.size() > kMostName)
    runs = std::to_string(indices.size()) + "-recordings-" + sha256(runs).substr(0, 12);
  return std::string("only-") + runs + ".h5";
}

RunReport run_only(const Recipe& recipe, const Assets& assets, const RunOptions& options,
                   const std::vector<std::uint64_t>& indices) {
  std::error_code status;
  fs::create_directories(options.out, status);
  require(!status, ErrorKind::io,
          options.out.string() + ": cannot be created: " + status.message());
  std::map<std::uint64_t, std::vector<std::uint64_t>> by_shard;
  for (const std::uint64_t index : indices)
    by_shard[index % static_cast<std::uint64_t>(recipe.shards)].push_back(index);
  RunReport report;
  for (const auto& [shard, own] : by_shard) make_file(recipe, assets, options, own, report);
  return report;
}

}  // namespace wrist
