// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/path_check.h"

#include <cmath>
#include <string>

#include "sim/base/error.h"
#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr double kEnoughPhotons = 400;  // for a sum of unequal weights to be near normal
constexpr double kSameDistance = 1e-6;  // m
constexpr double kPathStep = 1e-6;      // m; rounding of paths in the assets
constexpr double kFigures = 4;          // of the detected share
constexpr double kUniformVariance = 1. / 12;

double rounding_variance(double value) {
  const double step = std::pow(10, std::floor(std::log10(value)) - (kFigures - 1));
  return step * step * kUniformVariance;
}

// `inflation`: variance of run less table over variance of the run.
CellCheck detected_cell(const PathCell& cell, double log_detected, double inflation) {
  constexpr double kSquareMillimetre = 1e-6;  // m2
  CellCheck check;
  check.table = portable::exp(log_detected) * kSquareMillimetre;
  check.run = cell.detected.value * kSquareMillimetre;
  const double error = cell.detected.error * kSquareMillimetre;
  check.error = std::sqrt(error * error * inflation + rounding_variance(check.table));
  return check;
}

CellCheck path_cell(const Estimate& own, double path, double inflation) {
  CellCheck check;
  check.table = path;
  check.run = own.value;
  check.error =
      std::sqrt(own.error * own.error * inflation + kPathStep * kPathStep * kUniformVariance);
  return check;
}

std::size_t ring_at(const PathRun& run, double rho) {
  for (std::size_t i = 0; i < run.rho.size(); ++i)
    if (std::abs(run.rho[i] - rho) < kSameDistance) return i;
  throw Error(ErrorKind::usage, "rho_mm: expected centres of rings of " +
                                    std::to_string(run.spec.ring_width * 1e3) + " mm, found " +
                                    std::to_string(rho * 1e3));
}

// Cube root of chi-square over its degrees of freedom is near normal.
double chi_deviation(double chi_square, std::size_t freedom) {
  if (freedom == 0) return 0;
  const double spread = 2. / (9 * static_cast<double>(freedom));
  return (std::cbrt(chi_square / static_cast<double>(freedom)) - (1 - spread)) / std::sqrt(spread);
}

void summarise(ColumnCheck& column) {
  double ratio = 0, sureness = 0;
  for (const CellCheck& cell : column.cells) {
    column.chi_square += cell.deviation() * cell.deviation();
    if (column.worst.error == 0 || std::abs(cell.deviation()) > std::abs(column.worst.deviation()))
      column.worst = cell;
    if (cell.table <= 0) continue;
    const double sure = cell.table * cell.table / (cell.error * cell.error);
    ratio += sure * cell.run / cell.table;
    sureness += sure;
  }
  column.chi_deviation = chi_deviation(column.chi_square, column.cells.size());
  if (sureness > 0) column.ratio = {ratio / sureness, 1 / std::sqrt(sureness)};
}

ColumnCheck check_column(const PathRun& run, const PathTable& table, std::size_t melanin,
                         std::size_t column, double inflation) {
  ColumnCheck result;
  result.melanin = melanin;
  result.column = column;
  for (std::size_t i = 0; i < table.rho.size(); ++i) {
    const PathCell& own = run.cells[melanin][ring_at(run, table.rho[i])];
    const double photons = column == 0 ? own.photons : own.path_photons[column - 1];
    if (photons < kEnoughPhotons) continue;
    result.cells.push_back(
        column == 0
            ? detected_cell(own, table.log_detected[melanin][i], inflation)
            : path_cell(own.path[column - 1], table.path[melanin][i][column - 1], inflation));
    result.cells.back().rho = table.rho[i];
  }
  summarise(result);
  return result;
}

void check_alike(const PathRun& run, const PathTable& table) {
  require(table.wavelength_nm == run.spec.skin.wavelength_nm, ErrorKind::usage,
          "wavelength_nm: expected " + std::to_string(run.spec.skin.wavelength_nm) + ", found " +
              std::to_string(table.wavelength_nm));
  require(table.melanosome_fraction == run.spec.melanosome_fraction, ErrorKind::usage,
          "melanosome_fraction: expected the " +
              std::to_string(run.spec.melanosome_fraction.size()) + " levels of the run, found " +
              std::to_string(table.melanosome_fraction.size()) + " other or unequal ones");
}

}  // namespace

std::vector<ColumnCheck> check_table(const PathRun& run, const PathTable& table,
                                     double table_photons) {
  require(table_photons > 0, ErrorKind::usage,
          "table photons: expected more than 0, found " + std::to_string(table_photons));
  check_alike(run, table);
  const double inflation = 1 + static_cast<double>(run.spec.photons) / table_photons;
  std::vector<ColumnCheck> columns;
  for (std::size_t melanin = 0; melanin < run.cells.size(); ++melanin)
    for (std::size_t column = 0; column < kPathColumns; ++column)
      columns.push_back(check_column(run, table, melanin, column, inflation));
  return columns;
}

bool agrees(const std::vector<ColumnCheck>& columns, double limit) {
  std::size_t compared = 0;
  for (const ColumnCheck& c : columns) {
    if (c.cells.empty()) continue;
    if (std::abs(c.worst.deviation()) > limit || c.chi_deviation > limit) return false;
    compared += c.cells.size();
  }
  return compared > 0;
}

}  // namespace wrist
