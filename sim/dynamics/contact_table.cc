// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/contact_table.h"

#include <algorithm>
#include <limits>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/dynamics/strike_points.h"

namespace wrist {
namespace {

constexpr Index kPerDirection = kBlowSeries / 3;

// Between which two values of a rising grid x lies, and how far along.
struct Place {
  std::size_t below = 0, above = 0;
  double share = 0;  // of the one above
};
Place place_in(const std::vector<double>& grid, double x) {
  const auto above = std::upper_bound(grid.begin(), grid.end(), x);
  if (above == grid.begin()) return {};
  if (above == grid.end()) return {grid.size() - 1, grid.size() - 1, 0};
  const auto k = static_cast<std::size_t>(above - grid.begin());
  return {k - 1, k, (x - grid[k - 1]) / (grid[k] - grid[k - 1])};
}

// Weights of one posture: series x shapes, blended from the four postures around it.
Eigen::ArrayXXd blended(const ContactTable& t, const BlowEntry& entry, double elbow,
                        double pronation) {
  const Place e = place_in(t.elbow, elbow), p = place_in(t.pronation, pronation);
  const auto block = [&](std::size_t i, std::size_t j) {
    return entry.weights.middleRows(static_cast<Index>(i * t.pronation.size() + j) * kBlowSeries,
                                    kBlowSeries);
  };
  const auto at_elbow = [&](std::size_t i) -> Eigen::ArrayXXd {
    return (1 - p.share) * block(i, p.below) + p.share * block(i, p.above);
  };
  return (1 - e.share) * at_elbow(e.below) + e.share * at_elbow(e.above);
}

// How far a blow is shared out: 0 on one place, 1 evenly on all. Places load up unevenly as the
// striker turns under the blow, so that between the two it is less than it looks: the power is
// fitted to claps in the engine.
double spread_of(const PlaceShares& shares) {
  if (shares.size() < 2) return 0;
  double squares = 0;
  for (const double share : shares) squares += share * share;
  const double evenly = 1 / static_cast<double>(shares.size());
  const double spread = (1 - squares) / (1 - evenly);
  return spread * spread * spread;
}

// Weights of the 9 series of a blow along `direction`, of the right arm.
Eigen::MatrixXd along(const Eigen::Vector3d& direction, const ContactTable& table,
                      const BlowPair& pair, double elbow, double pronation) {
  const BlowEntry& entry = table.entry(pair);
  const Eigen::ArrayXXd weights = blended(table, entry, elbow, pronation);
  Eigen::MatrixXd combined = Eigen::MatrixXd::Zero(kPerDirection, weights.cols());
  for (Index d = 0; d < 3; ++d)
    combined += direction[d] * weights.middleRows(d * kPerDirection, kPerDirection).matrix();
  return combined;
}

// What is left of a turn when the kernel ends is taken back over its second half, so that the rate
// ends at zero.
void bring_to_rest(Series3& alpha) {
  const Index half = alpha.rows() / 2;
  const Series bump =
      1 -
      (2 * kPi *
       (Series::LinSpaced(half, 0.5, static_cast<double>(half) - 0.5) / static_cast<double>(half)))
          .cos();
  const Eigen::Array<double, 1, 3> left = alpha.colwise().sum();
  alpha.bottomRows(half) -= (bump.matrix() * (left / bump.sum()).matrix()).array();
}

}  // namespace

Eigen::Matrix3d pair_axes(const Eigen::Vector3d& apart_H) {
  const Eigen::Vector3d n = apart_H.normalized();
  const Eigen::Vector3d distal =
      (Eigen::Vector3d::UnitX() - n.x() * n + 1e-9 * Eigen::Vector3d::UnitZ()).normalized();
  Eigen::Matrix3d axes;
  axes << n, distal, n.cross(distal);
  return axes;
}

double distal_mass(const ArmModel& arm) {
  double mass = 0;
  for (int b = static_cast<int>(Body::elbow); b < kBodies; ++b)
    mass += arm.bodies[static_cast<std::size_t>(b)].mass;
  return mass;
}

const BlowEntry& ContactTable::entry(const BlowPair& pair) const {
  const BlowEntry* hand = nullptr;
  bool known = pair.struck.has_value();
  for (const BlowEntry& e : entries) {
    if (e.pair == pair) return e;
    if (e.pair.struck) continue;
    if (e.pair.striker == Body::hand) hand = &e;
    known = known || e.pair.striker == pair.striker;
  }
  require(!known && hand != nullptr, ErrorKind::usage,
          "contact table: expected blows on " + to_string(pair.striker) +
              (pair.struck ? " by " + to_string(*pair.struck) : "") + " at place " +
              std::to_string(pair.place) + ", found none");
  return *hand;
}

PlaceShares place_shares(const ArmModel& arm, Body striker, const Eigen::Vector3d& direction_H,
                         double depth) {
  // The table is of a right arm, whose mirror image a left one is.
  const Eigen::Vector3d direction(direction_H.x(), arm.mirror() * direction_H.y(), direction_H.z());
  const std::vector<StrikePoint> points = strike_points(arm, striker);
  PlaceShares shares;
  double lowest = std::numeric_limits<double>::infinity(), sum = 0;
  for (const StrikePoint& point : points)
    lowest = std::min(lowest, direction.dot(point.p_B) - point.radius);
  for (const StrikePoint& point : points) {
    const double back = direction.dot(point.p_B) - point.radius - lowest;
    shares.push_back(std::max(0., 1 - back / depth));
    sum += shares.back();
  }
  for (double& share : shares) share /= sum;
  return shares;
}

BlowKernel blow_kernel(const ContactTable& table, const ArmModel& arm, const BlowPair& pair,
                       const Eigen::Vector3d& of_this_arm, const PlaceShares& shares, double elbow,
                       double pronation) {
  // Of a force of the mirrored arm y changes sign, of a turn x and z.
  const double m = arm.mirror();
  Eigen::Vector3d direction = of_this_arm;
  if (!pair.struck) direction.y() *= m;
  Eigen::MatrixXd combined = Eigen::MatrixXd::Zero(kPerDirection, table.shapes.cols());
  for (std::size_t k = 0; k < shares.size(); ++k)
    if (shares[k] > 0)
      combined +=
          shares[k] * along(direction, table, {pair.striker, pair.struck, k}, elbow, pronation);
  if (const double spread = spread_of(shares); spread > 0) {
    const auto middle =
        along(direction, table, {pair.striker, pair.struck, shares.size()}, elbow, pronation);
    combined.topRows(3) += spread * (middle.topRows(3) - combined.topRows(3));
  }
  const Eigen::MatrixXd series = table.shapes.matrix() * combined.transpose();
  // What moves as one: half as heavy moves twice as far, and turns more the shorter it is.
  const double lighter = table.mass / distal_mass(arm);
  const double shorter = lighter * table.length / arm.body(Body::forearm).length;
  const Eigen::RowVector3d polar(1, m, 1), axial(m, 1, m);
  BlowKernel kernel;
  kernel.point = (lighter * series.leftCols(3) * direction).array();
  if (pair.struck) kernel.parting = (lighter * series.leftCols(3)).array();
  kernel.force_F = (lighter * series.middleCols(3, 3) * polar.asDiagonal()).array();
  kernel.alpha_F = (shorter * series.middleCols(6, 3) * axial.asDiagonal()).array();
  bring_to_rest(kernel.alpha_F);
  return kernel;
}

}  // namespace wrist
