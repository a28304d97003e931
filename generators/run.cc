// SPDX-License-Identifier: Apache-2.0
#include "generators/run.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "generators/dataset_commit.h"
#include "generators/make_recording.h"
#include "generators/shard_header.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// What one attempt at a scenario gives.
struct Attempt {
  std::optional<Recording> recording;
  RunReport::Failure failure;
};

ShardIdentity identity_of(const fs::path& file) {
  try {
    return read_identity(file);
  } catch (const Error& error) {
    const std::string text = error.what(), hint = "--force";
    throw Error(error.kind(),
                text + (text.find(hint) != std::string::npos ? "" : "; --force to make it anew"));
  }
}

// Skips what is there already; refuses what another recipe made. Cheap: validate looks inside.
std::optional<RunReport::Shard> finished_shard(const fs::path& file, const std::string& recipe_hash,
                                               bool force) {
  if (!fs::exists(file) || force) return std::nullopt;
  const ShardIdentity there = identity_of(file);
  if (there.recipe_sha256 == recipe_hash)
    return RunReport::Shard{file.filename().string(), there.content_sha256, there.sequences, true};
  throw Error(ErrorKind::usage, file.string() + ": was made by another recipe (" +
                                    there.recipe_sha256.substr(0, 12) + ", this one is " +
                                    recipe_hash.substr(0, 12) +
                                    "); choose another --out, or --force to replace it");
}

void prepare_folder(const fs::path& out, std::int64_t shards) {
  std::error_code status;
  fs::create_directories(out, status);
  require(!status, ErrorKind::io, out.string() + ": cannot be created: " + status.message());
  const std::string ending = shard_name(0, shards).substr(std::strlen("shard-00000"));
  for (const auto& entry : fs::directory_iterator(out)) {
    const std::string name = entry.path().filename().string();
    require(
        !name.starts_with("shard-") || !name.ends_with(".h5") || name.ends_with(ending),
        ErrorKind::usage,
        entry.path().string() + ": belongs to a dataset of another shape; choose another --out");
  }
}

class Runner {
 public:
  Runner(const Recipe& recipe, const Assets& assets, const RunOptions& options)
      : recipe_(recipe),
        assets_(assets),
        options_(options),
        recipe_hash_(recipe_sha256(recipe)),
        clips_(recipe.clips, options.jobs) {}

  RunReport run() {
    prepare_folder(options_.out, recipe_.shards);
    std::vector<std::int64_t> mine;
    for (std::int64_t shard = 0; shard < recipe_.shards; ++shard)
      if (options_.part.has(shard)) mine.push_back(shard);
    for (const std::int64_t shard : mine)
      progress_.total += std::ssize(shard_indices(recipe_, shard));
    for (const std::int64_t shard : mine) {
      const fs::path file = options_.out / shard_name(shard, recipe_.shards);
      if (const auto done = finished_shard(file, recipe_hash_, options_.force)) {
        keep(*done, std::ssize(shard_indices(recipe_, shard)));
      } else {
        make_shard(shard, file);
      }
    }
    write_text_file(options_.out / report_name(options_.part), to_json(report_) + "\n");
    return report_;
  }

 private:
  Attempt attempt(std::uint64_t index) const {
    try {
      return {make_recording(draw_scenario(recipe_, assets_, index), assets_, clips_), {}};
    } catch (const Error& error) {
      return {std::nullopt,
              {static_cast<std::int64_t>(index), error.what(), static_cast<int>(error.kind())}};
    }
  }

  // A shard that some scenarios failed in stays a failure until it is made anew.
  void keep(const RunReport::Shard& done, std::int64_t wanted) {
    report_.shards.push_back(done);
    progress_.done += wanted;
    if (done.recordings < wanted)
      report_.failures.push_back(
          {-1,
           done.file + ": lacks " + std::to_string(wanted - done.recordings) + " of " +
               std::to_string(wanted) +
               " recordings, which failed when it was made; --force to try again",
           static_cast<int>(ErrorKind::bad_data)});
  }

  void make_shard(std::int64_t shard, const fs::path& file) {
    const std::vector<std::uint64_t> indices = shard_indices(recipe_, shard);
    remove_abandoned(file);
    ShardWriter writer(file, shard_header(recipe_, assets_, shard), options_.jobs);
    RunReport::Shard made{file.filename().string(), "", 0, false};
    bool stopped = false;
    const auto stop = [&] { return stopped = stopped || (options_.stop && options_.stop()); };
    parallel_in_order(
        static_cast<std::int64_t>(indices.size()), options_.jobs,
        [&](std::int64_t i) {
          return std::make_shared<Attempt>(attempt(indices[static_cast<std::size_t>(i)]));
        },
        [&](std::int64_t, std::shared_ptr<void> result) {
          take(*std::static_pointer_cast<Attempt>(result), writer, made);
        },
        stop);
    require(!stop(), ErrorKind::interrupted, "interrupted; " + file.string() + " was not written");
    if (made.recordings > 0) {
      made.content_sha256 = commit(writer, file);
      report_.shards.push_back(made);
    }
  }

  // Whoever made the same shard meanwhile, and had what we wrote swept away, made the same content.
  std::string commit(ShardWriter& writer, const fs::path& file) const {
    try {
      return writer.commit();
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::io || options_.force) throw;
      const auto theirs = finished_shard(file, recipe_hash_, false);
      if (!theirs) throw;
      return theirs->content_sha256;
    }
  }

  void take(Attempt& attempt, ShardWriter& writer, RunReport::Shard& made) {
    if (attempt.recording) {
      writer.append(*attempt.recording);
      ++made.recordings;
      ++report_.recordings;
      report_.simulated_s += attempt.recording->scenario.duration_s;
    } else {
      report_.failures.push_back(attempt.failure);
    }
    ++progress_.done;
    progress_.simulated_s = report_.simulated_s;
    if (options_.progress) options_.progress(progress_);
  }

  const Recipe& recipe_;
  const Assets& assets_;
  const RunOptions& options_;
  std::string recipe_hash_;
  ClipLibrary clips_;
  RunReport report_;
  Progress progress_;
};

}  // namespace

std::string shard_name(std::int64_t shard, std::int64_t shards) {
  char name[64];
  std::snprintf(name, sizeof name, "shard-%05lld-of-%05lld.h5", static_cast<long long>(shard),
                static_cast<long long>(shards));
  return name;
}

std::string report_name(const ShardPart& part) {
  if (part.all()) return "run-report.json";
  const std::string name = fs::path(shard_name(part.index, part.of)).stem().string();
  return "run-report-" + name.substr(std::strlen("shard-")) + ".json";
}

Plan plan(const Recipe& recipe, const Assets& assets) {
  Plan p;
  p.recordings = recipe.recordings;
  p.shards = recipe.shards;
  p.duration_s = static_cast<double>(recipe.recordings) * mean(recipe.duration);
  for (const ClassInfo& c : recipe_classes(recipe, assets)) p.classes.push_back(c.name);
  for (std::int64_t s = 0; s < recipe.subjects; ++s)
    p.subjects.push_back(subject_id(static_cast<std::uint64_t>(s)));
  p.devices = device_ids(recipe);
  p.clips = clip_vocabulary(recipe, assets);
  for (std::int64_t s = 0; s < recipe.shards; ++s) p.files.push_back(shard_name(s, recipe.shards));
  return p;
}

RunReport run(const Recipe& recipe, const Assets& assets, const RunOptions& options) {
  return Runner(recipe, assets, options).run();
}

void require_all_made(const RunReport& report, const std::string& where) {
  if (report.failures.empty()) return;
  const RunReport::Failure& first = report.failures.front();
  const std::string which =
      first.index < 0 ? "" : "recording " + std::to_string(first.index) + ": ";
  throw Error(static_cast<ErrorKind>(first.exit_code), where + ": " + which + first.error);
}

std::string to_json(const RunReport& report) {
  json shards = json::array(), failures = json::array();
  for (const auto& s : report.shards)
    shards.push_back({{"file", s.file},
                      {"content_sha256", s.content_sha256},
                      {"recordings", s.recordings},
                      {"skipped", s.skipped}});
  for (const auto& f : report.failures)
    failures.push_back({{"index", f.index}, {"error", f.error}, {"exit_code", f.exit_code}});
  return json{{"recordings", report.recordings},
              {"simulated_s", report.simulated_s},
              {"shards", shards},
              {"failures", failures}}
      .dump(2);
}

std::string to_json(const Plan& p) {
  return json{{"recordings", p.recordings}, {"shards", p.shards},     {"duration_s", p.duration_s},
              {"classes", p.classes},       {"subjects", p.subjects}, {"devices", p.devices},
              {"clips", p.clips},           {"files", p.files}}
      .dump(2);
}

std::string version() { return WRIST_VERSION; }
std::string commit() { return WRIST_COMMIT; }

}  // namespace wrist
