// SPDX-License-Identifier: Apache-2.0
#include "generators/fixture.h"

#include <unistd.h>

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/dataset_commit.h"
#include "generators/golden.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Options {
  std::string name, out, goldens;
  std::vector<std::string> set;
  std::int64_t seed = -1;  // -1: the recipe's
  int jobs = hardware_jobs();
  bool list = false, force = false, json = false;
};

int list(const Options& o, const Assets& assets) {
  TextTable table({"fixture", ""}, {false, false});
  json all = json::array();
  for (const FixtureInfo& info : list_fixtures(assets)) {
    table.add({info.name, info.title});
    all.push_back({{"name", info.name}, {"title", info.title}});
  }
  std::cout << (o.json ? json{{"fixtures", all}}.dump(2) + "\n" : table.text(""));
  return 0;
}

// Every fixture is made in a folder of its own that goes again.
int update_goldens(const Options& o, const Assets& assets) {
  const fs::path scratch =
      fs::temp_directory_path() / ("wristsim-goldens-" + std::to_string(getpid()));
  std::string text =
      "# Integer counts of every fixture: SHA-256, then rows and column sums of each dataset.\n"
      "# Made by: wristsim fixture --update-goldens FILE. A change here changes every dataset.\n";
  for (const FixtureInfo& info : list_fixtures(assets)) {
    FixtureOptions options;
    options.out = scratch / info.name;
    options.jobs = o.jobs;
    options.stop = interrupted;
    const Fixture made = make_fixture(assets, info.name, options);
    text += to_text(golden(Shard(options.out / made.files[0].name)), info.name);
  }
  fs::remove_all(scratch);
  write_text_file(o.goldens, text);
  std::cout << o.goldens << '\n';
  return 0;
}

void print(const Fixture& f, const std::string& out) {
  std::uint64_t bytes = 0;
  for (const Fixture::File& file : f.files) {
    std::cout << out << '/' << file.name << "  " << format_bytes(static_cast<double>(file.bytes))
              << '\n';
    bytes += file.bytes;
  }
  std::cout << out << "/manifest.json\n" << f.expected.recordings << " recordings, ";
  for (const auto& [name, count] : f.expected.events) std::cout << count << ' ' << name << ", ";
  std::cout << format_bytes(static_cast<double>(bytes)) << ", content "
            << f.content_sha256.substr(0, 12) << '\n';
}

int run_fixture(const Options& o) {
  const Assets assets = load_assets(find_assets());
  if (o.list) return list(o, assets);
  interrupted();  // from here on Ctrl-C ends the run cleanly
  if (!o.goldens.empty()) return update_goldens(o, assets);
  require(!o.name.empty() && !o.out.empty(), ErrorKind::usage,
          "fixture: expected NAME --out DIR, or --list");
  FixtureOptions options{o.out, {}, o.set, o.jobs, o.force, interrupted};
  if (o.seed >= 0) options.seed = o.seed;
  const Fixture made = make_fixture(assets, o.name, options);
  if (o.json)
    std::cout << to_json(made) << '\n';
  else
    print(made, o.out);
  return 0;
}

}  // namespace

void add_fixture(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("fixture",
                         "Makes a small set with known events, to test a recogniser with.\n\n"
                         "  wristsim fixture --list\n"
                         "  wristsim fixture double-tap --out out/double-tap\n"
                         "  wristsim fixture loose-strap --seed 7 --out DIR --json\n");
  command->add_option("name", o->name, "one of --list");
  command->add_option("--out", o->out, "folder; an older one of the same recipe is replaced");
  command->add_option("--seed", o->seed, "other people, other wear, other noise")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--set", o->set, "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_option("--jobs", o->jobs, "threads; the data are the same for any number")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--list", o->list, "say what there is");
  command->add_flag("--force", o->force, "replace what another recipe made there");
  command->add_option("--update-goldens", o->goldens,
                      "instead, make every fixture and write its counts' hashes to this file");
  command->add_flag("--json", o->json, "print the manifest, or the list, as JSON");
  command->callback([o, &chosen] { chosen = [o] { return run_fixture(*o); }; });
}

}  // namespace wrist::cli
