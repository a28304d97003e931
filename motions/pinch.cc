// SPDX-License-Identifier: Apache-2.0
#include "motions/pinch.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"

namespace wrist {
namespace {

constexpr double kDistalCoupling = 0.67;  // DIP follows PIP; published hand models
constexpr int kJoints = 7;
using Travel = Eigen::Matrix<double, kJoints, 1>;
using Poses = std::array<Pose, kBodies>;

// What moves: the finger's abduction, MCP and PIP, then the thumb's four joints.
std::array<Body, kJoints> moving(int digit) {
  return {digit_body(digit, 0), digit_body(digit, 1), digit_body(digit, 2), digit_body(0, 0),
          digit_body(0, 1),     digit_body(0, 2),     digit_body(0, 3)};
}

// How far they would like to go from rest, degrees: index MCP +15-30, PIP +20-40, thumb 10-25 at
// its base and tip; fingers further from the thumb bend more, and the thumb crosses the palm.
Travel preferred_travel(int digit) {
  const double further = digit - 1;
  Travel travel;
  travel << 0, 24 + 12 * further, 26 + 10 * further, 8 * further, 10 + 6 * further, 12, 14;
  return travel * kDegree;
}

Poses hand_poses(const ArmModel& arm, const HingeAngles& angles) {
  return body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(), angles);
}

Eigen::Vector3d pad(const ArmModel& arm, const Poses& poses, int digit) {
  const Body tip = digit_body(digit, 3);
  const ArmBody& body = arm.body(tip);
  const Pose& X_WB = poses[static_cast<std::size_t>(tip)];
  return X_WB.p + X_WB.R * Eigen::Vector3d(body.length - body.radius, 0, 0);
}

HingeAngles with_travel(const ArmModel& arm, HingeAngles angles, const Travel& x, int digit) {
  const auto bodies = moving(digit);
  for (int j = 0; j < kJoints; ++j) {
    const ArmBody& body = arm.body(bodies[static_cast<std::size_t>(j)]);
    angles[hinge(bodies[static_cast<std::size_t>(j)])] = std::clamp(x[j], body.lower, body.upper);
  }
  angles[hinge(digit_body(digit, 3))] = kDistalCoupling * angles[hinge(digit_body(digit, 2))];
  return angles;
}

double radii(const ArmModel& arm, int digit) {
  return arm.body(digit_body(digit, 3)).radius + arm.body(Body::thumb_distal).radius;
}

}  // namespace

Eigen::Vector3d fingertip(const ArmModel& arm, const HingeAngles& angles, int digit) {
  const Poses poses = hand_poses(arm, angles);
  const Pose& X_WH = poses[static_cast<std::size_t>(Body::hand)];
  return X_WH.R.conjugate() * (pad(arm, poses, digit) - X_WH.p);
}

double pinch_gap(const ArmModel& arm, const HingeAngles& angles, int digit) {
  const Poses poses = hand_poses(arm, angles);
  return (pad(arm, poses, 0) - pad(arm, poses, digit)).norm() - radii(arm, digit);
}

// Levenberg-Marquardt: the thumb's pad stands in front of the finger's, on its palmar side, and
// every joint is drawn towards its preferred travel.
HingeAngles pinch_pose(const ArmModel& arm, const HingeAngles& rest, double overlap, int digit) {
  constexpr double kPadScale = 2e-4, kTravelScale = 12 * kDegree, kStep = 1e-5, kLargestMove = 0.1;
  const double apart = radii(arm, digit) - overlap;
  const auto bodies = moving(digit);
  Travel preferred = preferred_travel(digit);
  for (int j = 0; j < kJoints; ++j)
    preferred[j] += rest[hinge(bodies[static_cast<std::size_t>(j)])];
  const auto residual = [&](const Travel& x) -> Eigen::Vector3d {
    const Poses poses = hand_poses(arm, with_travel(arm, rest, x, digit));
    const Eigen::Vector3d palmar =
        -(poses[static_cast<std::size_t>(digit_body(digit, 3))].R * Eigen::Vector3d::UnitZ());
    return (pad(arm, poses, 0) - pad(arm, poses, digit) - apart * palmar) / kPadScale;
  };
  const double pull = 1 / (kTravelScale * kTravelScale);
  Travel x = preferred;
  for (int iteration = 0; iteration < 80; ++iteration) {
    const Eigen::Vector3d r = residual(x);
    Eigen::Matrix<double, 3, kJoints> slope;
    for (int j = 0; j < kJoints; ++j)
      slope.col(j) = (residual(x + kStep * Travel::Unit(j)) - r) / kStep;
    Eigen::Matrix<double, kJoints, kJoints> normal = slope.transpose() * slope;
    normal.diagonal().array() += pull;
    const Travel move = -normal.ldlt().solve(slope.transpose() * r + pull * (x - preferred));
    const double largest = move.cwiseAbs().maxCoeff();
    x += move * std::min(1.0, kLargestMove / std::max(largest, kStep));
    if (largest < kStep) break;
  }
  const HingeAngles closed = with_travel(arm, rest, x, digit);
  // The thumb just reaches the last two fingers; their pads may lie deeper in each other.
  const double tolerance = digit <= 2 ? 1e-3 : 3e-3;
  require(std::abs(pinch_gap(arm, closed, digit) + overlap) < tolerance, ErrorKind::internal,
          "thumb and " + to_string(digit_body(digit, 3)) + " of this hand do not meet: gap " +
              std::to_string(1e3 * pinch_gap(arm, closed, digit)) + " mm");
  return closed;
}

}  // namespace wrist
