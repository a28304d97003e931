// SPDX-License-Identifier: Apache-2.0
#include "motions/hand_pose.h"

#include <Eigen/Dense>
#include <cmath>

#include "sim/base/error.h"
#include "sim/body/arm_model.h"

namespace wrist {
namespace {

using Eigen::Vector3d;

constexpr double kShortestLink = 0.002, kLongestLink = 0.15;  // m; no phalanx is outside [assumed]
constexpr double kLeastBreadth = 0.01;  // m; index to little knuckle [assumed]

constexpr std::array<const char*, kDigits> kDigitNames = {"thumb", "index", "middle", "ring",
                                                          "little"};
constexpr std::array<const char*, kJointsPerDigit> kJointNames = {"carpal", "knuckle", "middle",
                                                                  "distal", "tip"};

std::string joint_name(int digit, int joint) {
  return std::string(kDigitNames[static_cast<std::size_t>(digit)]) + " " +
         kJointNames[static_cast<std::size_t>(joint)];
}

[[noreturn]] void fail(const std::string& where, const std::string& text) {
  throw Error(ErrorKind::bad_data, where + ": expected " + text);
}

std::string millimetres(double x) { return std::to_string(1e3 * x) + " mm"; }

void check_finite(const HandRecording& hand, Index frame, const std::string& where) {
  for (int k = 0; k < kHandJoints; ++k)
    if (!hand.joints.block<1, 3>(frame, 3 * k).allFinite())
      fail(where,
           "finite numbers for joint " + joint_name(k / kJointsPerDigit, k % kJointsPerDigit));
  if (!hand.R_LH.row(frame).allFinite() || !hand.p_LH.row(frame).allFinite())
    fail(where, "finite numbers for the palm");
}

void check_links(const HandRecording& hand, Index frame, const std::string& where) {
  for (int digit = 0; digit < kDigits; ++digit)
    for (int j = static_cast<int>(HandJoint::middle); j < kJointsPerDigit; ++j) {
      const double length = (hand.joint(frame, digit, static_cast<HandJoint>(j)) -
                             hand.joint(frame, digit, static_cast<HandJoint>(j - 1)))
                                .norm();
      if (length < kShortestLink || length > kLongestLink)
        fail(where, "2 to 150 mm between " + joint_name(digit, j - 1) + " and " +
                        joint_name(digit, j) + ", found " + millimetres(length));
    }
}

// The index knuckle is radial of the little one: towards y on a right hand.
void check_side(const HandRecording& hand, Index frame, const std::string& where) {
  const Vector3d across =
      hand.joint(frame, 1, HandJoint::knuckle) - hand.joint(frame, 4, HandJoint::knuckle);
  const double mirror = hand.side == Side::right ? 1 : -1;
  const double radial = mirror * (quaternion(hand.R_LH, frame).conjugate() * across).y();
  if (radial < kLeastBreadth)
    fail(where, "the index knuckle on the thumb's side of a " + to_string(hand.side) +
                    " palm, at least 10 mm from the little one's, found " + millimetres(radial));
}

}  // namespace

HandRecording make_hand_recording(std::string name, Side side, Index count) {
  HandRecording hand;
  hand.name = std::move(name);
  hand.side = side;
  hand.time_s = Series::Zero(count);
  hand.joints = Eigen::ArrayXXd::Zero(count, 3 * kHandJoints);
  hand.R_LH = QuatSeries::Zero(count, 4);
  hand.R_LH.col(0).setOnes();
  hand.p_LH = Series3::Zero(count, 3);
  hand.pinch = hand.grab = Series::Zero(count);
  return hand;
}

void require_sound(const HandRecording& hand, Index frame, const std::string& where) {
  check_finite(hand, frame, where);
  check_links(hand, frame, where);
  check_side(hand, frame, where);
}

void require_sound(const HandRecording& hand) {
  if (hand.count() == 0) fail(hand.name, "at least one frame, found none");
  for (Index i = 0; i < hand.count(); ++i) {
    const std::string where = hand.name + ": frame " + std::to_string(i + 1);
    require_sound(hand, i, where);
    if (!std::isfinite(hand.time_s[i]) || (i > 0 && hand.time_s[i] <= hand.time_s[i - 1]))
      fail(where, "a time after the frame before, found " + std::to_string(hand.time_s[i]) + " s");
  }
}

HandRecording mirrored(HandRecording hand) {
  hand.side = hand.side == Side::right ? Side::left : Side::right;
  for (int k = 0; k < kHandJoints; ++k) hand.joints.col(3 * k) *= -1;
  hand.p_LH.col(0) *= -1;
  const Vector3d flip(-1, 1, 1);
  for (Index i = 0; i < hand.count(); ++i) {
    const Eigen::Matrix3d R_LH = quaternion(hand.R_LH, i).toRotationMatrix();
    set_quaternion(hand.R_LH, i,
                   palm_rotation(R_LH.col(0).cwiseProduct(flip), R_LH.col(2).cwiseProduct(flip)));
  }
  hand.notes.push_back("mirrored: the recording is of the other hand");
  return hand;
}

Eigen::Quaterniond palm_rotation(const Vector3d& distal, const Vector3d& dorsal) {
  const Vector3d x = distal.normalized();
  const Vector3d z = (dorsal - dorsal.dot(x) * x).normalized();
  Eigen::Matrix3d R;
  R << x, z.cross(x), z;
  return Eigen::Quaterniond(R);
}

Series tip_distance(const HandRecording& hand) {
  Series distance(hand.count());
  for (Index i = 0; i < hand.count(); ++i)
    distance[i] = (hand.joint(i, 0, HandJoint::tip) - hand.joint(i, 1, HandJoint::tip)).norm();
  return distance;
}

}  // namespace wrist
