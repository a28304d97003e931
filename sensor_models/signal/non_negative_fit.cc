// SPDX-License-Identifier: Apache-2.0
#include "sensor_models/signal/non_negative_fit.h"

#include <Eigen/Dense>
#include <limits>

namespace wrist {

using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd least_squares(const LinearFit& fit, unsigned chosen) {
  MatrixXd basis = fit.basis;
  for (Eigen::Index term = 0; term < basis.cols(); ++term)
    if (!(chosen >> term & 1)) basis.col(term).setZero();
  const VectorXd weight = fit.sd.cwiseInverse();
  basis = weight.asDiagonal() * basis;
  // Columns differ by many powers of ten: to length 1, or the inverse drops the small ones.
  const VectorXd scale = basis.colwise().norm().cwiseMax(1e-300).cwiseInverse().transpose();
  basis = basis * scale.asDiagonal();
  const MatrixXd inverse = basis.completeOrthogonalDecomposition().pseudoInverse();
  return scale.asDiagonal() * inverse * weight.asDiagonal();
}

VectorXd fit_non_negative(const LinearFit& fit, unsigned allowed) {
  VectorXd best = VectorXd::Zero(fit.basis.cols());
  double least = std::numeric_limits<double>::infinity();
  for (unsigned chosen = 1; chosen <= allowed; ++chosen) {
    if (chosen & ~allowed) continue;
    const VectorXd c = least_squares(fit, chosen) * fit.values;
    if (c.minCoeff() < 0) continue;
    const double misfit = (fit.basis * c - fit.values).cwiseQuotient(fit.sd).squaredNorm();
    if (misfit < least) least = misfit, best = c;
  }
  return best;
}

}  // namespace wrist
