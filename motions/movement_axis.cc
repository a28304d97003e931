// SPDX-License-Identifier: Apache-2.0
#include "motions/movement_axis.h"

#include <array>
#include <cmath>

#include "motions/pinch.h"
#include "motions/retarget_angles.h"
#include "motions/rotation_series.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr std::array<const char*, kAxes> kNames = {
    "shoulder_flexion", "shoulder_abduction", "shoulder_internal", "elbow",
    "pronation",        "wrist_flexion",      "wrist_deviation",   "curl_thumb",
    "curl_index",       "curl_middle",        "curl_ring",         "curl_little",
    "spread",           "thumb_abduction",    "thumb_metacarpal",  "thumb_proximal",
    "thumb_distal",     "index_proximal",     "index_middle",      "index_distal",
    "middle_proximal",  "middle_middle",      "middle_distal",     "ring_proximal",
    "ring_middle",      "ring_distal",        "little_proximal",   "little_middle",
    "little_distal",    "pinch_index",        "pinch_middle",      "pinch_ring",
    "pinch_little",     "trunk_forward",      "trunk_aside",       "trunk_up",
    "trunk_roll",       "trunk_pitch",        "trunk_yaw"};

// A fist, degrees: MCP 70-90, PIP 90-100, DIP 50-70; the thumb lies over the fingers [assumed].
constexpr std::array<double, 4> kFingerFist = {0, 82, 95, 62};
constexpr std::array<double, 4> kThumbFist = {18, 22, 42, 48};
constexpr double kLimitMargin = 4 * kDegree;  // of the soft limit; as the retargeting of clips

// The hands a person's gestures lead to, worked out once: rest, fist, pinches.
struct HandPoses {
  HingeAngles rest, fist;
  std::array<HingeAngles, kDigits> pinch;  // [0] unused
};

HandPoses hand_poses(const ArmModel& arm, const HingeAngles& rest, const Tracks& tracks,
                     double press) {
  HandPoses hand;
  hand.rest = hand.fist = rest;
  for (int digit = 0; digit < kDigits; ++digit)
    for (int joint = 0; joint < 4; ++joint)
      hand.fist[hinge(digit_body(digit, joint))] =
          (digit == 0 ? kThumbFist : kFingerFist)[static_cast<std::size_t>(joint)] * kDegree;
  for (int digit = 1; digit < kDigits; ++digit) {
    const Index used = column(Axis::pinch_index) + digit - 1;
    hand.pinch[static_cast<std::size_t>(digit)] =
        (tracks.values.col(used) != 0).any() ? pinch_pose(arm, rest, press, digit) : rest;
  }
  return hand;
}

using Row = Eigen::Array<double, 1, kAxes>;

HingeAngles finger_angles(const HandPoses& hand, const Row& v) {
  HingeAngles q = hand.rest;
  for (int digit = 0; digit < kDigits; ++digit) {
    const double curl = v[column(Axis::curl_thumb) + digit];
    for (int joint = 0; joint < 4; ++joint) {
      const Index h = hinge(digit_body(digit, joint));
      q[h] += curl * (hand.fist[h] - hand.rest[h]);
    }
    if (digit == 0) continue;
    const double pinch = v[column(Axis::pinch_index) + digit - 1];
    if (pinch != 0) q += pinch * (hand.pinch[static_cast<std::size_t>(digit)] - hand.rest);
    q[hinge(digit_body(digit, 0))] += v[column(Axis::spread)] * (digit == 2 ? 0 : 1);
    for (int joint = 1; joint < 4; ++joint)
      q[hinge(digit_body(digit, joint))] +=
          v[column(Axis::index_proximal) + 3 * (digit - 1) + joint - 1];
  }
  for (int joint = 0; joint < 4; ++joint)
    q[hinge(digit_body(0, joint))] += v[column(Axis::thumb_abduction) + joint];
  return q;
}

void set_hinges(JointMotion& motion, const ArmModel& arm, Index i, const Row& v,
                const HandPoses& hand) {
  HingeAngles q = finger_angles(hand, v);
  q[hinge(Body::elbow)] = v[column(Axis::elbow)];
  q[hinge(Body::forearm)] = v[column(Axis::pronation)];
  q[hinge(Body::hand)] = v[column(Axis::wrist_flexion)];
  q[hinge(Body::wrist_deviation)] = v[column(Axis::wrist_deviation)];
  for (int b = 1; b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[static_cast<std::size_t>(b)];
    q[b - 1] = soft_limit(q[b - 1], body.lower, body.upper, kLimitMargin);
  }
  motion.angles.row(i) = q.transpose();
}

Eigen::Quaterniond trunk_rotation(const Row& v, double mirror) {
  using Eigen::AngleAxisd;
  using Eigen::Vector3d;
  return AngleAxisd(mirror * v[column(Axis::trunk_yaw)], Vector3d::UnitZ()) *
         AngleAxisd(v[column(Axis::trunk_pitch)], Vector3d::UnitY()) *
         AngleAxisd(mirror * v[column(Axis::trunk_roll)], Vector3d::UnitX());
}

}  // namespace

std::string to_string(Axis axis) { return kNames[static_cast<std::size_t>(axis)]; }

std::optional<Axis> find_axis(const std::string& name) {
  for (std::size_t i = 0; i < kNames.size(); ++i)
    if (name == kNames[i]) return static_cast<Axis>(i);
  return std::nullopt;
}

AxisKind kind_of(Axis axis) {
  if (axis >= Axis::curl_thumb && axis <= Axis::curl_little) return AxisKind::share;
  if (axis >= Axis::pinch_index && axis <= Axis::pinch_little) return AxisKind::share;
  if (axis >= Axis::trunk_forward && axis <= Axis::trunk_up) return AxisKind::length;
  return AxisKind::angle;
}

// Hanging at ease [assumed, within the ranges of AAOS].
Eigen::Array<double, 1, kAxes> rest_axes() {
  Row v = Row::Zero();
  v[column(Axis::shoulder_abduction)] = 6 * kDegree;
  v[column(Axis::elbow)] = 12 * kDegree;
  v[column(Axis::pronation)] = 20 * kDegree;
  v[column(Axis::wrist_flexion)] = 5 * kDegree;
  return v;
}

JointMotion assemble(const ArmModel& arm, const Tracks& tracks, double press,
                     const Series& advance) {
  require(tracks.values.allFinite(), ErrorKind::bad_data, "movement: a value is not finite");
  JointMotion motion = rest_motion(arm, tracks.time);
  const HandPoses hand = hand_poses(arm, motion.angles.row(0).transpose(), tracks, press);
  double ahead = 0;
  for (Index i = 0; i < tracks.time.count; ++i) {
    const Row v = tracks.values.row(i);
    if (i > 0) ahead += (advance[i] + advance[i - 1]) / (2 * tracks.time.rate_hz);
    set_quaternion(
        motion.R_TU, i,
        shoulder_rotation(arm.side, v[column(Axis::shoulder_flexion)],
                          v[column(Axis::shoulder_abduction)], v[column(Axis::shoulder_internal)]));
    set_quaternion(motion.R_WT, i, trunk_rotation(v, arm.mirror()));
    motion.p_WT(i, 0) += v[column(Axis::trunk_forward)] + ahead;
    motion.p_WT(i, 1) -= arm.mirror() * v[column(Axis::trunk_aside)];
    motion.p_WT(i, 2) += v[column(Axis::trunk_up)];
    set_hinges(motion, arm, i, v, hand);
  }
  make_continuous(motion.R_TU);
  make_continuous(motion.R_WT);
  return motion;
}

}  // namespace wrist
