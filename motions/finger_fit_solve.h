// SPDX-License-Identifier: Apache-2.0
/// Damped least squares within bounds: sum of r(x)^2 -> min, lower <= x <= upper.
///
///   x -> r, dr/dx -> Levenberg-Marquardt step of the angles not held at a bound -> clamp -> x
///
/// Source: Marquardt 1963; bounds by projection and an active set.
#pragma once

#include <Eigen/Core>
#include <functional>

namespace wrist {

struct Residuals {
  Eigen::VectorXd r;      // M
  Eigen::MatrixXd slope;  // M x N
};

struct Bounds {
  Eigen::VectorXd lower, upper;  // N
};

/// The minimiser near `x`, to 1e-7 of x.
Eigen::VectorXd least_squares(const std::function<Residuals(const Eigen::VectorXd&)>& residuals,
                              const Bounds& bounds, Eigen::VectorXd x);

}  // namespace wrist
