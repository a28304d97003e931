// SPDX-License-Identifier: Apache-2.0
#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/evaluation/stress_suite.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist::cli {
namespace {

using namespace evaluation;

struct Options {
  StressOptions stress;
  bool json = false, list = false;
};

std::string steps_of(const StressSpec& spec) {
  std::string steps;
  for (const StressSeverity& s : spec.severities) steps += (steps.empty() ? "" : ", ") + s.says;
  return steps;
}

int list(const std::vector<StressSpec>& specs, bool as_json) {
  nlohmann::json all = nlohmann::json::array();
  TextTable t({"corruption", "severities", "what"}, {false, false, false});
  for (const StressSpec& spec : specs) {
    t.add({spec.name, steps_of(spec), spec.title});
    nlohmann::json severities = nlohmann::json::array();
    for (const StressSeverity& s : spec.severities)
      severities.push_back({{"says", s.says}, {"set", s.set}});
    all.push_back({{"name", spec.name},
                   {"title", spec.title},
                   {"source", spec.source},
                   {"context", spec.context},
                   {"touches", spec.touches},
                   {"severities", severities}});
  }
  std::cout << (as_json ? all.dump(2) + "\n" : t.text(""));
  return 0;
}

void print(const StressReport& report, const std::string& out) {
  TextTable t({"part", "windows", "what", ""}, {false, true, false, false});
  for (const StressReport::Part& p : report.parts)
    t.add({p.made.name, std::to_string(p.windows), p.made.says, p.skipped ? "(was complete)" : ""});
  std::cout << t.text("") << out << ": " << report.set_id << ", complete\n";
}

int run_stress(Options o) {
  const Assets assets = load_assets(find_assets());
  if (o.list) return list(stress_specs(assets), o.json);
  for (const auto& [given, name] :
       {std::pair(&o.stress.recipe, "RECIPE"), std::pair(&o.stress.out, "--out")})
    require(!given->empty(), ErrorKind::usage, std::string(name) + " is required");
  o.stress.stop = interrupted;
  o.stress.progress = [](const std::string& part, std::int64_t done, std::int64_t total) {
    if (done == total) std::cerr << part << ": " << total << " recordings\n";
  };
  interrupted();  // from here on Ctrl-C and SIGTERM end the run cleanly
  const StressReport report = make_stress(o.stress, assets);
  if (o.json)
    std::cout << to_json(report) << '\n';
  else
    print(report, o.stress.out.string());
  return 0;
}

}  // namespace

void add_stress(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  o->stress.jobs = hardware_jobs();
  CLI::App* command = app.add_subcommand(
      "stress",
      "Makes a robustness suite: a recipe, and clean twins of it under corruptions of rising "
      "severity.\n\n"
      "  wristsim stress --list\n"
      "  wristsim stress assets/recipes/stress.toml --out out/stress\n"
      "  wristsim stress R.toml --out DIR --corruptions loss,roll --severities 1,3,5\n"
      "  wristsim score --set out/stress/answers --predictions mine.csv\n");
  command->add_option("recipe", o->stress.recipe, "recipe of the clean side, TOML");
  command->add_option("--out", o->stress.out, "folder of the suite; finished shards are kept");
  command->add_option("--corruptions", o->stress.choice.names, "of assets/stress; else all")
      ->delimiter(',');
  command->add_option("--severities", o->stress.choice.severities, "1 to 5; else all")
      ->delimiter(',');
  command->add_option("--set", o->stress.set,
                      "replace a key of the recipe, KEY=VALUE; may be repeated");
  command->add_option("--jobs", o->stress.jobs, "threads; the data are the same for any number")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--list", o->list, "list the corruptions and make nothing");
  command->add_flag("--json", o->json, "print the list, or set.json");
  command->callback([o, &chosen] { chosen = [o] { return run_stress(*o); }; });
}

}  // namespace wrist::cli
