// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/library.h"
#include "generators/run.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

struct Options {
  std::string recipe;
  std::vector<std::string> set;
  bool json = false, print = false, classes = false;
};

void row(const char* name, const std::vector<std::string>& values) {
  constexpr std::size_t kShown = 8;
  std::cout << name << values.size();
  for (std::size_t i = 0; i < std::min(kShown, values.size()); ++i)
    std::cout << (i == 0 ? ": " : ", ") << values[i];
  std::cout << (values.size() > kShown ? ", ..." : "") << '\n';
}

// Every class of the library: what it is, and what it is laid over.
int list_classes(const Options& o, const Assets& assets) {
  TextTable table({"class", "family", "kind", "over", ""}, {false, false, false, false, false});
  nlohmann::json all = nlohmann::json::array();
  for (const std::string& name : library_classes(assets)) {
    const MovementSpec& m = assets.movement(name);
    std::string over;
    for (const std::string& under : m.over) over += (over.empty() ? "" : " ") + under;
    table.add({name, m.parent, m.event ? "event" : "activity", over, m.definition});
    all.push_back({{"name", name},
                   {"parent", m.parent},
                   {"kind", m.event ? "event" : "activity"},
                   {"over", m.over},
                   {"rare", m.rare},
                   {"definition", m.definition},
                   {"prompts", m.prompts},
                   {"sources", m.sources}});
  }
  std::cout << (o.json ? nlohmann::json{{"classes", all}}.dump(2) + "\n" : table.text(""));
  return 0;
}

int show(const Options& o) {
  const Assets assets = load_assets(find_assets());
  if (o.classes) return list_classes(o, assets);
  require(!o.recipe.empty(), ErrorKind::usage, "plan: expected a recipe, or --classes");
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
                         "  wristsim plan assets/recipes/quickstart.toml --print --set seed=7\n"
                         "  wristsim plan --classes\n");
  command->add_option("recipe", o->recipe, "recipe, TOML");
  command->add_option("--set", o->set, "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_flag("--classes", o->classes, "list the classes of the library instead");
  command->add_flag("--print", o->print, "print the resolved recipe as JSON");
  command->add_flag("--json", o->json, "print the plan as JSON");
  command->callback([o, &chosen] { chosen = [o] { return show(*o); }; });
}

}  // namespace wrist::cli
