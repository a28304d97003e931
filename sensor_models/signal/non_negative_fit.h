// SPDX-License-Identifier: Apache-2.0
/// Weighted least squares of a few terms whose coefficients must not be negative.
///
///   basis, values, sd -> every choice of terms -> the best whose coefficients are >= 0
#pragma once

#include <Eigen/Core>

namespace wrist {

/// Terms are columns of `basis` (points x terms); bit k of a choice is column k. `sd`: of each
/// point.
struct LinearFit {
  Eigen::MatrixXd basis;
  Eigen::VectorXd values, sd;
};

/// Coefficients = this matrix x values (terms x points); rows of terms not chosen are 0.
Eigen::MatrixXd least_squares(const LinearFit& fit, unsigned chosen);

/// The coefficients of least weighted misfit among all choices of the allowed terms. At most a
/// dozen terms: every choice is tried.
Eigen::VectorXd fit_non_negative(const LinearFit& fit, unsigned allowed);

}  // namespace wrist
