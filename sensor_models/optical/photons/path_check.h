// SPDX-License-Identifier: Apache-2.0
/// A run against a table that claims to be another run of the same skin.
///
///   difference per cell / standard error of both -> largest, chi-square per column
#pragma once

#include "sensor_models/optical/photons/path_run.h"

namespace wrist {

inline constexpr std::size_t kPathColumns = 1 + kSkinLayers;  // detected, then path per layer

/// One cell that both know well enough, in 1/mm2 (detected) or m (path).
struct CellCheck {
  double rho = 0;  // m
  double table = 0, run = 0;
  double error = 0;  // one standard error of their difference

  double deviation() const { return (run - table) / error; }
};

/// One column of one melanin level.
struct ColumnCheck {
  std::size_t melanin = 0, column = 0;
  std::vector<CellCheck> cells;
  double chi_square = 0;     // sum of squared deviations; its expectation is the number of cells
  double chi_deviation = 0;  // the same as a standard normal (Wilson and Hilferty 1931)
  CellCheck worst;           // of the cells
  Estimate ratio;            // run over table, cells weighted by how sure they are
};

/// `table_photons`: of the run behind the table, whose errors follow from ours. Numbers are taken
/// as rounded like the assets: four figures, paths to 1 um. Cells that rest on fewer than the
/// equivalent of 400 photons are left out. Throws Error(usage) if wavelength, melanin or distances
/// do not fit.
std::vector<ColumnCheck> check_table(const PathRun& run, const PathTable& table,
                                     double table_photons);

/// True if every cell and every chi-square lies within `limit` standard errors. A run of nothing
/// does not agree.
bool agrees(const std::vector<ColumnCheck>& columns, double limit);

}  // namespace wrist
