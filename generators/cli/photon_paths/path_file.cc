// SPDX-License-Identifier: Apache-2.0
#include "generators/cli/photon_paths/path_file.h"

#include <cstdio>
#include <sstream>

#include "generators/cli/terminal.h"
#include "sim/base/portable_math.h"

namespace wrist::cli {
namespace {

constexpr double kPerMillimetre = 1e3, kSquareMillimetre = 1e-6;  // 1/m, m2
constexpr std::array<const char*, kPathColumns> kColumns = {
    "detected", "epidermis", "papillary", "reticular", "plexus", "fat", "muscle"};

std::string number(const char* format, double value) {
  char text[32];
  std::snprintf(text, sizeof text, format, value);
  return text;
}

std::string joined(const std::vector<double>& values, const char* format, std::size_t per_line) {
  std::string text;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) text += i % per_line == 0 ? ",\n   " : ", ";
    text += number(format, values[i]);
  }
  return text;
}

void write_comments(std::ostream& out, const PathRun& run, std::uint64_t seed) {
  const PathRunSpec& s = run.spec;
  out << "# SPDX-License-Identifier: Apache-2.0\n# Photon paths of "
      << number("%g", s.skin.wavelength_nm)
      << " nm light in the skin of the wrist, by source-detector distance and melanin.\n#\n"
      << "# Layered Monte Carlo by `photon_paths`: " << s.photons << " photons, seed " << seed
      << "; the melanin levels share their\n# trajectories. Tissue inputs with their sources: "
         "sensor_models/optical/photons/skin.cc.\n# Fat "
      << number("%g", s.skin.fat_thickness * kPerMillimetre) << " mm; refractive index "
      << number("%g", kSkinIndex) << ", above it " << number("%g", s.skin.index_above)
      << ". Source: a Lambertian disc of " << number("%g", s.source_radius * kPerMillimetre)
      << " mm radius;\n# detector: every photon that leaves with a sine of the angle in air up to "
      << number("%g", s.acceptance) << ".\n# Relative standard error of detected_per_mm2, %, "
      << "lightest level, by rho:\n#   ";
  std::vector<double> errors;
  for (std::size_t i = 1; i <= path_table(run).rho.size(); ++i)
    errors.push_back(100 * run.cells[0][i].detected.error / run.cells[0][i].detected.value);
  out << joined(errors, "%.2g", errors.size())
      << "\n#\n# detected_per_mm2: detected weight per launched photon and mm2 of detector; "
         "[melanin][rho].\n# path_mm: mean partial path of the detected light in the six layers; "
         "[melanin][rho][layer].\n";
}

void write_paths(std::ostream& out, const PathTable& table) {
  out << "path_mm = [\n";
  for (const auto& level : table.path) {
    out << "  [\n";
    for (std::size_t i = 0; i < level.size(); ++i) {
      std::vector<double> mm;
      for (const double metres : level[i]) mm.push_back(metres * kPerMillimetre);
      out << "    [" << joined(mm, "%.3f", mm.size()) << "],  # rho "
          << number("%.2f", table.rho[i] * kPerMillimetre) << '\n';
    }
    out << "  ],\n";
  }
  out << "]\n";
}

std::string percent(double share) { return number("%.2f", 100 * share); }

}  // namespace

std::string path_file(const PathRun& run, std::uint64_t seed) {
  const PathTable table = path_table(run);
  std::ostringstream out;
  write_comments(out, run, seed);
  std::vector<double> rho;
  for (const double metres : table.rho) rho.push_back(metres * kPerMillimetre);
  out << "wavelength_nm = " << number("%.1f", table.wavelength_nm) << "\nmelanosome_fraction = ["
      << joined(table.melanosome_fraction, "%.2f", table.melanosome_fraction.size())
      << "]  # of the epidermis\nrho_mm = [" << joined(rho, "%.2f", 10)
      << "]\ndetected_per_mm2 = [\n";
  for (const std::vector<double>& level : table.log_detected) {
    std::vector<double> detected;
    for (const double log : level) detected.push_back(portable::exp(log) * kSquareMillimetre);
    out << "  [" << joined(detected, "%.3e", 7) << "],\n";
  }
  out << "]\n";
  write_paths(out, table);
  return out.str();
}

std::string path_text(const PathRun& run) {
  std::vector<std::string> head = {"rho mm", "per mm2", "error %"};
  head.insert(head.end(), kColumns.begin() + 1, kColumns.end());
  TextTable text(head, std::vector<bool>(head.size(), true));
  for (std::size_t i = 0; i < run.rho.size(); ++i) {
    const PathCell& cell = run.cells[0][i];
    if (cell.detected.value <= 0) continue;
    std::vector<std::string> row = {number("%.2f", run.rho[i] * kPerMillimetre),
                                    number("%.3e", cell.detected.value * kSquareMillimetre),
                                    percent(cell.detected.error / cell.detected.value)};
    for (const Estimate& path : cell.path)
      row.push_back(number("%.3f", path.value * kPerMillimetre));
    text.add(row);
  }
  return text.text("  ");
}

std::string check_text(const PathRun& run, const std::vector<ColumnCheck>& columns) {
  TextTable cells(
      {"melanin", "rho mm", "table per mm2", "run", "difference %", "error %", "in errors"},
      std::vector<bool>(7, true));
  TextTable sums({"melanin", "column", "cells", "run / table", "error", "chi2", "as normal",
                  "worst cell", "at mm"},
                 {true, false, true, true, true, true, true, true, true});
  for (const ColumnCheck& c : columns) {
    const std::string level = number("%.2f", run.spec.melanosome_fraction[c.melanin]);
    for (const CellCheck& cell : c.column == 0 ? c.cells : std::vector<CellCheck>())
      cells.add({level, number("%.2f", cell.rho * kPerMillimetre), number("%.3e", cell.table),
                 number("%.3e", cell.run), percent(cell.run / cell.table - 1),
                 percent(cell.error / cell.table), number("%+.2f", cell.deviation())});
    if (c.cells.empty()) continue;
    sums.add({level, kColumns[c.column], std::to_string(c.cells.size()),
              number("%.4f", c.ratio.value), number("%.4f", c.ratio.error),
              number("%.1f", c.chi_square), number("%+.2f", c.chi_deviation),
              number("%+.2f", c.worst.deviation()), number("%.2f", c.worst.rho * kPerMillimetre)});
  }
  return cells.text("  ") + "\n" + sums.text("  ");
}

}  // namespace wrist::cli
