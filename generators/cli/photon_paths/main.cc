// SPDX-License-Identifier: Apache-2.0
// Makes the photon path tables of assets/optics anew, or says how far one is from a run of its own.
#include <CLI/CLI.hpp>
#include <iostream>

#include "generators/assets_internal.h"
#include "generators/cli/photon_paths/path_file.h"
#include "generators/dataset_commit.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"

namespace {

using namespace wrist;

constexpr double kMillimetre = 1e-3;  // m
// Of two hundred cells one lies beyond 4 standard errors in every hundredth honest run.
constexpr double kLimit = 5;
constexpr const char* kHelp =
    "Photon paths through the skin of the wrist, by Monte Carlo.\n\n"
    "  photon_paths --wavelength 525                            prints what it finds\n"
    "  photon_paths --check assets/optics/525.toml              exit code 1 if it finds otherwise\n"
    "  photon_paths --wavelength 940 -o assets/optics/940.toml  makes the file anew\n";

struct Options {
  double wavelength_nm = 0, fat_mm = 2.5, acceptance = 0.94;
  double photons = 1e6, table_photons = 0;
  double limit = kLimit;
  std::uint64_t seed = 1;
  int jobs = hardware_jobs();
  std::string surface = "matched", check, out;
};

// Photons behind the shipped tables, as their comments say.
double shipped_photons(double wavelength_nm) { return wavelength_nm == 525 ? 12e6 : 6e6; }

PathTable read_table(const std::string& file) {
  const toml::table parsed = parse_toml_file(file);
  const TomlTable table(parsed, file);
  PathTable paths = read_path_table(table);
  table.finish();
  return paths;
}

PathRun trace(const Options& o, double wavelength_nm) {
  constexpr double kAir = 1;
  PathRunSpec spec;
  spec.skin.wavelength_nm = wavelength_nm;
  spec.skin.fat_thickness = o.fat_mm * kMillimetre;
  spec.skin.index_above = o.surface == "air" ? kAir : kSkinIndex;
  spec.acceptance = o.acceptance;
  spec.photons = static_cast<std::int64_t>(o.photons);
  return trace_paths(spec, Rng(o.seed) / "photon_paths", o.jobs);
}

int run_check(const Options& o) {
  const PathTable table = read_table(o.check);
  const double wavelength = table.wavelength_nm;
  require(o.wavelength_nm == 0 || o.wavelength_nm == wavelength, ErrorKind::usage,
          o.check + ": wavelength_nm: expected " + std::to_string(o.wavelength_nm) + ", found " +
              std::to_string(wavelength));
  const PathRun run = trace(o, wavelength);
  const double behind = o.table_photons > 0 ? o.table_photons : shipped_photons(wavelength);
  const std::vector<ColumnCheck> columns = check_table(run, table, behind);
  const bool fine = agrees(columns, o.limit);
  std::cout << cli::check_text(run, columns) << '\n'
            << o.check << (fine ? ": agrees within " : ": differs by more than ") << o.limit
            << " standard errors\n";
  return fine ? 0 : static_cast<int>(ErrorKind::check_failed);
}

int run(const Options& o) {
  if (!o.check.empty()) return run_check(o);
  require(o.wavelength_nm > 0, ErrorKind::usage,
          "photon_paths: expected --wavelength or --check, found neither");
  const PathRun paths = trace(o, o.wavelength_nm);
  if (o.out.empty()) {
    std::cout << cli::path_text(paths);
  } else {
    write_text_file(o.out, cli::path_file(paths, o.seed));
    std::cout << o.out << '\n';
  }
  return 0;
}

void add_options(CLI::App& app, Options& o) {
  app.add_option("--wavelength", o.wavelength_nm, "nm: 525, 660, 850 or 940");
  app.add_option("--photons", o.photons, "how many; a million take 6 to 11 s on a core")
      ->check(CLI::Range(1., 1e12));
  app.add_option("--jobs", o.jobs, "threads; they show in nothing but the time")
      ->check(CLI::PositiveNumber);
  app.add_option("--seed", o.seed, "of all random numbers");
  app.add_option("--fat", o.fat_mm, "thickness of the fat, mm")->check(CLI::PositiveNumber);
  app.add_option("--surface", o.surface, "matched: nothing is reflected; air: Fresnel")
      ->check(CLI::IsMember({"matched", "air"}));
  app.add_option("--acceptance", o.acceptance, "largest sine of the angle in air that is detected");
  auto* check = app.add_option("--check", o.check, "compare with this table");
  app.add_option("--table-photons", o.table_photons,
                 "photons behind that table (default: 12e6 for 525 nm, else 6e6, as shipped)")
      ->needs(check);
  app.add_option("--limit", o.limit, "standard errors a difference may have")
      ->needs(check)
      ->check(CLI::PositiveNumber);
  app.add_option("-o,--out", o.out, "write a table to this file")->excludes(check);
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  CLI::App app(kHelp, "photon_paths");
  add_options(app, options);
  try {
    app.parse(argc, argv);
    return run(options);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    app.exit(error, std::cerr, std::cerr);
    return static_cast<int>(ErrorKind::usage);
  } catch (const Error& error) {
    std::cerr << "photon_paths: " << error.what() << '\n';
    return static_cast<int>(error.kind());
  } catch (const std::exception& error) {
    std::cerr << "photon_paths: internal error: " << error.what() << '\n';
    return static_cast<int>(ErrorKind::internal);
  }
}
