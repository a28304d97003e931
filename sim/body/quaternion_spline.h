// SPDX-License-Identifier: Apache-2.0
/// Rotations from four splined components u: q = u / |u| is C4 wherever the spline is, and its
/// rates are exact:  w = 2 vec(q* u') / |u|,  alpha = 2 vec(q* u'') / |u| - 2 |u|' w / |u|. Source:
/// differentiation of u = |u| q; vec is the vector part, * the conjugate.
#pragma once

#include <cmath>

#include "sim/base/pose.h"
#include "sim/base/spline.h"

namespace wrist {

/// A rotation R_AB and the rates of B in A, expressed in B.
struct RotationRates {
  Eigen::Quaterniond R;
  Eigen::Vector3d w;      // rad/s
  Eigen::Vector3d alpha;  // rad/s2
};

/// From channels [channel, channel + 4) of row i.
inline RotationRates rotation_rates(const SplineSamples& s, Index channel, Index i) {
  const auto read = [channel, i](const Eigen::ArrayXXd& x) {
    return Eigen::Quaterniond(x(i, channel), x(i, channel + 1), x(i, channel + 2),
                              x(i, channel + 3));
  };
  const Eigen::Quaterniond u = read(s.value), u1 = read(s.first), u2 = read(s.second);
  const double scale = 1 / std::sqrt(u.squaredNorm());
  const Eigen::Quaterniond q(u.coeffs() * scale);
  const Eigen::Vector3d w = 2 * scale * (q.conjugate() * u1).vec();
  const double growth = scale * q.dot(u1);  // |u|' / |u|
  return {q, w, 2 * scale * (q.conjugate() * u2).vec() - 2 * growth * w};
}

}  // namespace wrist
