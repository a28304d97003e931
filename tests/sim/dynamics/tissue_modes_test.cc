// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/tissue_modes.h"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr double kRate = 4000;
const TissueModes kModes = {{{35, 0.2, 0.5}, {85, 0.15, 0.3}, {195, 0.1, 0.2}}};

Eigen::ArrayXXd column(Index count, const auto& value) {
  Eigen::ArrayXXd c(count, 1);
  for (Index i = 0; i < count; ++i) c(i, 0) = value(static_cast<double>(i) / kRate);
  return c;
}

TEST(TissueModes, SharesAddToOneSoThatAPushPassesWhole) {
  const Eigen::ArrayXXd skin = through_modes(Eigen::ArrayXXd::Ones(8000, 2), kRate, kModes);
  EXPECT_NEAR(skin(7999, 0), 1, 1e-9);
  EXPECT_EQ(skin(7999, 0), skin(7999, 1));
  for (std::uint64_t person = 0; person < 50; ++person) {
    double sum = 0;
    for (const TissueMode& m : draw_tissue_modes(Rng(person))) sum += m.share;
    EXPECT_NEAR(sum, 1, 1e-12);
  }
}

// By hand: the step response of one mode, 1 - e^(-zwt) (cos + zw/wd sin).
TEST(TissueModes, AStepRingsAtTheModesFrequency) {
  const TissueModes one = {{{50, 0.2, 1}, {100, 0.2, 0}, {200, 0.2, 0}}};
  const Eigen::ArrayXXd skin = through_modes(Eigen::ArrayXXd::Ones(400, 1), kRate, one);
  const double w = 2 * kPi * 50, wd = w * std::sqrt(1 - 0.04);
  for (Index i = 0; i < 400; ++i) {
    const double t = static_cast<double>(i + 1) / kRate;
    const double exact =
        1 - std::exp(-0.2 * w * t) * (std::cos(wd * t) + 0.2 * w / wd * std::sin(wd * t));
    ASSERT_NEAR(skin(i, 0), exact, 1e-9) << t;
  }
}

// Gains of the three low-passes at one frequency, added as complex numbers.
TEST(TissueModes, HaveTheGainOfThreeLowPassesSideBySide) {
  for (const double f : {5., 35., 100., 400.}) {
    const auto skin = through_modes(
        column(8000, [f](double t) { return std::sin(2 * kPi * f * t); }), kRate, kModes);
    double real = 0, imag = 0;
    for (const TissueMode& m : kModes) {
      const double r = f / m.frequency_hz, a = 1 - r * r, b = 2 * m.damping_ratio * r;
      real += m.share * a / (a * a + b * b);
      imag -= m.share * b / (a * a + b * b);
    }
    const double rms = std::sqrt(skin.bottomRows(4000).square().mean());
    EXPECT_NEAR(rms * std::sqrt(2.), std::hypot(real, imag), 0.02 * std::hypot(real, imag)) << f;
  }
}

TEST(TissueModes, RefuseNonsense) {
  const Eigen::ArrayXXd input = Eigen::ArrayXXd::Ones(10, 1);
  TissueModes bad = kModes;
  bad[1].frequency_hz = 0;
  EXPECT_THROW(through_modes(input, kRate, bad), Error);
  bad = kModes;
  bad[2].damping_ratio = 1;
  EXPECT_THROW(through_modes(input, kRate, bad), Error);
}

}  // namespace
}  // namespace wrist
