// SPDX-License-Identifier: Apache-2.0
#include "motions/retarget_fingers.h"

#include <gtest/gtest.h>

#include "motions/rig_fingers.h"
#include "sim/base/constants.h"
#include "sim/body/arm_motion.h"
#include "tests/support/bvh_text.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Eigen::Quaterniond;
using Eigen::Vector3d;

// Fingers that close and open and spread a little, each in its own time, inside every range.
JointMotion moving_fingers(const ArmModel& arm) {
  JointMotion motion = testing::known_arm_motion(arm, 60, 60);
  for (Index i = 0; i < motion.time.count; ++i)
    for (int digit = 0; digit < kDigits; ++digit) {
      const double close = 0.5 - 0.5 * std::cos(motion.time.time(i) * (5 + digit));
      motion.angles(i, hinge(digit_body(digit, 0))) = (digit == 0 ? 0.4 : 0.05) * close;
      for (int joint = 1; joint < 4; ++joint)
        motion.angles(i, hinge(digit_body(digit, joint))) =
            (digit == 0 ? 0.25 : 0.2 + 0.25 * joint) * close + 0.1;
    }
  return motion;
}

// A rig of our own arm, at rest with every angle zero, in metres, z up; the other arm hangs still.
class ArmRig {
 public:
  ArmRig(const ArmModel& arm, bool tips) : arm_(arm), tips_(tips) {
    rest_ = body_poses(arm, Pose{}, testing::t_pose_shoulder(arm.side),
                       Eigen::Array<double, kHinges, 1>::Zero());
  }

  MotionClip clip(const JointMotion& motion) {
    clip_.name = "made";
    clip_.time = motion.time;
    clip_.up = Vector3d::UnitZ();
    clip_.root = motion.p_WT;
    const std::string side = arm_.side == Side::right ? "Right" : "Left",
                      other = arm_.side == Side::right ? "Left" : "Right";
    const int chest = add("Chest", -1, Vector3d::Zero(), -1);
    add("Hips", chest, {0, 0, -0.45}, -1);
    const int upper = add(side + "Arm", chest, arm_.p_TU, int(Body::upper_arm));
    const int fore =
        add(side + "ForeArm", upper, between(Body::elbow, Body::upper_arm), int(Body::forearm));
    const int hand = add(side + "Hand", fore, between(Body::hand, Body::elbow), int(Body::hand));
    for (int digit = 0; digit < kDigits; ++digit) {
      int above = hand;
      Body last = Body::hand;
      for (int joint = 1; joint < 4; ++joint) {
        const Body body = digit_body(digit, joint);
        above = add(side + kDigitNames[std::size_t(digit)] + std::to_string(joint), above,
                    between(body, last), int(body));
        last = body;
      }
      if (tips_)
        add(side + kDigitNames[std::size_t(digit)] + "_end", above,
            rest(last).R * Vector3d(arm_.body(last).length, 0, 0), int(last));
    }
    int still = add(other + "Arm", chest, -arm_.p_TU, -1);
    for (const char* joint : {"ForeArm", "Hand"})
      still = add(other + joint, still, {0, 0, -0.3}, -1);
    for (Index i = 0; i < motion.time.count; ++i) pose(motion, i);
    return clip_;
  }

 private:
  const Pose& rest(Body body) const { return rest_[static_cast<std::size_t>(body)]; }
  Vector3d between(Body body, Body last) const { return rest(body).p - rest(last).p; }
  int add(const std::string& name, int parent, const Vector3d& offset, int body) {
    ClipJoint joint{name, parent, offset, QuatSeries::Zero(clip_.time.count, 4)};
    joint.R_PJ.col(0).setOnes();
    clip_.joints.push_back(joint);
    bodies_.push_back(body);
    return static_cast<int>(bodies_.size()) - 1;
  }
  void pose(const JointMotion& motion, Index i) {
    const auto poses = body_poses(arm_, {quaternion(motion.R_WT, i), Vector3d::Zero()},
                                  quaternion(motion.R_TU, i), motion.angles.row(i).transpose());
    std::vector<Quaterniond> turns;
    for (std::size_t j = 0; j < bodies_.size(); ++j) {
      ClipJoint& joint = clip_.joints[j];
      const Quaterniond above =
          joint.parent < 0 ? Quaterniond::Identity() : turns[std::size_t(joint.parent)];
      Quaterniond turn = joint.parent < 0 ? quaternion(motion.R_WT, i) : above;
      if (bodies_[j] >= 0)
        turn = poses[std::size_t(bodies_[j])].R * rest_[std::size_t(bodies_[j])].R.conjugate();
      turns.push_back(turn);
      set_quaternion(joint.R_PJ, i, above.conjugate() * turn);
    }
  }

  const ArmModel& arm_;
  bool tips_;
  std::array<Pose, kBodies> rest_;
  MotionClip clip_;
  std::vector<int> bodies_;  // per joint of the clip; -1: it stays
};

// Of joint `first` to `last` of every digit, 0 being abduction.
double worst_rms_degrees(const JointMotion& found, const JointMotion& truth, int first, int last) {
  double worst = 0;
  for (int digit = 0; digit < kDigits; ++digit)
    for (int joint = first; joint <= last; ++joint) {
      const Index h = hinge(digit_body(digit, joint));
      worst =
          std::max(worst, std::sqrt((found.angles.col(h) - truth.angles.col(h)).square().mean()));
    }
  return worst / kDegree;
}

// What the notes say of fingers.
std::string said(const std::vector<std::string>& notes) {
  for (const std::string& note : notes)
    if (note.find("fingers") != note.npos) return note;
  return "";
}

TEST(RetargetFingers, GivesKnownAnglesBack) {
  for (const Side side : {Side::left, Side::right})
    for (const bool tips : {true, false}) {
      SCOPED_TRACE(to_string(side) + (tips ? " with tips" : " without"));
      const ArmModel arm = build_arm(testing::average_man(), side);
      const JointMotion truth = moving_fingers(arm);
      std::vector<std::string> notes;
      const JointMotion found = retarget(ArmRig(arm, tips).clip(truth), arm, {}, &notes);
      ASSERT_EQ(notes.size(), 2u) << "the last says how it was smoothed";
      EXPECT_EQ(notes[0], "the fingers are the clip's");
      // Resting weight and thumb-to-index tips pull on what the directions leave open.
      EXPECT_LT(worst_rms_degrees(found, truth, 1, 3), tips ? 3 : 5);
      // A rig's hand points at its middle knuckle, ours a little beside it.
      EXPECT_LT(worst_rms_degrees(found, truth, 0, 0), 8);
      EXPECT_LT((found.angles - truth.angles).col(hinge(Body::hand)).abs().maxCoeff(), 0.15);
    }
}

TEST(RetargetFingers, StayAtRestWhereTheyDoNotMoveOrLackJoints) {
  const ArmModel arm = build_arm(testing::average_man(), Side::right);
  JointMotion truth = moving_fingers(arm);
  MotionClip clip = ArmRig(arm, true).clip(truth);
  const JointMotion rest = rest_motion(arm, truth.time);
  const Index fingers = kHinges - hinge(digit_body(0, 0));
  for (ClipJoint& joint : clip.joints)
    if (joint.name == "Rightring3") joint.name = "unknown";
  std::vector<std::string> notes;
  JointMotion found = retarget(clip, arm, {}, &notes);
  EXPECT_TRUE((found.angles.rightCols(fingers) == rest.angles.rightCols(fingers)).all());
  ASSERT_EQ(notes.size(), 2u) << "the last says how it was smoothed";
  EXPECT_NE(notes[0].find("not every digit has three joints"), std::string::npos);

  truth.angles.rightCols(fingers) = rest.angles.rightCols(fingers);
  notes.clear();
  found = retarget(ArmRig(arm, true).clip(truth), arm, {}, &notes);
  EXPECT_TRUE((found.angles.rightCols(fingers) == rest.angles.rightCols(fingers)).all());
  EXPECT_EQ(said(notes), "");
}

}  // namespace
}  // namespace wrist
