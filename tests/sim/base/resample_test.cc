// SPDX-License-Identifier: Apache-2.0
#include "sim/base/resample.h"

#include <gtest/gtest.h>

#include <cmath>

namespace wrist {
namespace {

TEST(Resample, LinearBetweenAndHeldBeyond) {
  Eigen::ArrayXXd ramp(11, 2);
  for (Index i = 0; i < 11; ++i)
    ramp.row(i) << static_cast<double>(i), -2.0 * static_cast<double>(i);
  const TimeGrid from{1, 10, 11};
  const Eigen::ArrayXXd out = resample(ramp, from, TimeGrid{0.5, 7, 15});
  for (Index i = 0; i < 15; ++i) {
    const double t = 0.5 + static_cast<double>(i) / 7;
    const double expected = std::min(10.0, std::max(0.0, (t - 1) * 10));
    EXPECT_NEAR(out(i, 0), expected, 1e-12);
    EXPECT_NEAR(out(i, 1), -2 * expected, 1e-12);
  }
}

TEST(Resample, RotationsStayUnitAndMindTheHemisphere) {
  QuatSeries q(2, 4);
  q.row(0) << 1, 0, 0, 0;
  q.row(1) << -std::cos(0.1), 0, 0, -std::sin(0.1);
  const QuatSeries out = resample_rotation(q, TimeGrid{0, 1, 2}, TimeGrid{0.5, 1, 1});
  EXPECT_NEAR(out(0, 0), std::cos(0.05), 1e-9);
  EXPECT_NEAR(out(0, 3), std::sin(0.05), 1e-9);
  EXPECT_NEAR(out.row(0).square().sum(), 1, 1e-15);
}

}  // namespace
}  // namespace wrist
