// SPDX-License-Identifier: Apache-2.0
#include "sim/body/tendon.h"

#include <cmath>

#include "sim/base/portable_math.h"

namespace wrist {
namespace {

constexpr std::array<double, 2> kBulgeRange = {0.01, 0.08};  // m/m
// The skin over the tendons is lifted no further than this: a fist's light moves some 2.7 times as
// much as a pinch's, 4 against 1.5 pulses [prior], though its tendons slide 13 times as far.
constexpr double kMostBulge = 0.8e-3;  // m; a hard grip lifts 0.2 to 0.6 mm [prior]

// Angle of a hinge on the grid, from its first value on.
Series travel(const JointSplines& joints, Body body, const TimeGrid& grid) {
  const Series angle = sample(joints.spline, grid, kHingeChannel + hinge(body), 1).value;
  return angle - angle[0];
}

double settle(double height) {
  const double e = portable::exp(-2 * std::abs(height) / kMostBulge);
  return std::copysign(kMostBulge * (1 - e) / (1 + e), height);
}

}  // namespace

TendonSpec draw_tendons(const Rng& rng) {
  TendonSpec tendons;
  std::uint64_t digit = 0;
  for (double& bulge : tendons.bulge)
    bulge = kBulgeRange[0] + (kBulgeRange[1] - kBulgeRange[0]) * (rng / digit++).uniform();
  return tendons;
}

Series tendon_bulge(const TendonSpec& tendons, const JointSplines& joints, const TimeGrid& grid) {
  Series bulge = Series::Zero(grid.count);
  for (int digit = 0; digit < kDigits; ++digit)
    bulge += tendons.bulge[static_cast<std::size_t>(digit)] *
             (tendons.flexion_arm_proximal * travel(joints, digit_body(digit, 1), grid) +
              tendons.flexion_arm_middle * travel(joints, digit_body(digit, 2), grid));
  for (double& height : bulge) height = settle(height);
  return bulge - tendons.wrist_bulge * travel(joints, Body::hand, grid);
}

}  // namespace wrist
