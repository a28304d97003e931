// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/merge.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"

namespace wrist::cli {
namespace {

struct Options {
  std::string folder;
  bool force = false, json = false;
};

void print(const Merged& merged, const Options& o) {
  const DatasetRecord& r = merged.record;
  if (o.json) {
    std::cout << nlohmann::json{{"dataset_id", r.dataset_id}, {"shards", r.shards.size()},
                                {"sequences", r.sequences()}, {"planned", r.planned},
                                {"events", r.events()},       {"bytes", r.bytes()},
                                {"commits", r.commits},       {"removed", merged.removed},
                                {"in_use", merged.in_use}}
                     .dump(2)
              << '\n';
    return;
  }
  std::cout << o.folder << "/manifest.json  " << r.shards.size() << " shards, " << r.sequences()
            << " recordings, " << format_duration(r.seconds()) << ", "
            << format_bytes(static_cast<double>(r.bytes())) << '\n';
}

int run(const Options& o) {
  interrupted();  // from here on Ctrl-C ends it cleanly
  const Merged merged = merge(o.folder, {o.force, {}, interrupted});
  print(merged, o);
  if (!merged.removed.empty())
    std::cerr << "wristsim: removed " << merged.removed.size()
              << " files that killed processes left: " << first_names(merged.removed, 3) << '\n';
  if (!merged.in_use.empty())
    std::cerr << "wristsim: kept what a process still writes: " << first_names(merged.in_use, 3)
              << '\n';
  const std::int64_t failed = merged.record.planned - merged.record.sequences();
  if (failed > 0)
    std::cerr << "wristsim: " << failed << " planned recordings are not there; run-report*.json "
              << "says why\n";
  if (merged.record.commits.size() > 1)
    std::cerr << "wristsim: shards were made by different commits of wristsim: "
              << first_names(merged.record.commits, 5) << '\n';
  return 0;
}

}  // namespace

void add_merge(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "merge",
      "Makes one dataset of all its shards: manifest.json with hashes, counts and statistics,\n"
      "CSV tables, croissant.json and a dataset card. May be run again.\n\n"
      "  wristsim merge out/big\n"
      "  wristsim merge out/big --json\n");
  command->add_option("folder", o->folder, "folder of the shards")->required();
  command->add_flag("--force", o->force, "replace a README.md that was not made by merge");
  command->add_flag("--json", o->json, "print what was merged as JSON");
  command->callback([o, &chosen] { chosen = [o] { return run(*o); }; });
}

}  // namespace wrist::cli
