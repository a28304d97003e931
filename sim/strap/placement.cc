// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/strap/worn_watch.h"

namespace wrist {
namespace {

// Depth over breadth of the wrist: 62 mm x 38-45 mm at 169 mm round, a published hand model.
constexpr double kDepthOverBreadth = 0.68;
// The ulnar styloid flares out about this far before the wrist joint. [prior]
constexpr double kFlareToJoint = 0.010;  // m
constexpr double kLeastStop = 0.002;     // m
// The forearm is thickest this share of its length above the wrist, and its lower half, which is
// bone and tendon, thickens by about this share of the mean slope. [prior]
constexpr double kThickestAt = 0.7, kLowerSlope = 0.53;
constexpr std::array<double, 2> kTaperRange = {0.03, 0.12};  // 1; 0.05-0.1 [assumed], wider

/// Perimeter of an ellipse over its longer half axis; Ramanujan 1914, to 1e-5 here.
double perimeter_over_half_axis(double aspect) {
  const double q = (1 - aspect) / (1 + aspect), s = 3 * q * q;
  return kPi * (1 + aspect) * (1 + s / (10 + std::sqrt(4 - s)));
}

/// -dr/dx near the wrist. An arm that does not know its forearm has the average taper.
double taper_of(const ArmModel& arm) {
  const double thick = arm.subject.measure(Measure::forearm_circumference);
  const double length = arm.subject.measure(Measure::forearm);
  if (!(thick > 0) || !(length > 0)) return WristShape{}.taper;
  const double grown = (thick - arm.subject.measure(Measure::wrist_circumference)) / (2 * kPi);
  return std::clamp(kLowerSlope * grown / (kThickestAt * length), kTaperRange[0], kTaperRange[1]);
}

Eigen::Quaterniond about_z_by_pi() { return {0, 0, 0, 1}; }

}  // namespace

WristShape wrist_shape(const ArmModel& arm, const WearParams& wear) {
  const double round = arm.subject.measure(Measure::wrist_circumference);
  require(std::isfinite(round) && round > 0, ErrorKind::usage,
          "wrist_circumference: expected above 0 m, found " + std::to_string(round));
  WristShape shape;
  shape.taper = taper_of(arm);
  const double thicker = shape.taper * wear.distance_to_wrist;
  const double half_breadth = round / perimeter_over_half_axis(kDepthOverBreadth);
  shape.half_breadth = half_breadth + thicker;
  shape.half_depth = kDepthOverBreadth * half_breadth + thicker;
  shape.stop_distance = std::max(wear.distance_to_wrist - kFlareToJoint, kLeastStop);
  return shape;
}

Pose strap_station(const ArmModel& arm, const WearParams& wear) {
  const double x = arm.body(Body::forearm).length - wear.distance_to_wrist;
  // The thumb is on the side of +y on a right arm, -y on a left one.
  const Eigen::AngleAxisd roll(-arm.mirror() * wear.roll, Eigen::Vector3d::UnitX());
  return {Eigen::Quaterniond(roll), {x, 0, 0}};
}

Eigen::Quaterniond nominal_case_rotation(Side side, const WearParams& wear) {
  const bool turned = (side == Side::right) != wear.crown_left;
  return turned ? about_z_by_pi() : Eigen::Quaterniond::Identity();
}

Pose nominal_case_pose(Side side, const Wearing& wearing) {
  const double roll = wearing.wear.roll;
  const double skin = 1 / std::hypot(std::sin(roll) / wearing.wrist.half_breadth,
                                     std::cos(roll) / wearing.wrist.half_depth);
  return {nominal_case_rotation(side, wearing.wear), {0, 0, skin + wearing.case_spec.height}};
}

}  // namespace wrist
