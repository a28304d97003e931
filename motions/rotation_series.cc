// SPDX-License-Identifier: Apache-2.0
#include "motions/rotation_series.h"

namespace wrist {

void make_continuous(QuatSeries& q) {
  for (Index i = 1; i < q.rows(); ++i)
    if ((q.row(i) * q.row(i - 1)).sum() < 0) q.row(i) *= -1;
}

QuatSeries unit_rows(const Eigen::ArrayXXd& q) {
  return q.colwise() / q.square().rowwise().sum().sqrt();
}

}  // namespace wrist
