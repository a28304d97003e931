// SPDX-License-Identifier: Apache-2.0
// Noise and the spread of units, to four standard errors.
#include "tests/sensor_models/magnetometer/magnetometer_fixture.h"

namespace wrist {
namespace {

using namespace wrist::testing;

// sd of a standard normal cut at +-3.
constexpr double kCutSd = 0.98658;

void expect_sd(const Series& values, double expected) {
  const double n = static_cast<double>(values.size());
  const double sd = std::sqrt((values - values.mean()).square().sum() / (n - 1));
  EXPECT_NEAR(sd, expected, 4 * expected / std::sqrt(2 * n));
  EXPECT_NEAR(values.mean(), 0, 4 * expected / std::sqrt(n));
}

// One-sided density d up to half the rate: variance d^2 rate / 2, and 1/12 of a count squared.
TEST(MagnetometerStats, WhiteNoiseHasItsDensity) {
  MagnetometerSpec spec = ideal_magnetometer();
  spec.noise_density = 0.3 * kMicrotesla;
  const MagnetometerUnit unit = build_magnetometer(spec, Rng(1));
  const Eigen::Vector3d field(30e-6, -20e-6, 10e-6);
  const MagnetometerRecord r = record_of(unit, turning(0, 400), field, Rng(3));
  const double expected = std::sqrt(25 * 0.09e-12 + r.scale * r.scale / 12);
  const Series3 error = r.counts.cast<double>() * r.scale - r.clean_field;
  for (Index axis = 0; axis < 3; ++axis) expect_sd(error.col(axis), expected);
  const double n = static_cast<double>(error.rows());
  EXPECT_NEAR((error.col(0) * error.col(1)).mean() / (expected * expected), 0, 4 / std::sqrt(n));
}

TEST(MagnetometerStats, UnitsSpreadAsTheSpecSays) {
  constexpr Index kUnits = 3000;
  const MagnetometerSpec spec = watch_magnetometer();
  Series iron(kUnits), scale(kUnits), rate(kUnits), off(kUnits);
  for (Index k = 0; k < kUnits; ++k) {
    const Rng rng = Rng(4) / static_cast<std::uint64_t>(k);
    MagnetometerSpec soft = ideal_magnetometer();
    soft.soft_iron_sd = 0.02;
    const MagnetometerUnit unit = build_magnetometer(spec, rng),
                           only = build_magnetometer(soft, rng);
    iron[k] = unit.hard_iron.z();
    rate[k] = unit.true_rate_hz / 50 - 1;
    scale[k] = only.gain(1, 1) - 1;
    off[k] = only.gain(0, 2);
    EXPECT_EQ(only.gain(0, 2), only.gain(2, 0)) << "soft iron is symmetric";
  }
  expect_sd(iron, 20 * kMicrotesla * kCutSd);
  expect_sd(scale, 0.02 * kCutSd);
  expect_sd(off, 0.02 * kCutSd);
  EXPECT_LE(rate.abs().maxCoeff(), 0.05);
}

}  // namespace
}  // namespace wrist
