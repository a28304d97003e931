// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <iostream>
#include <memory>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/evaluation/evaluation_set.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace wrist::cli {
namespace {

using namespace evaluation;

struct Options {
  std::string spec, out, audit;
  std::vector<std::string> disjoint_by;
  std::vector<std::string> set;
  int jobs = hardware_jobs();
  bool force = false, json = false;
};

void print(const MadeSet& made, const std::string& out) {
  TextTable sides({"side", "recordings", "hours", ""}, {false, true, true, false});
  for (const MadeSet::Side& s : made.sides) {
    char hours[16];
    std::snprintf(hours, sizeof hours, "%.2f", s.hours);
    sides.add({s.name, std::to_string(s.recordings), hours, out + "/" + s.folder});
  }
  std::cout << sides.text("");
  for (const Fold& f : made.folds)
    std::cout << "fold " << f.number << ": " << f.seen.size() << " seen, "
              << f.unseen_validation.size() << " unseen for choosing, " << f.unseen_test.size()
              << " unseen for the test\n";
  std::cout << made.classes << " classes, " << made.windows << " windows of the test side in "
            << out << "/test, " << made.clients << " clients\n"
            << "score with: wristsim score --set " << out << "/answers/fold-0 --predictions FILE\n";
}

int run_audit(const Options& o) {
  AuditOptions options;
  options.disjoint_by = o.disjoint_by;
  options.stop = interrupted;
  const AuditReport report = audit(o.audit, options);
  if (o.json) std::cout << audit_json(report) << '\n';
  require_no_leak(report);
  if (!o.json) std::cout << o.audit << ": no leak found\n";
  return 0;
}

int run_evalset(const Options& o) {
  interrupted();  // from here on Ctrl-C ends the run cleanly
  if (!o.audit.empty()) return run_audit(o);
  require(!o.spec.empty() && !o.out.empty(), ErrorKind::usage,
          "evalset: expected SPEC --out DIR, or --audit DIR");
  const Assets assets = load_assets(find_assets());
  const SetSpec spec = read_set_spec(o.spec, o.set, assets);
  std::string now;
  SetOptions options{o.out, o.jobs, o.force, {}, interrupted};
  options.progress = [&now](const std::string& side, const Progress& p) {
    if (side != now) std::cerr << side << ": " << p.total << " recordings\n";
    now = side;
  };
  const MadeSet made = make_evaluation_set(spec, assets, options);
  if (o.json)
    std::cout << to_json(made) << '\n';
  else
    print(made, o.out);
  return 0;
}

}  // namespace

void add_evalset(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "evalset",
      "Makes an evaluation set: seen and unseen classes, answers apart, audited for leaks.\n\n"
      "  wristsim evalset assets/evaluation/default.toml --out out/evalset\n"
      "  wristsim evalset assets/evaluation/default.toml --out DIR --set daily.recordings=600\n"
      "  wristsim evalset --audit out/evalset --json\n"
      "  wristsim score --set out/evalset/answers/fold-0 --predictions mine.csv\n");
  command->add_option("spec", o->spec, "what it is made of, TOML");
  command->add_option("--out", o->out, "folder of the set; finished shards are kept");
  command->add_option("--set", o->set,
                      "replace a key, KEY=VALUE, or one of a side's recipe, SIDE.KEY=VALUE");
  command->add_option("--audit", o->audit, "instead, look for leaks in the set of this folder");
  command->add_option("--disjoint-by", o->disjoint_by,
                      "strap, watch: with --audit, must not be common to train and test");
  command->add_option("--jobs", o->jobs, "threads; the data are the same for any number")
      ->check(CLI::Range(1, 1024));
  command->add_flag("--force", o->force, "make every shard anew, also those another recipe made");
  command->add_flag("--json", o->json, "print set.json");
  command->callback([o, &chosen] { chosen = [o] { return run_evalset(*o); }; });
}

}  // namespace wrist::cli
