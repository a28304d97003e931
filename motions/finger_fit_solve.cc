// SPDX-License-Identifier: Apache-2.0
#include "motions/finger_fit_solve.h"

#include <Eigen/Dense>

namespace wrist {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int kMostSteps = 60;
constexpr double kFirstDamping = 1e-3, kMostDamping = 1e8;  // of the normal equations' diagonal
constexpr double kEasier = 0.3, kHarder = 4;
constexpr double kConverged = 1e-7;  // rad

// An angle at its bound that wants to go on stays there.
VectorXd step(const Residuals& at, const Bounds& bounds, const VectorXd& x, double damping) {
  VectorXd gradient = at.slope.transpose() * at.r;
  MatrixXd normal = at.slope.transpose() * at.slope;
  normal.diagonal() *= 1 + damping;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const bool held = (x[i] <= bounds.lower[i] && gradient[i] > 0) ||
                      (x[i] >= bounds.upper[i] && gradient[i] < 0);
    if (!held) continue;
    normal.row(i).setZero();
    normal.col(i).setZero();
    normal(i, i) = 1;
    gradient[i] = 0;
  }
  return -normal.ldlt().solve(gradient);
}

}  // namespace

VectorXd least_squares(const std::function<Residuals(const VectorXd&)>& residuals,
                       const Bounds& bounds, VectorXd x) {
  x = x.cwiseMax(bounds.lower).cwiseMin(bounds.upper);
  Residuals at = residuals(x);
  double damping = kFirstDamping;
  for (int i = 0; i < kMostSteps && damping < kMostDamping; ++i) {
    const VectorXd next =
        (x + step(at, bounds, x, damping)).cwiseMax(bounds.lower).cwiseMin(bounds.upper);
    const double moved = (next - x).cwiseAbs().maxCoeff();
    Residuals there = residuals(next);
    if (there.r.squaredNorm() <= at.r.squaredNorm()) {
      x = next;
      at = std::move(there);
      damping *= kEasier;
    } else {
      damping *= kHarder;
    }
    if (moved < kConverged) break;
  }
  return x;
}

}  // namespace wrist
