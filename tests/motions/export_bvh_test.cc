// SPDX-License-Identifier: Apache-2.0
#include "motions/export_bvh.h"

#include <Eigen/Dense>
#include <fstream>
#include <functional>
#include <limits>
#include <sstream>

#include "motions/bvh_scan.h"
#include "motions/retarget.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "tests/support/bvh_text.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::average_man;
using testing::average_woman;
using testing::known_arm_motion;
using testing::lively_motion;
using testing::scratch_folder;

MotionClip round_trip(const JointMotion& motion, const ArmModel& arm) {
  const auto file = scratch_folder() / "out.bvh";
  export_bvh(motion, arm, file);
  return import_bvh(file);
}

std::string text_of(const JointMotion& motion, const ArmModel& arm) {
  std::ostringstream out;
  export_bvh(motion, arm, out);
  return out.str();
}

// The world's metres (x forward, z up) of a clip's centimetres (y up, facing z).
Vector3d to_world(const Vector3d& v) { return 0.01 * Vector3d(v.z(), v.x(), v.y()); }

std::array<Pose, kBodies> poses_at(const JointMotion& motion, const ArmModel& arm, Index i) {
  return body_poses(arm, {quaternion(motion.R_WT, i), motion.p_WT.row(i).matrix().transpose()},
                    quaternion(motion.R_TU, i), motion.angles.row(i).transpose());
}

// Largest distance between a clip's joints and the bodies they stand for, all frames; m.
double largest_miss(const MotionClip& clip, const JointMotion& motion, const ArmModel& arm) {
  double largest = 0;
  for (Index i = 0; i < motion.time.count; ++i) {
    const std::vector<Pose> joints = joint_poses(clip, i);
    const auto bodies = poses_at(motion, arm, i);
    const auto miss = [&](const std::string& name, const Vector3d& p_W) {
      const int joint = clip.find(name);
      ASSERT_GE(joint, 0) << name;
      largest =
          std::max(largest, (to_world(joints[static_cast<std::size_t>(joint)].p) - p_W).norm());
    };
    for (const BvhJoint& joint : bvh_joints(arm.side)) {
      const Pose& X_WB = bodies[static_cast<std::size_t>(joint.body)];
      miss(joint.name, X_WB.p);
      if (joint.name.ends_with("3"))
        miss(joint.name + "_end", X_WB.p + X_WB.R * Vector3d(arm.body(joint.body).length, 0, 0));
    }
    miss("Spine", motion.p_WT.row(i).matrix().transpose());
  }
  return largest;
}

// How each joint turns from the first frame on must be how its body turns.
double largest_turn(const MotionClip& clip, const JointMotion& motion, const ArmModel& arm) {
  Eigen::Matrix3d C;
  C << 0, 0, 1, 1, 0, 0, 0, 1, 0;
  double largest = 0;
  const std::vector<Pose> first = joint_poses(clip, 0);
  const auto first_bodies = poses_at(motion, arm, 0);
  for (Index i = 1; i < motion.time.count; ++i) {
    const std::vector<Pose> joints = joint_poses(clip, i);
    const auto bodies = poses_at(motion, arm, i);
    for (const BvhJoint& joint : bvh_joints(arm.side)) {
      const auto j = static_cast<std::size_t>(clip.find(joint.name));
      const auto b = static_cast<std::size_t>(joint.body);
      const Eigen::Matrix3d turned =
          C * (joints[j].R * first[j].R.conjugate()).toRotationMatrix() * C.transpose();
      largest = std::max(largest, Eigen::Quaterniond(turned).angularDistance(
                                      bodies[b].R * first_bodies[b].R.conjugate()));
    }
  }
  return largest;
}

TEST(ExportBvh, ComesBackAsItWas) {
  for (const Side side : {Side::left, Side::right})
    for (const SubjectParams& who : {average_man(), average_woman()}) {
      SCOPED_TRACE(to_string(side) + " " + to_string(who.sex));
      const ArmModel arm = build_arm(who, side);
      const JointMotion motion = lively_motion(arm, 2);
      const MotionClip clip = round_trip(motion, arm);
      EXPECT_EQ(clip.time.rate_hz, 240);
      EXPECT_EQ(clip.time.count, motion.time.count);
      EXPECT_EQ(clip.up, Vector3d::UnitY());
      EXPECT_LT(largest_miss(clip, motion, arm), 1e-5);
      EXPECT_LT(largest_turn(clip, motion, arm), 2e-5);
    }
}

// Far from the origin, through poses where ZXY angles are singular, fingers at their limits.
TEST(ExportBvh, ComesBackFromSingularPoses) {
  const ArmModel arm = build_arm(average_man(), Side::left);
  JointMotion motion = rest_motion(arm, make_grid(2, 60));
  for (Index i = 0; i < motion.time.count; ++i) {
    const double share = static_cast<double>(i) / 60;
    motion.p_WT(i, 0) = 20 * share;
    // Thorax pitched over and round: 0 to 360 deg, through 90 and 270.
    set_quaternion(motion.R_WT, i,
                   Eigen::Quaterniond(Eigen::AngleAxisd(kPi * share, Vector3d::UnitY())));
    set_quaternion(motion.R_TU, i, shoulder_rotation(arm.side, kPi * share, 0, kPi / 2));
    motion.angles(i, hinge(Body::elbow)) = kPi / 2;
    for (int b = static_cast<int>(Body::thumb_abduction); b < kBodies; ++b)
      motion.angles(i, b - 1) = arm.bodies[static_cast<std::size_t>(b)].upper;
  }
  const MotionClip clip = round_trip(motion, arm);
  EXPECT_LT(largest_miss(clip, motion, arm), 1e-4);
}

// Our own retargeting takes it for any other clip.
TEST(ExportBvh, RetargetsOntoTheSameArm) {
  for (const Side side : {Side::left, Side::right}) {
    SCOPED_TRACE(to_string(side));
    const ArmModel arm = build_arm(average_man(), side);
    const JointMotion motion = known_arm_motion(arm, 300, 100);
    const MotionClip clip = round_trip(motion, arm);
    const std::string prefix = side == Side::right ? "Right" : "Left";
    const ArmJoints joints = find_arm(clip, side);
    EXPECT_EQ(joints.shoulder, prefix + "Arm");
    EXPECT_EQ(joints.elbow, prefix + "ForeArm");
    EXPECT_EQ(joints.wrist, prefix + "Hand");
    EXPECT_EQ(joints.index, prefix + "HandIndex1");
    EXPECT_EQ(joints.little, prefix + "HandPinky1");
    EXPECT_EQ(joints.hand_end, prefix + "HandMiddle1");
    const JointMotion found = retarget(clip, arm, {});
    const auto worst = [&](Body body) {
      return (found.angles - motion.angles).col(hinge(body)).abs().maxCoeff() / kDegree;
    };
    EXPECT_LT(worst(Body::elbow), 0.1);
    // The rig's hand points at the middle knuckle, 5 deg to the thumb's side of our x.
    EXPECT_LT(worst(Body::forearm), 8);
    EXPECT_LT(worst(Body::hand), 8);
    double turned = 0;
    for (Index i = 0; i < 300; ++i)
      turned =
          std::max(turned, quaternion(found.R_TU, i).angularDistance(quaternion(motion.R_TU, i)));
    EXPECT_LT(turned, 0.1 * kDegree);
  }
}

TEST(ExportBvh, WritesTheFrameTimeExactly) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  for (const double rate : {24.0, 60.0, 120.0, 240.0, 1000.0, 119.875, 1 / 0.008342}) {
    JointMotion motion = rest_motion(arm, {3, rate, 2});
    const BvhScan scan = scan_bvh(text_of(motion, arm), "made.bvh");
    EXPECT_EQ(scan.frame_time_s, 1 / rate);
    EXPECT_NEAR(scan.rate_hz, rate, 1e-12 * rate);
    EXPECT_EQ(scan.frames, 2);
  }
}

// No angle jumps by a turn from one frame to the next, whatever the shoulder does.
TEST(ExportBvh, AnglesGoOnWithoutAJump) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  JointMotion motion = rest_motion(arm, make_grid(4, 120));
  for (Index i = 0; i < motion.time.count; ++i)
    set_quaternion(motion.R_WT, i,
                   Eigen::Quaterniond(
                       Eigen::AngleAxisd(2 * kPi * motion.time.time(i) / 2, Vector3d::UnitZ())));
  std::istringstream in(text_of(motion, arm));
  std::string line;
  while (std::getline(in, line) && !line.starts_with("Frame Time")) {
  }
  std::vector<double> last;
  double turned = 0;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::vector<double> now;
    for (double x; words >> x;) now.push_back(x);
    for (std::size_t c = 3; c < now.size() && !last.empty(); ++c)
      ASSERT_LT(std::abs(now[c] - last[c]), 10) << c;
    last = now;
    turned = now[5];
  }
  EXPECT_NEAR(turned, 720, 2);  // twice round the vertical, Yrotation of the root
}

// Eight decimals of centimetres and degrees, everywhere: the scale of a nanometre.
TEST(ExportBvh, WritesNumbersOfEnoughDigits) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  std::istringstream in(text_of(known_arm_motion(arm, 3, 60), arm));
  std::string word;
  Index numbers = 0;
  while (in >> word) {
    if (word == "Time:") {
      in >> word;
      continue;
    }
    const std::size_t point = word.find('.');
    if (point == word.npos) continue;
    EXPECT_EQ(word.size() - point - 1, 8u) << word;
    ++numbers;
  }
  const Index joints = 2 + 18 + 3, ends = 5 + 1;  // root and spine, both arms
  EXPECT_EQ(numbers, 3 * (joints + ends) + 3 * (3 + 3 * joints));
}

TEST(ExportBvh, RefusesWhatItCannotWrite) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  const auto fault = [&](ErrorKind kind, const std::function<void(JointMotion&)>& breaking) {
    JointMotion motion = rest_motion(arm, {0, 60, 3});
    breaking(motion);
    std::ostringstream out;
    try {
      export_bvh(motion, arm, out);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), kind);
      EXPECT_TRUE(out.str().empty());
      return std::string(error.what());
    }
    ADD_FAILURE() << "nothing was thrown";
    return std::string();
  };
  EXPECT_EQ(
      fault(ErrorKind::bad_data,
            [](JointMotion& m) { m.angles(2, 4) = std::numeric_limits<double>::quiet_NaN(); }),
      "export to BVH: frame 3: expected finite numbers");
  EXPECT_NE(fault(ErrorKind::usage, [](JointMotion& m) { m.time.count = 4; }).find("4 frames"),
            std::string::npos);
  EXPECT_NE(fault(ErrorKind::usage, [](JointMotion& m) { m.time.rate_hz = 1e5; }).find("10000 Hz"),
            std::string::npos);
  try {
    export_bvh(rest_motion(arm, {0, 60, 3}), arm, scratch_folder() / "no" / "folder.bvh");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
  }
}

}  // namespace
}  // namespace wrist
