// SPDX-License-Identifier: Apache-2.0
/// The subcommands of wristsim: each adds itself to the command line and says what it does when chosen.
///
/// Results go to stdout, everything else to stderr. A command returns its exit code or throws Error.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace wrist {
struct Assets;
struct RealRecordingOptions;
struct Recipe;
}  // namespace wrist

namespace wrist::cli {

/// What the chosen subcommand runs; set by its callback.
using Chosen = std::function<int()>;

void add_allan(CLI::App& app, Chosen& chosen);
void add_evalset(CLI::App& app, Chosen& chosen);
void add_export(CLI::App& app, Chosen& chosen);
void add_generate(CLI::App& app, Chosen& chosen);
void add_inspect(CLI::App& app, Chosen& chosen);
void add_clips(CLI::App& app, Chosen& chosen);
void add_compare(CLI::App& app, Chosen& chosen);
void add_fixture(CLI::App& app, Chosen& chosen);
void add_imu(CLI::App& app, Chosen& chosen);
void add_judge(CLI::App& app, Chosen& chosen);
void add_merge(CLI::App& app, Chosen& chosen);
void add_plan(CLI::App& app, Chosen& chosen);
void add_report(CLI::App& app, Chosen& chosen);
void add_score(CLI::App& app, Chosen& chosen);
void add_stress(CLI::App& app, Chosen& chosen);
void add_validate(CLI::App& app, Chosen& chosen);
void add_view(CLI::App& app, Chosen& chosen);

/// What a recipe will make, as one JSON object; with an estimate of size and time, for which some
/// recordings are made now.
std::string plan_json(const Recipe& recipe, const Assets& assets, int jobs, bool with_estimate);

/// Options for reading a user's CSV: units and rate where they are not to be inferred.
void add_csv_options(CLI::App& command, RealRecordingOptions& csv);

/// Whether to stop: Ctrl-C, or a scheduler's SIGTERM. Installs the handler at the first call.
bool interrupted();
/// Whether it was SIGTERM, after which the same command may be tried again.
bool terminated();

/// "4.2 MB", "3 min 20 s".
std::string format_bytes(double bytes);
std::string format_duration(double seconds);

}  // namespace wrist::cli
