// SPDX-License-Identifier: Apache-2.0
#include "generators/compare.h"

#include <cstdio>
#include <iostream>
#include <memory>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

struct Options {
  std::string a, b, tolerance;
  bool json = false, all = false;
};

std::string text_of(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text;
}

// Every dataset that is not the same to the bit, or all of them.
void print_table(const Comparison& c, bool all) {
  TextTable table({"dataset", "values", "different", "largest", ""},
                  {false, true, true, true, false});
  bool any = false;
  for (const DatasetSummary& s : c.datasets) {
    if (!all && s.equal && s.different == 0) continue;
    any = true;
    table.add({s.dataset, std::to_string(s.values), std::to_string(s.different), text_of(s.largest),
               s.equal ? (s.different > 0 ? "within" : "equal") : "DIFFERS"});
  }
  if (any) std::cout << table.text("  ");
}

int run_compare(const Options& o) {
  std::optional<CompareTolerance> tolerance;
  if (!o.tolerance.empty()) tolerance = read_tolerance(o.tolerance);
  const Comparison c = compare(o.a, o.b, tolerance);
  const bool equal = c.differences.empty();
  if (o.json) {
    std::cout << to_json(c) << '\n';
  } else {
    print_table(c, o.all);
    std::cout << (equal ? (tolerance ? "within the tolerance: " : "equal: ") : "different: ")
              << c.files << " files, " << c.recordings << " recordings in both, "
              << c.datasets.size() << " datasets\n";
  }
  if (equal) return 0;
  std::cerr << "wristsim: " << to_text(c.differences.front()) << '\n';
  return static_cast<int>(ErrorKind::check_failed);
}

}  // namespace

void add_compare(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "compare",
      "Says whether two shards, fixtures or datasets hold the same; exits 1 at a difference.\n\n"
      "  wristsim compare out/yesterday out/today\n"
      "  wristsim compare here there --tolerance assets/fixtures/tolerance.toml\n"
      "  wristsim compare here there --json\n");
  command->add_option("a", o->a, "shard, or folder of shards")->required();
  command->add_option("b", o->b, "shard, or folder of shards")->required();
  command->add_option("--tolerance", o->tolerance, "TOML: how far each channel may be apart");
  command->add_flag("--all", o->all, "list equal datasets too");
  command->add_flag("--json", o->json, "print JSON");
  command->callback([o, &chosen] { chosen = [o] { return run_compare(*o); }; });
}

}  // namespace wrist::cli
