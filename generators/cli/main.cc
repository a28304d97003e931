// SPDX-License-Identifier: Apache-2.0
// The command line: parses, runs the chosen subcommand, and turns an Error into one line and a
// code.
#include <malloc.h>

#include <csignal>
#include <exception>
#include <iostream>
#include <new>

#include "generators/cli/commands.h"
#include "generators/run.h"
#include "generators/toml_internal.h"
#include "sim/base/error.h"

namespace {

using wrist::cli::Chosen;

constexpr int kUsage = 2, kInternal = 70;

// CLI11 says only that a subcommand is required: find the word that was meant.
void suggest(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  const std::string word = argv[1];
  for (const std::string& name : names)
    if (word == name) return;
  if (const auto hint = wrist::closest(word, names))
    std::cerr << "wristsim: there is no command \"" << word << "\"; did you mean " << *hint
              << "?\n";
}

int run(CLI::App& app, const Chosen& chosen, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    if (chosen) return chosen();
    std::cout << "wristsim turns human motion into what a watch on the wrist would record.\n\n"
                 "  wristsim generate assets/recipes/quickstart.toml --out out/quickstart\n"
                 "  wristsim inspect out/quickstart\n"
                 "  wristsim --help\n";
    return 0;
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    suggest(app, argc, argv);
    app.exit(error, std::cerr, std::cerr);
    return kUsage;
  } catch (const wrist::Error& error) {
    std::cerr << "wristsim: " << error.what() << '\n';
    const bool again = error.kind() == wrist::ErrorKind::interrupted && wrist::cli::terminated();
    return static_cast<int>(again ? wrist::ErrorKind::try_again : error.kind());
  } catch (const std::bad_alloc&) {
    std::cerr << "wristsim: out of memory\n";
    return kInternal;
  } catch (const std::exception& error) {
    std::cerr << "wristsim: internal error: " << error.what() << '\n';
    return kInternal;
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit is an error to report, not a death
  // Recordings are made of arrays of megabytes: give them back to us, not to the system.
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
  CLI::App app("Physics-based wrist simulator and synthetic sensor-data generator", "wristsim");
  app.set_version_flag("--version", "wristsim " + wrist::version() + " (" + wrist::commit() + ")");
  Chosen chosen;
  wrist::cli::add_generate(app, chosen);
  wrist::cli::add_merge(app, chosen);
  wrist::cli::add_stress(app, chosen);
  wrist::cli::add_validate(app, chosen);
  wrist::cli::add_inspect(app, chosen);
  wrist::cli::add_view(app, chosen);
  wrist::cli::add_report(app, chosen);
  wrist::cli::add_clips(app, chosen);
  wrist::cli::add_plan(app, chosen);
  wrist::cli::add_judge(app, chosen);
  wrist::cli::add_fixture(app, chosen);
  wrist::cli::add_compare(app, chosen);
  wrist::cli::add_allan(app, chosen);
  wrist::cli::add_imu(app, chosen);
  wrist::cli::add_evalset(app, chosen);
  wrist::cli::add_export(app, chosen);
  wrist::cli::add_score(app, chosen);
  return run(app, chosen, argc, argv);
}
