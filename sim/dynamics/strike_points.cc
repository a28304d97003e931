// SPDX-License-Identifier: Apache-2.0
#include "sim/dynamics/strike_points.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

// Shares of the palm's length and of the hand's breadth: index and little knuckle stand at 0.30 and
// -0.31 (Greiner 1991 with the joints' places assumed); the heel a quarter up the palm [assumed].
constexpr double kHeel = 0.25, kSide = 0.30;
// The knuckles' axes lie nearer to the back of the hand: its flesh is this share of its half
// thickness further palmwards [assumed; a closed fist then just touches the palm].
constexpr double kPalmward = 0.4;
constexpr Material kTool{2e4, 1e-3};  // a tool's head on its handle in a grip [assumed]

std::vector<StrikePoint> palm_pads(const ArmModel& arm) {
  const ArmBody& hand = arm.body(Body::hand);
  const double breadth = arm.subject.measure(Measure::hand_breadth);
  std::vector<StrikePoint> pads;
  for (const double along : {kHeel, 1.})
    for (const double side : {kSide, -kSide})
      pads.push_back({Body::hand,
                      {along * hand.length, side * breadth, -kPalmward * hand.radius},
                      hand.radius,
                      flesh_of(Body::hand)});
  return pads;
}

}  // namespace

std::vector<StrikePoint> strike_points(const ArmModel& arm, Body striker, const HeldObject* held) {
  if (striker == Body::hand && held && held->p_HT) return {{Body::hand, *held->p_HT, 0, kTool}};
  const ArmBody& b = arm.body(striker);
  const Material flesh = flesh_of(striker);
  if (striker == Body::elbow) return {{striker, Vector3d::Zero(), b.radius, flesh}};
  if (striker == Body::forearm)
    return {{striker, {b.length, 0, 0}, b.radius, flesh},
            {striker, {b.length / 2, 0, 0}, (b.radius + arm.body(Body::elbow).radius) / 2, flesh}};
  for (int digit = 0; digit < kDigits; ++digit) {
    if (striker == digit_body(digit, 3))
      return {{striker, {b.length - b.radius, 0, 0}, b.radius, flesh}};
    if (striker == digit_body(digit, 2) || striker == digit_body(digit, 1))
      return {{striker, {b.length, 0, 0}, b.radius, flesh}};
  }
  if (striker == Body::upper_arm) return {{striker, {b.length, 0, 0}, b.radius, flesh}};
  return palm_pads(arm);
}

int body_named(const std::string& other) {
  if (other == "palm") return static_cast<int>(Body::hand);
  for (int b = 0; b < kBodies; ++b)
    if (other == to_string(static_cast<Body>(b))) return b;
  return -1;
}

}  // namespace wrist
