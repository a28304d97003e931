// SPDX-License-Identifier: Apache-2.0
/// Recordings of our own hand, as a tracker would see it.
#pragma once

#include "motions/hand_pose.h"
#include "sim/body/arm_motion.h"
#include "sim/body/joint_motion.h"

namespace wrist::testing {

/// From the world (x forward, z up) to a tracker's axes: x right, y up, z towards the person.
inline Eigen::Vector3d to_tracker(const Eigen::Vector3d& v) { return {-v.y(), v.z(), -v.x()}; }

/// What a tracker with another hand size would record of our arm: joints from the exact kinematics
/// (sim/), the fit's own chain is not used. The hand's origin is held.
inline HandRecording record(const ArmModel& arm, const JointMotion& motion, const Series& stamps,
                            double size, TipPoint tip) {
  HandRecording hand = make_hand_recording("made", arm.side, stamps.size());
  hand.time_s = stamps;
  hand.tip = tip;
  for (Index i = 0; i < stamps.size(); ++i) {
    const auto poses =
        body_poses(arm, Pose{}, quaternion(motion.R_TU, i), motion.angles.row(i).transpose());
    const Pose& X_WH = poses[static_cast<std::size_t>(Body::hand)];
    const auto at = [&](Body body, double along) -> Eigen::Vector3d {
      const Pose& X = poses[static_cast<std::size_t>(body)];
      return size * to_tracker(X.p + X.R * Eigen::Vector3d(along, 0, 0) - X_WH.p);
    };
    for (int digit = 0; digit < kDigits; ++digit) {
      for (int j = 1; j <= 3; ++j)
        hand.set_joint(i, digit, static_cast<HandJoint>(j), at(digit_body(digit, j), 0));
      hand.set_joint(i, digit, HandJoint::carpal, hand.joint(i, digit, HandJoint::knuckle));
      const ArmBody& last = arm.body(digit_body(digit, 3));
      hand.set_joint(i, digit, HandJoint::tip,
                     at(digit_body(digit, 3),
                        tip == TipPoint::pad_centre ? last.length - last.radius : last.length));
    }
    set_quaternion(hand.R_LH, i,
                   palm_rotation(to_tracker(X_WH.R * Eigen::Vector3d::UnitX()),
                                 to_tracker(X_WH.R * Eigen::Vector3d::UnitZ())));
  }
  return hand;
}

}  // namespace wrist::testing
