// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/dataset_read.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Options {
  std::string path;
  bool as_json = false;
};

json to_json(const ShardSummary& s) {
  json streams = json::array(), classes = json::array();
  for (const auto& stream : s.streams)
    streams.push_back({{"group", stream.group},
                       {"rows", stream.rows},
                       {"rate_hz", stream.rate_hz},
                       {"channels", stream.channels}});
  for (const auto& c : s.classes)
    classes.push_back({{"name", c.name}, {"sequences", c.sequences}, {"samples", c.samples}});
  return {{"file", s.file},
          {"title", s.title},
          {"recipe_sha256", s.recipe_sha256},
          {"content_sha256", s.content_sha256},
          {"generator_version", s.generator_version},
          {"seed", s.seed},
          {"shard_index", s.shard_index},
          {"shard_count", s.shard_count},
          {"sequences", s.sequences},
          {"subjects", s.subjects},
          {"events", s.events},
          {"duration_s", s.duration_s},
          {"streams", streams},
          {"classes", classes}};
}

void print(const ShardSummary& s) {
  std::cout << s.file << "\n  " << s.title << ", shard " << s.shard_index + 1 << " of "
            << s.shard_count << ", seed " << s.seed << "\n  " << s.sequences << " recordings of "
            << s.subjects << " people, " << format_duration(s.duration_s) << ", " << s.events
            << " events\n  content " << s.content_sha256.substr(0, 12) << ", recipe "
            << s.recipe_sha256.substr(0, 12) << ", wristsim " << s.generator_version << '\n';
  for (const auto& stream : s.streams) {
    std::cout << "  /" << stream.group << "  " << stream.rows << " rows at " << stream.rate_hz
              << " Hz\n";
    for (const std::string& channel : stream.channels) std::cout << "      " << channel << '\n';
  }
  std::cout << "  classes\n";
  for (const auto& c : s.classes)
    std::cout << "      " << c.name << "  " << c.sequences << " recordings, " << c.samples
              << " samples\n";
}

int inspect(const Options& o) {
  json all = json::array();
  for (const fs::path& file : find_shards(o.path)) {
    const ShardSummary summary = inspect_shard(file);
    if (o.as_json)
      all.push_back(to_json(summary));
    else
      print(summary);
  }
  if (o.as_json) std::cout << json{{"shards", all}}.dump(2) << '\n';
  return 0;
}

}  // namespace

void add_inspect(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand("inspect",
                                         "Says what a dataset holds.\n\n"
                                         "  wristsim inspect out/quickstart\n"
                                         "  wristsim inspect out/quickstart --json\n");
  command->add_option("path", o->path, "shard or folder of shards")->required();
  command->add_flag("--json", o->as_json, "print JSON");
  command->callback([o, &chosen] { chosen = [o] { return inspect(*o); }; });
}

}  // namespace wrist::cli
