// SPDX-License-Identifier: Apache-2.0
/// How sure the points of an Allan plot are, and how much they err together.
///
///   density S(f) x window of each averaging time -> covariance of overlapped Allan variances
///
/// An estimate is the periodogram seen through |H|^2 = 2 sin^4(pi f tau) / (m sin(pi f / rate))^2,
/// so cov = 2 / (T - 2 tau) x integral of S^2 |H_i|^2 |H_j|^2 over all f [derived; for one time it
/// is within some per cent of the degrees of freedom in NIST SP 1065, table 5].
#pragma once

#include "sim/base/series.h"

namespace wrist {

/// Two-sided density white + flicker / (2 pi f) + walk / (2 pi f)^2 + angle (2 pi f)^2: N^2, B^2,
/// K^2, and Q^2 / rate of a quantised angle.
struct NoisePowers {
  double white = 0, flicker = 0, walk = 0, angle = 0;
};

/// Of the Allan variances at `taus` (s) from a record of `count` samples. Shape: taus x taus.
Eigen::MatrixXd allan_covariance(const Eigen::VectorXd& taus, const NoisePowers& noise, Index count,
                                 double rate_hz);

}  // namespace wrist
