// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>

#include "generators/cli/commands.h"
#include "generators/only.h"
#include "generators/run.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist::cli {
namespace {

struct Options {
  std::string recipe, out, fidelity;
  std::vector<std::string> set, only;
  int jobs = hardware_jobs();
  bool force = false, json = false, dry_run = false;
  std::string progress = "auto", shard;
};

// A bar on a terminal, else a line every ten seconds.
class ProgressLine {
 public:
  explicit ProgressLine(const std::string& mode) {
    const bool terminal = isatty(STDERR_FILENO) != 0;
    bar_ = mode == "bar" || (mode == "auto" && terminal);
    plain_ = mode == "plain" || (mode == "auto" && !terminal);
  }

  void update(const Progress& p) {
    const double now = elapsed();
    const bool last = p.done == p.total;
    if (bar_ && (last || now - shown_ > 0.1)) {
      shown_ = now;
      constexpr int kWidth = 30;
      const int filled = static_cast<int>(kWidth * p.done / std::max<std::int64_t>(1, p.total));
      std::fprintf(stderr, "\r[%s%s] %s%s",
                   std::string(static_cast<std::size_t>(filled), '#').c_str(),
                   std::string(static_cast<std::size_t>(kWidth - filled), '.').c_str(),
                   text(p, now).c_str(), last ? "\n" : "");
    } else if (plain_ && (now - shown_ > 10)) {
      shown_ = now;
      std::fprintf(stderr, "%s\n", text(p, now).c_str());
    }
  }

  double elapsed() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
  }

 private:
  static std::string text(const Progress& p, double now) {
    return std::to_string(p.done) + "/" + std::to_string(p.total) + " recordings, " +
           format_duration(p.simulated_s) + " simulated in " + format_duration(now);
  }

  bool bar_ = false, plain_ = false;
  double shown_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

void print(const RunReport& report, const Options& o, double seconds) {
  if (o.json) {
    std::cout << to_json(report) << '\n';
    return;
  }
  for (const RunReport::Shard& shard : report.shards)
    std::cout << o.out << '/' << shard.file << "  " << shard.recordings << " recordings  "
              << shard.content_sha256.substr(0, 12) << (shard.skipped ? "  (was complete)" : "")
              << '\n';
  if (report.shards.empty() && report.failures.empty())
    std::cerr << "wristsim: no shard of the plan is for this rank\n";
  if (report.recordings > 0)
    std::cout << report.recordings << " recordings, " << format_duration(report.simulated_s)
              << " simulated in " << format_duration(seconds) << '\n';
}

int generate(const Options& o) {
  const Assets assets = load_assets(find_assets());
  std::vector<std::string> overrides = o.set;
  if (!o.fidelity.empty()) overrides.push_back("fidelity=\"" + o.fidelity + "\"");
  const Recipe recipe = read_recipe(o.recipe, overrides, assets);
  const ShardPart part =
      o.only.empty()
          ? choose_part(o.shard, recipe.shards, [](const char* n) { return getenv(n); })
          : ShardPart{};
  if (o.dry_run) {
    std::cout << plan_json(recipe, assets, o.jobs, true) << '\n';
    return 0;
  }
  ProgressLine line(o.progress);
  RunOptions options{o.out, o.jobs, o.force, [&line](const Progress& p) { line.update(p); },
                     interrupted, part};
  interrupted();  // from here on Ctrl-C and SIGTERM end the run cleanly
  const RunReport report =
      o.only.empty()
          ? run(recipe, assets, options)
          : run_only(recipe, assets, options, parse_indices(o.only, recipe.recordings));
  print(report, o, line.elapsed());
  for (const RunReport::Failure& failure : report.failures)
    std::cerr << "wristsim: "
              << (failure.index < 0 ? "" : "recording " + std::to_string(failure.index) + ": ")
              << failure.error << '\n';
  return report.failures.empty() ? 0 : report.failures.front().exit_code;
}

}  // namespace

void add_generate(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "generate",
      "Makes a dataset from a recipe.\n\n"
      "  wristsim generate assets/recipes/quickstart.toml --out out/quickstart\n"
      "  wristsim generate assets/recipes/clips.toml --set motions.clips=DIR --out out/clips\n"
      "  wristsim generate R.toml --out DIR --only 3,7-9\n"
      "  wristsim generate R.toml --out DIR --shard 3/8      its shards 3, 11, 19, ...; merge when all "
      "are there\n"
      "  wristsim generate R.toml --out DIR --fidelity full --jobs 2 --set wear.pressure=\"1 "
      "kPa\"\n");
  command->add_option("recipe", o->recipe, "recipe, TOML")->required();
  command->add_option("--out", o->out, "folder of the dataset; finished shards are kept")
      ->required();
  command->add_option("--set", o->set, "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_option("--fidelity", o->fidelity, "ideal, worn or full, in place of the recipe's");
  command->add_option("--jobs", o->jobs, "threads; the data are the same for any number")
      ->check(CLI::Range(1, 1024));
  command->add_option("--only", o->only,
                      "make these recordings alone, such as 3 or 3,7-9, into only-*.h5");
  command->add_option("--shard", o->shard,
                      "i/n: the shards s with s mod n == i. Without it the task number of Slurm, "
                      "Kubernetes or Open MPI counts, else all are made");
  command->add_flag("--force", o->force, "make every shard anew, also those another recipe made");
  command->add_flag("--dry-run", o->dry_run, "print the plan and make nothing");
  command->add_flag("--json", o->json, "print the run report as JSON");
  command->add_option("--progress", o->progress, "auto, bar, plain or none")
      ->check(CLI::IsMember({"auto", "bar", "plain", "none"}));
  command->callback([o, &chosen] { chosen = [o] { return generate(*o); }; });
}

}  // namespace wrist::cli
