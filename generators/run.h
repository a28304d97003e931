// SPDX-License-Identifier: Apache-2.0
/// Runs a recipe: scenarios in parallel, shards written in index order, whole or not at all.
///
///   recipe -> plan -> make_recording (threads) -> ShardWriter (in order) -> RunReport
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "generators/recipe.h"
#include "generators/shard_choice.h"

namespace wrist {

/// What a recipe will make.
struct Plan {
  std::int64_t recordings = 0, shards = 0;
  double duration_s = 0;                  // in all, at most
  std::vector<std::string> classes, subjects, devices, clips;
  std::vector<std::string> files;         // names of the shards
};
Plan plan(const Recipe& recipe, const Assets& assets);

std::string shard_name(std::int64_t shard, std::int64_t shards);

struct Progress {
  std::int64_t done = 0, total = 0;       // recordings
  double simulated_s = 0;
};

struct RunOptions {
  std::filesystem::path out;
  int jobs = 1;
  bool force = false;                     // make every shard anew, whatever is there
  std::function<void(const Progress&)> progress;  // called after every recording, from one thread
  std::function<bool()> stop;             // true: end now, leave no half shard
  ShardPart part = {};                    // of the plan's shards, those to make here
};

struct RunReport {
  struct Shard {
    std::string file, content_sha256;
    std::int64_t recordings = 0;
    bool skipped = false;                 // was complete already
  };
  struct Failure {
    std::int64_t index = -1;              // of the recording; -1: of a shard made earlier
    std::string error;
    int exit_code = 0;
  };
  std::vector<Shard> shards;
  std::vector<Failure> failures;          // scenarios that could not be recorded, and why
  std::int64_t recordings = 0;
  double simulated_s = 0;
};

/// Makes the shards of options.part in options.out, and a report beside them. A scenario that fails
/// is listed and left out; a shard of which nothing remains is not written. Processes may share the
/// folder, and even make the same shard at once. Throws Error(usage) if the folder holds another
/// recipe's shards, Error(bad_data) for a shard that cannot be read, Error(io), Error(interrupted).
RunReport run(const Recipe& recipe, const Assets& assets, const RunOptions& options);

/// Throws the first failure as an Error of its kind, "WHERE: recording INDEX: ...", if there is any.
void require_all_made(const RunReport& report, const std::string& where);

/// "run-report.json" of all shards, "run-report-00003-of-00008.json" of part 3/8.
std::string report_name(const ShardPart& part);

/// One JSON object.
std::string to_json(const RunReport& report);
std::string to_json(const Plan& plan);

/// "0.1.0", and the commit it was built from if known.
std::string version();
std::string commit();

}  // namespace wrist
