// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <iostream>
#include <memory>

#include "generators/cli/commands.h"
#include "generators/cli/terminal.h"
#include "generators/dataset_commit.h"
#include "generators/pages/allan_plot.h"
#include "generators/report/text.h"
#include "sim/base/error.h"

namespace wrist::cli {
namespace {

namespace fs = std::filesystem;
using namespace report;

struct Options {
  std::string path, plot, part, name;
  std::int64_t sequence = -1;
  RealRecordingOptions real;
  bool json = false;
};

bool is_dataset(const fs::path& path) {
  return fs::is_directory(path) || path.extension() == ".h5";
}

RestRecording read(const Options& o) {
  if (!is_dataset(o.path)) {
    require(o.sequence < 0, ErrorKind::usage, "allan: --sequence is of a shard, not of a CSV");
    return read_rest_csv(o.path, o.real);
  }
  require(o.real.accel_unit.empty() && o.real.gyro_unit.empty() && o.real.rate_hz == 0,
          ErrorKind::usage, "allan: units and rate are of a CSV; a shard has its own");
  return read_rest_shard(o.path, std::max<std::int64_t>(0, o.sequence));
}

std::string figure(const AllanTerm& t, double unit_si) {
  if (!t.determined) return "< " + in_digits(t.at_most / unit_si);
  return in_digits(t.value / unit_si) + " +- " + in_digits(t.sd / unit_si);
}

std::string one_sided(const AllanAxis& a) {
  const AllanTerm& n = a.fit.white;
  if (n.determined) return in_digits(one_sided_density(a) / a.units->density_si);
  return "< " + in_digits(std::sqrt(2.) * n.at_most / a.units->density_si);
}

// The logarithm of the deviation over that of the averaging time.
std::string sketch(const AllanAxis& a) {
  Series logs(std::ssize(a.points));
  for (Index i = 0; i < logs.size(); ++i)
    logs[i] = std::log10(std::max(1e-300, a.points[static_cast<std::size_t>(i)].deviation));
  const int width = static_cast<int>(std::min<Index>(24, logs.size()));
  return sparkline(logs, width, logs.minCoeff(), logs.maxCoeff());
}

void print_sensor(const AllanReport& r, const AllanUnits& u) {
  TextTable table({u.name, std::string("density ") + u.density, "N", std::string("B ") + u.bias,
                   std::string("K ") + u.walk, "minimum", "at s", "/0.664", "slope",
                   "deviation over time, log"},
                  {false, true, true, true, true, true, true, true, true, false});
  bool any = false;
  for (const AllanAxis& a : r.axes) {
    if (a.units != &u) continue;
    any = true;
    table.add({std::string(1, a.axis), one_sided(a), figure(a.fit.white, u.density_si),
               figure(a.fit.flicker, u.bias_si), figure(a.fit.walk, u.walk_si),
               in_digits(a.fit.minimum.deviation / u.bias_si), in_digits(a.fit.minimum.tau_s),
               in_digits(minimum_over_flat(a) / u.bias_si), in_digits(a.fit.slope), sketch(a)});
  }
  if (any) std::cout << '\n' << table.text("  ");
}

void print_rare_terms(const AllanReport& r) {
  for (const AllanAxis& a : r.axes) {
    const std::string name = std::string("  ") + a.units->name + " " + a.axis;
    if (a.fit.ramp.value > 0)
      std::cout << name << ": ramp R " << in_digits(a.fit.ramp.value / a.units->bias_si) << " +- "
                << in_digits(a.fit.ramp.sd / a.units->bias_si) << ' ' << a.units->bias << "/s\n";
    if (a.fit.quantisation.value > 0)
      std::cout << name << ": quantisation Q " << in_digits(a.fit.quantisation.value) << " +- "
                << in_digits(a.fit.quantisation.sd) << ' ' << a.units->si << " s\n";
  }
}

void print(const AllanReport& r) {
  std::cout << r.source << ": " << in_time(r.seconds) << " at " << in_rate(r.rate_hz) << " Hz\n";
  print_sensor(r, accel_units());
  print_sensor(r, gyro_units());
  print_rare_terms(r);
  std::cout << "\n  density: one-sided, as data sheets give it, sqrt 2 N. N, B, K: fitted, with "
               "their standard error;\n  \"<\": not determined, two standard errors above. "
               "/0.664: what the minimum alone would give for B.\n";
  if (!r.notes.empty()) std::cout << '\n';
  for (const std::string& note : r.notes) std::cout << "  " << note << '\n';
}

void write_plot(const AllanReport& r, const fs::path& file) {
  const std::string kind = file.extension().string();
  require(kind == ".svg" || kind == ".html", ErrorKind::usage,
          "--plot: expected a name that ends in .svg or .html, found \"" + file.string() + "\"");
  write_text_file(file, kind == ".svg" ? allan_svg(r) : allan_page(r));
  std::cerr << file.string() << ": the plot\n";
}

void write_part(const AllanReport& r, const Options& o) {
  const std::string name = o.name.empty() ? fs::path(o.part).stem().string() : o.name;
  write_text_file(o.part, to_part(r, name));
  std::cerr << o.part << ": the part\n";
}

int allan(const Options& o) {
  const AllanReport r = allan_report(read(o));
  if (!o.plot.empty()) write_plot(r, o.plot);
  if (o.json)
    std::cout << to_json(r) << '\n';
  else
    print(r);
  if (!o.part.empty()) write_part(r, o);
  return 0;
}

}  // namespace

void add_allan(CLI::App& app, Chosen& chosen) {
  auto o = std::make_shared<Options>();
  CLI::App* command = app.add_subcommand(
      "allan",
      "Reads noise density, bias instability and random walk off a recording at rest.\n\n"
      "  wristsim allan table.csv                        a device that lay on a table for long\n"
      "  wristsim allan table.csv --plot allan.svg --part assets/parts/mine.toml\n"
      "  wristsim allan table.csv --accel-unit g --gyro-unit deg/s --rate 100\n"
      "  wristsim allan out/quickstart --sequence 3 --json\n");
  command->add_option("path", o->path, "CSV, shard or folder of shards")->required();
  command->add_option("--sequence", o->sequence, "which recording of a shard, from 0");
  command->add_option("--plot", o->plot, "the plot to write, .svg or .html");
  command->add_option("--part", o->part, "the part file to write, TOML");
  command->add_option("--name", o->name, "of that part; else as the file");
  add_csv_options(*command, o->real);
  command->add_flag("--json", o->json, "print every figure and point as JSON");
  command->callback([o, &chosen] { chosen = [o] { return allan(*o); }; });
}

}  // namespace wrist::cli
