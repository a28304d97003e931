// SPDX-License-Identifier: Apache-2.0
#include "generators/validate.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/cli/commands.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

struct Options {
  std::string path;
  std::size_t most = 20;
  bool json = false;
};

int run(const Options& o) {
  interrupted();  // from here on Ctrl-C ends it cleanly
  const Validation v = validate(o.path, {o.most, interrupted});
  const Problems& problems = v.problems;
  if (o.json) {
    std::cout << nlohmann::json{{"path", o.path},
                                {"valid", problems.count() == 0},
                                {"shards", v.shards},
                                {"sequences", v.sequences},
                                {"manifest", v.manifest},
                                {"count", problems.count()},
                                {"problems", problems.first()}}
                     .dump(2)
              << '\n';
  } else {
    for (const std::string& text : problems.first()) std::cout << text << '\n';
    if (problems.count() > std::ssize(problems.first()))
      std::cout << "and " << problems.count() - std::ssize(problems.first()) << " more\n";
    std::cout << o.path << ": " << v.shards << " shards, " << v.sequences << " recordings, "
              << (v.manifest ? "" : "not merged, ")
              << (problems.count() == 0 ? "valid" : std::to_string(problems.count()) + " problems")
              << '\n';
  }
  return problems.count() == 0 ? 0 : static_cast<int>(ErrorKind::check_failed);
}

}  // namespace

void add_validate(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "validate",
      "Checks every value of a dataset: hashes, ranges, clocks, labels against events, windows,\n"
      "splits, and the manifest if there is one. Exits 1 with a list if anything is wrong.\n\n"
      "  wristsim validate out/quickstart\n"
      "  wristsim validate out/big --json\n"
      "  wristsim validate out/big/shard-00003-of-00064.h5\n");
  command->add_option("path", o->path, "folder of a dataset, or one shard")->required();
  command->add_option("--most", o->most, "problems to list [20]");
  command->add_flag("--json", o->json, "print what was found as JSON");
  command->callback([o, &chosen] { chosen = [o] { return run(*o); }; });
}

}  // namespace wrist::cli
