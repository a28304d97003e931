// SPDX-License-Identifier: Apache-2.0
// The shipped tables against runs of our own, from the tissue inputs alone.
#include "sensor_models/optical/photons/path_check.h"
#include "tests/sensor_models/optical/wrist_scenes.h"

namespace wrist {
namespace {

struct Case {
  int wavelength_nm;
  double table_photons;  // as the asset's comment says
  std::int64_t photons;
  std::size_t least_cells;  // detected, lightest level: how far our photons carry
};

class ShippedTable : public ::testing::TestWithParam<Case> {};

TEST_P(ShippedTable, IsWhatTheDocumentedInputsGive) {
  const Case& c = GetParam();
  PathRunSpec spec;
  spec.skin.wavelength_nm = c.wavelength_nm;
  spec.photons = c.photons;
  const PathRun run = trace_paths(spec, Rng(2024) / "shipped tables", 1);
  const std::vector<ColumnCheck> columns =
      check_table(run, testing::load_table(c.wavelength_nm), c.table_photons);
  for (const ColumnCheck& column : columns) {
    if (column.cells.empty()) continue;
    const auto where = ::testing::Message() << c.wavelength_nm << " nm, melanin " << column.melanin
                                            << ", column " << column.column;
    // Neither farther apart than chance has it, nor closer: errors may not be overstated either.
    EXPECT_LT(std::abs(column.chi_deviation), 4) << where;
    EXPECT_LT(std::abs(column.worst.deviation()), 4)
        << where << ", rho " << column.worst.rho << ": table " << column.worst.table << ", run "
        << column.worst.run;
  }
  EXPECT_GE(columns[0].cells.size(), c.least_cells);
  EXPECT_LT(columns[0].ratio.error, 0.005);
  EXPECT_NEAR(columns[0].ratio.value, 1, 4 * columns[0].ratio.error);
}

INSTANTIATE_TEST_SUITE_P(Wavelengths, ShippedTable,
                         ::testing::Values(Case{525, 12e6, 2'500'000, 10},
                                           Case{660, 6e6, 500'000, 15}, Case{850, 6e6, 500'000, 15},
                                           Case{940, 6e6, 1'000'000, 19}),
                         [](const auto& one) {
                           return "Of" + std::to_string(one.param.wavelength_nm) + "nm";
                         });

}  // namespace
}  // namespace wrist
