// SPDX-License-Identifier: Apache-2.0
#include "sim/body/tendon.h"

namespace wrist {
namespace {

constexpr std::array<double, 2> kBulgeRange = {0.01, 0.08};  // m/m

// Angle of a hinge on the grid, from its first value on.
Series travel(const JointSplines& joints, Body body, const TimeGrid& grid) {
  const Series angle = sample(joints.spline, grid, kHingeChannel + hinge(body), 1).value;
  return angle - angle[0];
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
  Series bulge = -tendons.wrist_bulge * travel(joints, Body::hand, grid);
  for (int digit = 0; digit < kDigits; ++digit)
    bulge += tendons.bulge[static_cast<std::size_t>(digit)] *
             (tendons.flexion_arm_proximal * travel(joints, digit_body(digit, 1), grid) +
              tendons.flexion_arm_middle * travel(joints, digit_body(digit, 2), grid));
  return bulge;
}

}  // namespace wrist
