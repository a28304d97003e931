// SPDX-License-Identifier: Apache-2.0
/// The mean of a few episodes, and how well they know it.
#pragma once

#include <cstdint>
#include <vector>

namespace wrist::evaluation {

struct MeanInterval {
  std::int64_t episodes = 0;
  double mean = 0;
  double half_width = 0;  // of the 95 % interval; NaN of a single episode
};

/// The quantile 0.975 of Student's t, from one degree of freedom.
double student_t975(std::int64_t freedom);

/// Mean and t s / sqrt n; s with n - 1. At least one value.
MeanInterval mean_interval(const std::vector<double>& values);

}  // namespace wrist::evaluation
