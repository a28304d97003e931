// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/class_attributes.h"
#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/estimate.h"
#include "generators/library.h"
#include "generators/recipe_count.h"
#include "generators/run.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist::cli {
namespace {

constexpr double kTrial_s = 3;  // wall time spent on an estimate

struct Options {
  std::string recipe;
  std::vector<std::string> set;
  int jobs = hardware_jobs();
  bool json = false, print = false, classes = false, attributes = false, quick = false;
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

// "walk 400, double_pinch 200": the most frequent first.
void count_row(const char* name, const std::map<std::string, double>& figures, const RecipeCount& c,
               std::int64_t recordings) {
  constexpr std::size_t kShown = 12;
  std::vector<std::pair<std::string, double>> most(figures.begin(), figures.end());
  std::stable_sort(most.begin(), most.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::cout << name;
  for (std::size_t i = 0; i < std::min(kShown, most.size()); ++i) {
    std::cout << (i == 0 ? "" : ", ") << (most[i].first.empty() ? "no one class" : most[i].first)
              << ' ' << std::llround(most[i].second);
    if (!c.exact)
      std::cout << " +- " << std::llround(standard_error(c, most[i].second, recordings));
  }
  std::cout << (most.size() > kShown ? ", ..." : "") << '\n';
}

void print_counts(const Recipe& recipe, const Plan& p) {
  const RecipeCount c = count_recordings(recipe);
  if (!c.exact)
    std::cout << "counted     " << c.counted << " of the recordings, +- one standard error\n";
  count_row("per class   ", c.classes, c, p.recordings);
  count_row("per watch   ", c.watches, c, p.recordings);
  std::cout << "per split   ";
  for (const Split split : {Split::train, Split::validation, Split::test}) {
    const auto at = static_cast<std::size_t>(split);
    std::cout << (split == Split::train ? "" : ", ") << to_string(split) << ' '
              << std::llround(c.splits[at]) << " of " << c.people[at] << " people";
  }
  std::cout << '\n';
}

void print_estimate(const Recipe& recipe, const Assets& assets, int jobs) {
  const Estimate e = estimate(recipe, assets, kTrial_s);
  std::cout << "size        about " << format_bytes(e.bytes) << "\ntime        about "
            << format_duration(e.core_seconds / jobs) << " with " << jobs << " job(s), by what "
            << e.tried << " recordings took here and now\n";
}

int show(const Options& o) {
  const Assets assets = load_assets(find_assets());
  require(o.classes || !o.attributes, ErrorKind::usage,
          "--attributes: expected --classes beside it");
  if (o.attributes) return list_attributes(assets, o.jobs, o.json);
  if (o.classes) return list_classes(o, assets);
  require(!o.recipe.empty(), ErrorKind::usage, "plan: expected a recipe, or --classes");
  const Recipe recipe = read_recipe(o.recipe, o.set, assets);
  if (o.print) {
    std::cout << (o.json ? to_json(recipe) + "\n" : to_toml(recipe));
    return 0;
  }
  const Plan p = plan(recipe, assets);
  if (o.json) {
    std::cout << plan_json(recipe, assets, o.jobs, !o.quick) << '\n';
    return 0;
  }
  std::cout << recipe.title << "\nrecipe      " << recipe_sha256(recipe).substr(0, 12)
            << ", fidelity " << to_string(recipe.fidelity) << "\nrecordings  " << p.recordings
            << " in " << p.shards << " shard(s), up to " << format_duration(p.duration_s) << '\n';
  if (!o.quick) print_estimate(recipe, assets, o.jobs);
  row("classes     ", p.classes);
  row("people      ", p.subjects);
  row("devices     ", p.devices);
  row("motions     ", p.clips);
  print_counts(recipe, p);
  return 0;
}

}  // namespace

std::string plan_json(const Recipe& recipe, const Assets& assets, int jobs, bool with_estimate) {
  nlohmann::json all = nlohmann::json::parse(to_json(plan(recipe, assets)));
  all["counts"] = nlohmann::json::parse(to_json(count_recordings(recipe), recipe.recordings));
  if (!with_estimate) return all.dump(2);
  const Estimate e = estimate(recipe, assets, kTrial_s);
  all["estimate"] = {{"bytes", e.bytes},
                     {"core_s", e.core_seconds},
                     {"wall_s", e.core_seconds / jobs},
                     {"jobs", jobs},
                     {"recordings_tried", e.tried}};
  return all.dump(2);
}

void add_plan(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "plan",
      "Says what a recipe will make, and makes nothing.\n\n"
      "  wristsim plan assets/recipes/quickstart.toml\n"
      "  wristsim plan assets/recipes/quickstart.toml --print --set seed=7\n"
      "  wristsim plan --classes\n"
      "  wristsim plan --classes --attributes   # cards against the simulator\n");
  command->add_option("recipe", o->recipe, "recipe, TOML");
  command->add_option("--set", o->set, "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_flag("--classes", o->classes, "list the classes of the library instead");
  command->add_flag("--attributes", o->attributes,
                    "with --classes: perform each, and hold what is measured against its card");
  command->add_flag("--print", o->print,
                    "print the resolved recipe, in SI units: a recipe again; as JSON with --json");
  command->add_option("--jobs", o->jobs, "threads the time is estimated for")
      ->check(CLI::Range(1, 100000));
  command->add_flag("--quick", o->quick, "leave out size and time, for which recordings are made");
  command->add_flag("--json", o->json, "print the plan as JSON");
  command->callback([o, &chosen] { chosen = [o] { return show(*o); }; });
}

}  // namespace wrist::cli
