// SPDX-License-Identifier: Apache-2.0
/// Media whose light is known from theory.
#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "sensor_models/optical/photons/balance.h"

namespace wrist::testing {

inline constexpr double kEndless = std::numeric_limits<double>::infinity();  // m

/// One layer; 1/m, 1/m, 1, 1, m.
inline LayeredMedium slab(TurbidLayer layer, double thickness) {
  LayeredMedium medium;
  stack(medium, thickness, layer);
  return medium;
}

/// Within four standard errors, which must themselves be small: at most `greatest_error`.
inline void expect_estimate(const Estimate& estimate, double truth, double greatest_error) {
  EXPECT_LT(estimate.error, greatest_error);
  EXPECT_NEAR(estimate.value, truth, 4 * estimate.error);
}

}  // namespace wrist::testing
