// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/optical/photons/path_run.h"

#include "sensor_models/optical/photons/path_check.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/sensor_models/optical/photons/slabs.h"

namespace wrist {
namespace {

PathRunSpec few_photons() {
  PathRunSpec spec;
  spec.skin.wavelength_nm = 940;
  spec.photons = 20'000;
  return spec;
}

// All the light that is detected, wherever.
double detected_share(const PathRun& run) {
  double share = 0;
  for (std::size_t i = 0; i < run.rho.size(); ++i)
    share += run.cells[0][i].detected.value * 2 * kPi * run.rho[i] * run.spec.ring_width;
  return share;
}

TEST(PathRun, TheSameForAnyNumberOfThreads) {
  const PathRun one = trace_paths(few_photons(), Rng(3), 1);
  const PathRun many = trace_paths(few_photons(), Rng(3), 3);
  for (std::size_t m = 0; m < one.cells.size(); ++m)
    for (std::size_t i = 0; i < one.rho.size(); ++i) {
      EXPECT_EQ(one.cells[m][i].detected.value, many.cells[m][i].detected.value);
      EXPECT_EQ(one.cells[m][i].path[2].value, many.cells[m][i].path[2].value);
    }
}

TEST(PathRun, MelaninTakesThePathInTheEpidermis) {
  // d ln p / d absorption of one layer is minus its mean partial path; trajectories are shared, so
  // what is left is the second order of the step.
  PathRunSpec spec = few_photons();
  spec.melanosome_fraction = {0.0399, 0.04, 0.0401};
  const PathRun run = trace_paths(spec, Rng(4), 1);
  const auto epidermis = [&](double fraction) {
    SkinSpec skin = spec.skin;
    skin.melanosome_fraction = fraction;
    return skin_medium(skin).layers[0].absorption;
  };
  const double step = epidermis(0.0401) - epidermis(0.0399);
  for (std::size_t i = 1; i < 8; ++i) {
    const double path =
        std::log(run.cells[0][i].detected.value / run.cells[2][i].detected.value) / step;
    EXPECT_NEAR(path, run.cells[1][i].path[0].value, 1e-5 * path) << run.rho[i];
  }
}

TEST(PathRun, ReadsTheSameLightFromRingsOfAnyWidth) {
  PathRunSpec wide = few_photons();
  wide.ring_width = 1e-3;
  wide.rings = 14;
  const PathRun coarse = trace_paths(wide, Rng(5), 1);
  const PathRun fine = trace_paths(few_photons(), Rng(5), 1);
  EXPECT_NEAR(detected_share(coarse), detected_share(fine), 1e-12);
  EXPECT_NEAR(fine.rho[3], 1.75e-3, 1e-15);
}

TEST(PathRun, ANarrowerConeSeesLessAndAReflectingSurfaceGivesBack) {
  const double share = detected_share(trace_paths(few_photons(), Rng(6), 1));
  PathRunSpec spec = few_photons();
  spec.acceptance = 0.5;
  EXPECT_LT(detected_share(trace_paths(spec, Rng(6), 1)), 0.5 * share);
  // Half of diffuse light meets the surface beyond the critical angle: a matched surface lets it go
  // undetected, a reflecting one sends it back for another try.
  spec = few_photons();
  spec.skin.index_above = 1;
  EXPECT_GT(detected_share(trace_paths(spec, Rng(6), 1)), 1.1 * share);
}

TEST(PathRun, RefusesWhatCannotBeRun) {
  PathRunSpec spec = few_photons();
  spec.photons = 0;
  EXPECT_THROW(trace_paths(spec, Rng(1), 1), Error);
  spec = few_photons();
  spec.acceptance = 1.2;
  EXPECT_THROW(trace_paths(spec, Rng(1), 1), Error);
  spec = few_photons();
  spec.melanosome_fraction.clear();
  EXPECT_THROW(trace_paths(spec, Rng(1), 1), Error);
  spec = few_photons();
  spec.photons = 10;  // none of them comes back at 9.75 mm
  EXPECT_THROW(path_table(trace_paths(spec, Rng(1), 1)), Error);
}

// A run of one column, made up: `count` distances, everything detected 1e-3 /mm2 +- 1 %.
PathRun made_up(std::size_t count) {
  PathRun run;
  run.spec.melanosome_fraction = {0.02};
  run.cells.resize(1);
  for (std::size_t i = 0; i < count; ++i) {
    run.rho.push_back((static_cast<double>(i) + 0.5) * 0.5e-3);
    PathCell cell;
    cell.detected = {1e3, 10};
    cell.photons = 1e4;
    run.cells[0].push_back(cell);
  }
  return run;
}

PathTable table_of(const PathRun& run, double factor) {
  PathTable table;
  table.wavelength_nm = run.spec.skin.wavelength_nm;
  table.melanosome_fraction = run.spec.melanosome_fraction;
  table.rho = run.rho;
  table.log_detected.assign(1, std::vector<double>(run.rho.size(), std::log(1e3 * factor)));
  table.path.assign(1, std::vector<std::array<double, 6>>(run.rho.size()));
  return table;
}

TEST(PathCheck, CountsDeviationsInStandardErrorsOfBoth) {
  const PathRun run = made_up(8);
  const double many = 1e15;  // photons behind the table: it is exact but for rounding
  const ColumnCheck exact = check_table(run, table_of(run, 1), many)[0];
  ASSERT_EQ(exact.cells.size(), 8u);
  EXPECT_NEAR(exact.chi_square, 0, 1e-9);
  // 3 % too much of 1 %, with the rounding of four figures: 1e-6 / sqrt 12 beside 1e-5.
  const double error = std::hypot(1e-5, 1e-6 / std::sqrt(12));
  const ColumnCheck off = check_table(run, table_of(run, 1.03), many)[0];
  EXPECT_NEAR(off.worst.deviation(), -3e-5 / error, 1e-6);
  EXPECT_NEAR(off.chi_square, 8 * 9e-10 / (error * error), 1e-4);
  EXPECT_NEAR(off.ratio.value, 1 / 1.03, 1e-9);
  // A table of as many photons as the run doubles the variance.
  const auto equal = static_cast<double>(run.spec.photons);
  EXPECT_NEAR(check_table(run, table_of(run, 1.03), equal)[0].cells[0].error,
              std::hypot(std::sqrt(2) * 1e-5, 1e-6 / std::sqrt(12)), 1e-11);
}

TEST(PathCheck, ManySmallDeviationsAreNoAgreement) {
  const double many = 1e15;
  const PathRun run = made_up(20);
  EXPECT_TRUE(agrees(check_table(run, table_of(run, 1.01), many), 4));
  EXPECT_FALSE(agrees(check_table(run, table_of(run, 1.025), many), 4));  // chi-square alone
  EXPECT_LT(std::abs(check_table(run, table_of(run, 1.025), many)[0].worst.deviation()), 4);
  EXPECT_FALSE(agrees(check_table(made_up(1), table_of(made_up(1), 1.05), many), 4));
  // Chi-square of 25 at its expectation is close to the middle of its distribution: 24.34 is.
  PathRun middle = made_up(25);
  const double spread = std::hypot(1e-5, 1e-6 / std::sqrt(12)) / 1e-3;
  const double each = std::sqrt(24.34 / 25) * spread;
  const ColumnCheck column = check_table(middle, table_of(middle, 1 + each), many)[0];
  EXPECT_NEAR(column.chi_square, 24.34, 0.01);
  EXPECT_NEAR(column.chi_deviation, 0, 0.01);
}

TEST(PathCheck, LeavesOutWhatRestsOnFewPhotons) {
  PathRun run = made_up(4);
  for (PathCell& cell : run.cells[0]) cell.photons = 399;
  const std::vector<ColumnCheck> columns = check_table(run, table_of(run, 1), 1e9);
  EXPECT_TRUE(columns[0].cells.empty());
  EXPECT_FALSE(agrees(columns, 4));  // nothing compared is no agreement
}

TEST(PathCheck, RefusesATableOfOtherSkin) {
  const PathRun run = made_up(4);
  PathTable table = table_of(run, 1);
  table.wavelength_nm = 660;
  EXPECT_THROW(check_table(run, table, 1e6), Error);
  table = table_of(run, 1);
  table.melanosome_fraction = {0.5};
  EXPECT_THROW(check_table(run, table, 1e6), Error);
  table = table_of(run, 1);
  table.rho[1] = 0.8e-3;
  EXPECT_THROW(check_table(run, table, 1e6), Error);
  EXPECT_THROW(check_table(run, table_of(run, 1), 0), Error);
}

}  // namespace
}  // namespace wrist
