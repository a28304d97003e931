// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/cli/inspect_tables.h"
#include "generators/summary_json.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Options {
  std::string path;
  std::int64_t sequence = -1, most = 20;
  bool as_json = false;
};

json to_json(const std::vector<Trace>& traces) {
  json all = json::array();
  for (const Trace& t : traces)
    all.push_back({{"name", t.name},
                   {"unit", t.unit},
                   {"lowest", t.lowest},
                   {"highest", t.highest},
                   {"mean", t.mean},
                   {"rms", t.rms}});
  return all;
}

// One recording: every trace with its range and shape, then what happened.
int inspect_sequence(const Options& o) {
  const std::vector<fs::path> files = find_shards(o.path);
  require(files.size() == 1, ErrorKind::usage,
          o.path + ": --sequence needs one shard, found " + std::to_string(files.size()));
  const Shard shard(files[0]);
  const std::int64_t count = std::ssize(shard.tables().sequences);
  require(o.sequence < count, ErrorKind::usage,
          files[0].string() + ": no sequence " + std::to_string(o.sequence) + "; it holds " +
              std::to_string(count) + " recordings, counted from 0");
  const std::vector<Trace> traces = read_traces(shard, o.sequence);
  if (o.as_json)
    std::cout << json{{"sequence", o.sequence}, {"traces", to_json(traces)}}.dump(2) << '\n';
  else
    std::cout << sequence_head(shard, o.sequence) << '\n'
              << trace_table(traces) << '\n'
              << event_table(shard, o.sequence, static_cast<std::size_t>(o.most));
  return 0;
}

int inspect(const Options& o) {
  if (o.sequence >= 0) return inspect_sequence(o);
  json all = json::array();
  for (const fs::path& file : find_shards(o.path)) {
    const ShardSummary summary = inspect_shard(file);
    if (o.as_json)
      all.push_back(json::parse(summary_json(summary)));
    else
      std::cout << summary_text(summary) << '\n'
                << sequence_table(Shard(file), static_cast<std::size_t>(o.most));
  }
  if (o.as_json) std::cout << json{{"shards", all}}.dump(2) << '\n';
  return 0;
}

}  // namespace

void add_inspect(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("inspect",
                                         "Says what a dataset holds, in tables and sparklines.\n\n"
                                         "  wristsim inspect out/quickstart\n"
                                         "  wristsim inspect out/quickstart --sequence 4\n"
                                         "  wristsim inspect out/quickstart --json\n");
  command->add_option("path", o->path, "shard or folder of shards")->required();
  command->add_option("--sequence", o->sequence, "look at one recording, from 0")
      ->check(CLI::NonNegativeNumber);
  command->add_option("--most", o->most, "rows of the longest table [20]")
      ->check(CLI::NonNegativeNumber);
  command->add_flag("--json", o->as_json, "print JSON");
  command->callback([o, &chosen] { chosen = [o] { return inspect(*o); }; });
}

}  // namespace wrist::cli
