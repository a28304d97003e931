// SPDX-License-Identifier: Apache-2.0
#include "generators/report/report.h"

#include <iostream>
#include <memory>
#include <nlohmann/json.hpp>

#include "generators/assets.h"
#include "generators/cli/commands.h"
#include "generators/dataset_read.h"
#include "generators/pages/page.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string path, out;
  std::vector<std::string> against;
  RealRecordingOptions real;
  bool json = false;
};

// "walk=FILE" says what the file shows; a file whose own name holds "=" is a file.
RealRecording read_real(const std::string& argument, const RealRecordingOptions& options) {
  const std::size_t equals = argument.find('=');
  if (equals == std::string::npos || fs::exists(argument))
    return read_recording_csv(argument, options);
  RealRecordingOptions named = options;
  named.class_name = argument.substr(0, equals);
  return read_recording_csv(argument.substr(equals + 1), named);
}

int report(const Options& o) {
  require(o.json || !o.out.empty(), ErrorKind::usage, "report: expected -o PAGE, or --json");
  std::vector<RealRecording> against;
  for (const std::string& argument : o.against) against.push_back(read_real(argument, o.real));
  const std::string data = dataset_report(find_shards(o.path), against);
  if (!o.out.empty()) write_page(find_assets() / "viewer" / "report.html", data, o.out);
  if (o.json)
    std::cout << data << '\n';
  else
    std::cout << o.out << "  " << format_bytes(static_cast<double>(fs::file_size(o.out)))
              << ", opens in any browser\n";
  return 0;
}

}  // namespace

void add_csv_options(CLI::App& command, RealRecordingOptions& csv) {
  command.add_option("--accel-unit", csv.accel_unit,
                     "of the CSV's accelerometer: m/s2, g or mg; else inferred");
  command.add_option("--gyro-unit", csv.gyro_unit,
                     "of the CSV's gyroscope: rad/s or deg/s; else inferred");
  command.add_option("--rate", csv.rate_hz, "Hz of a CSV without a time column")
      ->check(CLI::PositiveNumber);
}

void add_report(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "report",
      "Makes a page about a dataset: classes, people, spectra, noise, strap, light, splits.\n\n"
      "  wristsim report out/quickstart -o report.html\n"
      "  wristsim report out/quickstart -o report.html --against walk=mine.csv other.csv\n"
      "  wristsim report out/quickstart --json\n");
  command->add_option("path", o->path, "shard or folder of shards")->required();
  command->add_option("-o,--out", o->out, "the page to write");
  command->add_option("--against", o->against,
                      "real recordings to lay over it: CSV, or CLASS=CSV where it has no labels");
  add_csv_options(*command, o->real);
  command->add_flag("--json", o->json, "print the report as JSON");
  command->callback([o, &chosen] { chosen = [o] { return report(*o); }; });
}

}  // namespace wrist::cli
