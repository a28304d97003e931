// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>

#include "generators/cli/commands.h"
#include "generators/run.h"

namespace wrist::cli {
namespace {

struct Options {
  std::string recipe;
  std::vector<std::string> set;
  bool json = false, print = false;
};

void row(const char* name, const std::vector<std::string>& values) {
  constexpr std::size_t kShown = 8;
  std::cout << name << values.size();
  for (std::size_t i = 0; i < std::min(kShown, values.size()); ++i)
    std::cout << (i == 0 ? ": " : ", ") << values[i];
  std::cout << (values.size() > kShown ? ", ..." : "") << '\n';
}

int show(const Options& o) {
  const Assets assets = load_assets(find_assets());
  const Recipe recipe = read_recipe(o.recipe, o.set, assets);
  if (o.print) {
    std::cout << to_json(recipe) << '\n';
    return 0;
  }
  const Plan p = plan(recipe, assets);
  if (o.json) {
    std::cout << to_json(p) << '\n';
    return 0;
  }
  std::cout << recipe.title << "\nrecipe      " << recipe_sha256(recipe).substr(0, 12)
            << ", fidelity " << to_string(recipe.fidelity) << "\nrecordings  " << p.recordings
            << " in " << p.shards << " shard(s), up to " << format_duration(p.duration_s)
            << ", about " << format_bytes(p.bytes) << '\n';
  row("classes     ", p.classes);
  row("people      ", p.subjects);
  row("devices     ", p.devices);
  row("motions     ", p.clips);
  return 0;
}

}  // namespace

void add_plan(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command =
      app.add_subcommand("plan",
                         "Says what a recipe will make, and makes nothing.\n\n"
                         "  wristsim plan assets/recipes/quickstart.toml\n"
                         "  wristsim plan assets/recipes/quickstart.toml --print --set seed=7\n");
  command->add_option("recipe", o->recipe, "recipe, TOML")->required();
  command->add_option("--set", o->set, "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_flag("--print", o->print, "print the resolved recipe as JSON");
  command->add_flag("--json", o->json, "print the plan as JSON");
  command->callback([o, &chosen] { chosen = [o] { return show(*o); }; });
}

}  // namespace wrist::cli
