// SPDX-License-Identifier: Apache-2.0
#include "motions/hand_pose.h"

#include <fenv.h>

#include <fstream>
#include <functional>
#include <limits>

#include "sim/base/error.h"
#include "sim/body/arm_model.h"
#include "tests/support/paths.h"
#include "tests/support/pose_files.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::binary_pose;
using testing::json_pose;
using testing::scratch_folder;

std::filesystem::path write_binary(const std::vector<float>& numbers) {
  const auto file = scratch_folder() / "flat.handpose";
  std::ofstream(file, std::ios::binary) << testing::little_endian(numbers);
  return file;
}

std::filesystem::path write_json(const std::string& text) {
  const auto file = scratch_folder() / "flat.json";
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, text.npos) << from;
  return text.replace(at, from.size(), to);
}

std::string fault(const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_data);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

TEST(HandPose, ReadsNamedMatrices) {
  const HandRecording hand = import_hand_pose(write_json(json_pose()), Side::left);
  EXPECT_EQ(hand.name, "flat");
  EXPECT_EQ(hand.count(), 1);
  EXPECT_EQ(hand.side, Side::left);
  EXPECT_EQ(hand.tip, TipPoint::finger_end);
  EXPECT_TRUE(hand.has_carpals);
  EXPECT_TRUE(hand.notes.empty());
  // The thumb has a bone less: its base is both carpal and knuckle.
  EXPECT_EQ(hand.joint(0, 0, HandJoint::carpal), hand.joint(0, 0, HandJoint::knuckle));
  EXPECT_LT((hand.joint(0, 0, HandJoint::knuckle) - Vector3d(0.04, 0, -0.06)).norm(), 1e-6);
  EXPECT_LT((hand.joint(0, 0, HandJoint::tip) - Vector3d(0.04, 0, -0.15)).norm(), 1e-6);
  EXPECT_LT((hand.joint(0, 1, HandJoint::carpal) - Vector3d(0.02, -0.001, -0.03)).norm(), 1e-6);
  EXPECT_LT((hand.joint(0, 4, HandJoint::tip) - Vector3d(-0.04, -0.004, -0.15)).norm(), 1e-6);
  EXPECT_NEAR(tip_distance(hand)[0], std::hypot(0.02, 0.001), 1e-6);
  // Palm: x distal is -z, z dorsal is y, y = z cross x is -x: ulnar on a left hand.
  const Eigen::Matrix3d R = quaternion(hand.R_LH, 0).toRotationMatrix();
  EXPECT_LT((R.col(0) - Vector3d(0, 0, -1)).norm(), 1e-12);
  EXPECT_LT((R.col(1) - Vector3d(-1, 0, 0)).norm(), 1e-12);
  EXPECT_LT((R.col(2) - Vector3d(0, 1, 0)).norm(), 1e-12);
}

TEST(HandPose, MirrorsTheHandItIsNot) {
  const auto file = write_json(json_pose());
  const HandRecording left = import_hand_pose(file, Side::left),
                      right = import_hand_pose(file, Side::right);
  EXPECT_EQ(right.side, Side::right);
  ASSERT_EQ(right.notes.size(), 1u);
  EXPECT_LT((right.joint(0, 0, HandJoint::tip) - Vector3d(-0.04, 0, -0.15)).norm(), 1e-6);
  EXPECT_NO_THROW(require_sound(right));
  // On a right hand y is radial: towards the thumb, which is at -x.
  EXPECT_LT((quaternion(right.R_LH, 0) * Vector3d::UnitY() - Vector3d(-1, 0, 0)).norm(), 1e-12);
  const HandRecording back = mirrored(right);
  EXPECT_TRUE((back.joints == left.joints).all());
  EXPECT_LT(quaternion(back.R_LH, 0).angularDistance(quaternion(left.R_LH, 0)), 1e-12);
}

TEST(HandPose, ReadsBothHandsOfABinaryPose) {
  const auto file = write_binary(binary_pose());
  const HandRecording left = import_hand_pose(file, Side::left),
                      right = import_hand_pose(file, Side::right);
  EXPECT_LT((left.joint(0, 1, HandJoint::tip) - Vector3d(0.02, -0.001, -0.15)).norm(), 1e-6);
  EXPECT_LT((right.joint(0, 1, HandJoint::tip) - Vector3d(-0.04, -0.002, -0.30)).norm(), 1e-6);
  EXPECT_EQ(right.side, Side::right);
  EXPECT_TRUE(right.notes.empty());
}

TEST(HandPose, RefusesBrokenBinaryPoses) {
  const auto with = [](const std::function<void(std::vector<float>&)>& breaking) {
    std::vector<float> numbers = binary_pose();
    breaking(numbers);
    const auto file = write_binary(numbers);
    return fault([&] { import_hand_pose(file, Side::left); });
  };
  EXPECT_NE(with([](auto& x) { x.pop_back(); }).find("expected 3404 bytes, found 3400"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) { x.clear(); }).find("expected 3404 bytes, found 0"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) { x[0] = 24; }).find("expected 25 joints, found 24"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) {
              x[1 + 16 * 9 + 13] = std::nanf("");
            }).find("joint index-finger-tip: expected finite numbers"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) {
              x[1 + 16 * 9 + 13] = std::numeric_limits<float>::infinity();
            }).find("joint index-finger-tip: expected finite numbers"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) { x[1 + 16 * 9 + 12] = 1e9f; }).find("a position within 10 m"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) { x[1] = 2; }).find("joint wrist: expected a column-major matrix"),
            std::string::npos);
  EXPECT_NE(with([](auto& x) { x[1] = -1; }).find("joint wrist"), std::string::npos);  // mirrors
  // The wrist turned over: thumb on the wrong side of a left palm.
  const std::string turned = with([](auto& x) { x[1] = x[1 + 5] = -1; });
  EXPECT_NE(turned.find("thumb's side of a left palm"), std::string::npos) << turned;
}

TEST(HandPose, RefusesBrokenJson) {
  fedisableexcept(FE_OVERFLOW);  // what the C library does with 1e999
  const std::string whole = json_pose();
  const auto of = [](const std::string& text) {
    const auto file = write_json(text);
    return fault([&] { import_hand_pose(file, Side::left); });
  };
  EXPECT_NE(of(whole.substr(0, 700)).find("expected JSON"), std::string::npos);
  EXPECT_NE(of("").find("expected JSON"), std::string::npos);
  EXPECT_NE(of("[1, 2]").find("expected an object \"joints\""), std::string::npos);
  EXPECT_NE(of(replaced(whole, "ring-finger-tip", "ring-tip"))
                .find("joint ring-finger-tip: expected it among the joints"),
            std::string::npos);
  EXPECT_NE(of(replaced(whole, "[1,0,0,0, ", "[1,0,0, "))
                .find("joint wrist: expected "
                      "matrix_col_major of 16 numbers"),
            std::string::npos);
  EXPECT_NE(
      of(replaced(whole, "[1,0,0,0, ", "[null,0,0,0, ")).find("expected a number, found null"),
      std::string::npos);
  EXPECT_NE(of(replaced(whole, "-0.150000", "-1e999")).find("expected JSON"), std::string::npos);
  EXPECT_NE(of(replaced(whole, "-0.150000", "-0.120000"))
                .find("2 to 150 mm between thumb distal and thumb tip, found 0.000000 mm"),
            std::string::npos);
  EXPECT_NE(of(std::string(2 << 20, ' ')).find("at most 1 MiB"), std::string::npos);
  feclearexcept(FE_ALL_EXCEPT);
  feenableexcept(FE_OVERFLOW);
}

TEST(HandPose, SaysWhatCannotBeRead) {
  try {
    import_hand_pose(scratch_folder() / "none.json", Side::left);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::io);
    EXPECT_NE(std::string(error.what()).find("none.json"), std::string::npos);
  }
}

TEST(HandPose, SoundnessNamesFrameAndJoint) {
  HandRecording hand = import_hand_pose(write_json(json_pose()), Side::left);
  hand.time_s = Series::LinSpaced(2, 0, 0);
  hand.joints = hand.joints.replicate(2, 1).eval();
  hand.R_LH = hand.R_LH.replicate(2, 1).eval();
  hand.p_LH = hand.p_LH.replicate(2, 1).eval();
  EXPECT_NE(fault([&] { require_sound(hand); }).find("flat: frame 2: expected a time after"),
            std::string::npos);
  hand.time_s[1] = 0.01;
  EXPECT_NO_THROW(require_sound(hand));
  hand.joints(1, 3 * (5 * 2 + 3) + 1) = std::nan("");
  EXPECT_NE(fault([&] {
              require_sound(hand);
            }).find("frame 2: expected finite numbers for joint middle distal"),
            std::string::npos);
}

}  // namespace
}  // namespace wrist
