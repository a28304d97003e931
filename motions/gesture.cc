// SPDX-License-Identifier: Apache-2.0
#include "motions/gesture.h"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>

#include "motions/stroke.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"

namespace wrist {
namespace {

using Angles = Eigen::Array<double, kHinges, 1>;

constexpr double kDistalCoupling = 0.67;  // DIP follows PIP; published hand models
constexpr int kPinchJoints = 7;
// What moves in a pinch, and how far it would like to go from rest, degrees: index MCP +15-30,
// PIP +20-40; thumb 10-25 at its base and tip.
constexpr std::array<Body, kPinchJoints> kPinchBodies = {
    Body::index_abduction,  Body::index_proximal, Body::index_middle, Body::thumb_abduction,
    Body::thumb_metacarpal, Body::thumb_proximal, Body::thumb_distal};
constexpr std::array<double, kPinchJoints> kPreferredTravel = {0, 24, 26, 0, 10, 12, 14};

double between(const Rng& rng, double lowest, double highest) {
  return lowest + (highest - lowest) * rng.uniform();
}

using Poses = std::array<Pose, kBodies>;

Poses hand_poses(const ArmModel& arm, const Angles& angles) {
  return body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(), angles);
}

// Middle of the round end of a fingertip.
Eigen::Vector3d pad(const ArmModel& arm, const Poses& poses, Body tip) {
  const ArmBody& body = arm.body(tip);
  const Pose& X_WB = poses[static_cast<std::size_t>(tip)];
  return X_WB.p + X_WB.R * Eigen::Vector3d(body.length - body.radius, 0, 0);
}

Eigen::Vector3d index_to_thumb(const ArmModel& arm, const Angles& angles) {
  const Poses poses = hand_poses(arm, angles);
  return pad(arm, poses, Body::thumb_distal) - pad(arm, poses, Body::index_distal);
}

Angles with_pinch(const ArmModel& arm, Angles angles,
                  const Eigen::Matrix<double, kPinchJoints, 1>& x) {
  for (int j = 0; j < kPinchJoints; ++j) {
    const ArmBody& body = arm.body(kPinchBodies[static_cast<std::size_t>(j)]);
    angles[hinge(kPinchBodies[static_cast<std::size_t>(j)])] =
        std::clamp(x[j], body.lower, body.upper);
  }
  angles[hinge(Body::index_distal)] = kDistalCoupling * angles[hinge(Body::index_middle)];
  return angles;
}

// The moment the pads meet within a stroke from `open` to `closed`: its share of the stroke.
double touch_share(const ArmModel& arm, const Angles& open, const Angles& closed) {
  double low = 0, high = 1;
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (pinch_gap(arm, open + middle * (closed - open)) > 0 ? low : high) = middle;
  }
  return high;
}

struct Tap {
  double start_s, close_s, release_s;  // the closing stroke, and when opening begins
  Angles open, closed;
};

Contact tap_contact(const ArmModel& arm, const Tap& tap) {
  const double share = touch_share(arm, tap.open, tap.closed);
  double low = 0, high = 1;  // invert the minimum-jerk stroke
  for (int i = 0; i < 40; ++i) {
    const double middle = (low + high) / 2;
    (minimum_jerk(middle) < share ? low : high) = middle;
  }
  constexpr double kStep = 1e-3;  // of the stroke
  const auto at = [&](double s) {
    return Angles(tap.open + minimum_jerk(s) * (tap.closed - tap.open));
  };
  const Poses before = hand_poses(arm, at(high - kStep)), after = hand_poses(arm, at(high));
  const Pose X_WH = after[static_cast<std::size_t>(Body::hand)];
  const Eigen::Vector3d moved =
      pad(arm, after, Body::index_distal) - pad(arm, before, Body::index_distal);

  Contact contact;
  contact.time_s = tap.start_s + high * tap.close_s;
  contact.release_s = tap.release_s;
  contact.closing_speed =
      (index_to_thumb(arm, at(high - kStep)).norm() - index_to_thumb(arm, at(high)).norm()) /
      (kStep * tap.close_s);
  // A slender link struck at its end counts with a third of its mass.
  contact.effective_mass = arm.body(Body::index_distal).mass + arm.body(Body::index_middle).mass +
                           arm.body(Body::index_proximal).mass / 3;
  contact.direction_H = (X_WH.R.conjugate() * moved).normalized();
  return contact;
}

}  // namespace

DoublePinchStyle draw_double_pinch(const Rng& rng) {
  DoublePinchStyle style;
  style.close_s = between(rng / "close", 0.11, 0.16);
  style.hold_s = between(rng / "hold", 0.03, 0.07);
  style.open_s = between(rng / "open", 0.15, 0.30);
  style.interval_s = std::clamp(
      between(rng / "interval", 0.24, 0.33) * (1 + 0.09 * (rng / "rhythm").normal()), 0.22, 0.40);
  style.reopening = between(rng / "reopening", 0.5, 0.9);
  style.second_tap = between(rng / "second", 0.8, 1.1);
  style.press = between(rng / "press", 0.003, 0.006);
  style.wrist_extension = between(rng / "extension", 0.0, 0.05);
  return style;
}

std::vector<std::string> gesture_names() { return {"double_pinch"}; }

double pinch_gap(const ArmModel& arm, const Angles& angles) {
  return index_to_thumb(arm, angles).norm() - arm.body(Body::index_distal).radius -
         arm.body(Body::thumb_distal).radius;
}

// Levenberg-Marquardt: the thumb's pad stands in front of the index's, on its palmar side, and
// every joint is drawn towards its preferred travel.
Angles pinch_pose(const ArmModel& arm, const Angles& rest, double overlap) {
  using Vector = Eigen::Matrix<double, kPinchJoints, 1>;
  constexpr double kPadScale = 2e-4, kTravelScale = 12 * kDegree, kStep = 1e-5, kLargestMove = 0.1;
  const double apart =
      arm.body(Body::index_distal).radius + arm.body(Body::thumb_distal).radius - overlap;
  Vector preferred;
  for (int j = 0; j < kPinchJoints; ++j)
    preferred[j] = rest[hinge(kPinchBodies[static_cast<std::size_t>(j)])] +
                   kPreferredTravel[static_cast<std::size_t>(j)] * kDegree;
  const auto residual = [&](const Vector& x) -> Eigen::Vector3d {
    const Poses poses = hand_poses(arm, with_pinch(arm, rest, x));
    const Eigen::Vector3d palmar =
        -(poses[static_cast<std::size_t>(Body::index_distal)].R * Eigen::Vector3d::UnitZ());
    return (pad(arm, poses, Body::thumb_distal) - pad(arm, poses, Body::index_distal) -
            apart * palmar) /
           kPadScale;
  };
  const double pull = 1 / (kTravelScale * kTravelScale);
  Vector x = preferred;
  for (int iteration = 0; iteration < 80; ++iteration) {
    const Eigen::Vector3d r = residual(x);
    Eigen::Matrix<double, 3, kPinchJoints> slope;
    for (int j = 0; j < kPinchJoints; ++j)
      slope.col(j) = (residual(x + kStep * Vector::Unit(j)) - r) / kStep;
    Eigen::Matrix<double, kPinchJoints, kPinchJoints> normal = slope.transpose() * slope;
    normal.diagonal().array() += pull;
    const Vector move = -normal.ldlt().solve(slope.transpose() * r + pull * (x - preferred));
    const double largest = move.cwiseAbs().maxCoeff();
    x += move * std::min(1.0, kLargestMove / std::max(largest, kStep));
    if (largest < kStep) break;
  }
  const Angles closed = with_pinch(arm, rest, x);
  require(std::abs(pinch_gap(arm, closed) + overlap) < 1e-3, ErrorKind::internal,
          "thumb and index of this hand do not meet: gap " +
              std::to_string(1e3 * pinch_gap(arm, closed)) + " mm");
  return closed;
}

double lay_double_pinch(JointMotion& motion, const ArmModel& arm, double start_s,
                        const DoublePinchStyle& style) {
  const double second_s = start_s + style.interval_s;
  const double part_s = start_s + style.close_s + style.hold_s;  // the fingers part again
  const double reopen_s = second_s - part_s;
  const double end_s = second_s + style.close_s + style.hold_s;
  const double over_s = end_s + style.open_s;
  require(reopen_s > 0 && start_s >= motion.time.start_s && over_s <= motion.time.end(),
          ErrorKind::usage,
          "a double pinch of " + std::to_string(over_s - start_s) +
              " s does not fit into the motion at " + std::to_string(start_s) + " s");

  const Angles rest = motion.angles.row(0).transpose();
  const Angles closed = pinch_pose(arm, rest, style.press);
  const Angles pressed = pinch_pose(arm, rest, style.press * style.second_tap);
  const Angles between_taps = closed + style.reopening * (rest - closed);
  for (Index i = 0; i < motion.time.count; ++i) {
    const double t = motion.time.time(i);
    if (t < start_s || t > over_s) continue;
    const auto stroke = [t](double from, double duration) {
      return minimum_jerk((t - from) / duration);
    };
    const double extension = stroke(start_s, style.close_s) - stroke(end_s, style.open_s);
    const Angles fingers = rest + stroke(start_s, style.close_s) * (closed - rest) +
                           stroke(part_s, reopen_s) * (between_taps - closed) +
                           stroke(second_s, style.close_s) * (pressed - between_taps) +
                           stroke(end_s, style.open_s) * (rest - pressed);
    motion.angles.row(i).tail(kHinges - hinge(Body::thumb_abduction)) =
        fingers.tail(kHinges - hinge(Body::thumb_abduction)).transpose();
    motion.angles(i, hinge(Body::hand)) -= style.wrist_extension * extension;
  }
  motion.contacts.push_back(tap_contact(arm, {start_s, style.close_s, part_s, rest, closed}));
  motion.contacts.push_back(
      tap_contact(arm, {second_s, style.close_s, end_s, between_taps, pressed}));
  motion.labels.push_back({start_s, over_s, "double_pinch"});
  motion.events.push_back({start_s, over_s, "double_pinch", "motion", 1});
  return over_s;
}

}  // namespace wrist
