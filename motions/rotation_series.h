// SPDX-License-Identifier: Apache-2.0
/// Rotations over time, made fit to be splined.
#pragma once

#include "sim/base/pose.h"

namespace wrist {

/// q and -q are the same rotation: each row takes the sign that is nearer to the row before.
void make_continuous(QuatSeries& q);

/// Rows of length one. Shape: N x 4.
QuatSeries unit_rows(const Eigen::ArrayXXd& q);

}  // namespace wrist
