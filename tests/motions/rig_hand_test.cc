// SPDX-License-Identifier: Apache-2.0
#include "motions/rig_hand.h"

#include <algorithm>
#include <fstream>
#include <functional>

#include "motions/finger_fit.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/support/hand_glb.h"
#include "tests/support/paths.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::glb_bend;
using testing::glb_knuckle;
using testing::GlbHand;
using testing::GlbMaker;
using testing::hand_glb;
using testing::kGlbMiddle;
using testing::kGlbProximal;

constexpr double kFist = 1.2;  // rad; of every joint

std::vector<MotionClip> import_made(const GlbMaker& made, const std::string& name = "made.glb") {
  const auto file = testing::scratch_folder() / name;
  std::ofstream(file, std::ios::binary) << made.glb();
  return import_clips(file);
}

HandRecording recorded(const GlbHand& hand, const std::string& name = "made.glb") {
  return record_lone_hand(import_made(hand_glb(hand, {{"Fist", kFist}}), name).at(0));
}

bool noted(const HandRecording& hand, const std::string& part) {
  return std::any_of(hand.notes.begin(), hand.notes.end(),
                     [&](const std::string& note) { return note.find(part) != note.npos; });
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

// Every joint of a finger by hand: links that each bend by the same angle further.
TEST(LoneHand, IsRecordedInMetres) {
  for (const Side side : {Side::left, Side::right}) {
    GlbHand made;
    made.side = side;
    const HandRecording hand = recorded(made);
    EXPECT_EQ(hand.side, side);
    EXPECT_EQ(hand.tip, TipPoint::finger_end);
    EXPECT_TRUE(noted(hand, "a " + to_string(side) + " hand by how its fingers bend"));
    EXPECT_NO_THROW(require_sound(hand));
    const auto check = [&](Index frame, double bend) {
      for (int digit = 1; digit < kDigits; ++digit) {
        Vector3d p = glb_knuckle(digit, side);
        EXPECT_LT((hand.joint(frame, digit, HandJoint::knuckle) - p).norm(), 1e-6);
        p += glb_bend(bend) * Vector3d(0, 0, -kGlbProximal);
        EXPECT_LT((hand.joint(frame, digit, HandJoint::middle) - p).norm(), 1e-5);
        p += glb_bend(2 * bend) * Vector3d(0, 0, -kGlbMiddle);
        EXPECT_LT((hand.joint(frame, digit, HandJoint::distal) - p).norm(), 1e-5);
      }
    };
    check(0, 0.1);
    check(16, kFist);  // one frame of rest, then 16 of a quarter of a second at 60 Hz
    // The palm faces down, and y is towards the thumb on a right hand.
    const Eigen::Matrix3d R = quaternion(hand.R_LH, 0).toRotationMatrix();
    EXPECT_LT((R.col(0) - Vector3d(0, 0, -1)).norm(), 1e-6);
    EXPECT_LT((R.col(2) - Vector3d(0, 1, 0)).norm(), 1e-6);
  }
}

TEST(LoneHand, GivesFingersTheEndsARigHasNot) {
  const HandRecording hand = recorded({});
  for (int digit = 1; digit < kDigits; ++digit) {
    const Vector3d last =
        hand.joint(16, digit, HandJoint::tip) - hand.joint(16, digit, HandJoint::distal);
    EXPECT_NEAR(last.norm(), 0.75 * kGlbMiddle, 1e-6);
    // At rest it goes on from a middle link that is bent twice by 0.1; the last joint adds 1.1 from
    // there, as the two before it did.
    const Vector3d expected = glb_bend(2 * 0.1 + 3 * (kFist - 0.1)) * Vector3d(0, 0, -1);
    EXPECT_LT((last.normalized() - expected).norm(), 1e-5);
  }
}

TEST(LoneHand, IsPlayedThereAndBackWithHolds) {
  const HandRecording hand = recorded({});
  const PoseTiming t;
  const Index n = 16;
  const double duration = 0.25, cycle = t.rest_s + t.hold_s + 2 * duration;
  EXPECT_TRUE(noted(hand, "0.25 s long: played there and back 5 times, with holds between"));
  ASSERT_EQ(hand.count(), 2 * n * 5 + 2);
  EXPECT_GE(hand.time_s[hand.count() - 1], 8.3);
  for (Index k = 0; k < 5; ++k) {
    const Index first = 1 + 2 * n * k;
    const double start = static_cast<double>(k) * cycle + t.rest_s;
    EXPECT_NEAR(hand.time_s[first], start, 1e-9);
    EXPECT_NEAR(hand.time_s[first + n - 1], start + duration, 1e-9);
    EXPECT_NEAR(hand.time_s[first + n], start + duration + t.hold_s, 1e-9);
    EXPECT_NEAR(hand.time_s[first + 2 * n - 1], start + t.hold_s + 2 * duration, 1e-9);
    for (Index i = 0; i < n; ++i)
      EXPECT_TRUE((hand.joints.row(first + i) == hand.joints.row(first + 2 * n - 1 - i)).all());
  }
  EXPECT_TRUE((hand.joints.bottomRows(1) == hand.joints.topRows(1)).all());
  // Long ones are as they are.
  GlbHand slow;
  slow.duration_s = 4.5;
  const HandRecording whole = recorded(slow);
  EXPECT_EQ(whole.count(), 271);
  EXPECT_FALSE(noted(whole, "there and back"));
}

TEST(LoneHand, IsSlowedWhereItIsFasterThanAHand) {
  GlbHand fast;
  fast.duration_s = 0.05;  // four frames
  const HandRecording hand = recorded(fast);
  EXPECT_TRUE(noted(hand, "0.05 s is faster than a hand: slowed to 0.2 s"));
  EXPECT_TRUE(noted(hand, "4 frames: resampled to 60 Hz"));
  const PoseTiming t;
  EXPECT_NEAR(hand.time_s[13] - t.rest_s, 0.2, 1e-9);
  EXPECT_NEAR(hand.time_s[7] - t.rest_s, 0.1, 1e-9);
  // Half way in time, half way in angle: straight turns between keys.
  const Vector3d link = hand.joint(7, 2, HandJoint::middle) - hand.joint(7, 2, HandJoint::knuckle);
  EXPECT_LT((link - glb_bend((0.1 + kFist) / 2) * Vector3d(0, 0, -kGlbProximal)).norm(), 1e-5);
}

TEST(LoneHand, IsAPoseIfNothingTurns) {
  GlbHand still;
  still.rest = 0.3;
  const auto clips = import_made(hand_glb(still, {{"Still", 0.3}}));
  const HandRecording hand = record_lone_hand(clips.at(0));
  EXPECT_EQ(hand.count(), 1);
  EXPECT_TRUE(noted(hand, "nothing turns: a pose"));
  GlbMaker none = hand_glb(still, {});
  EXPECT_EQ(record_lone_hand(import_made(none).at(0)).count(), 1);
  std::vector<std::string> notes;
  const JointMotion motion =
      hand_motion(hand, build_arm(testing::average_man(), Side::left), {}, &notes);
  EXPECT_GT(motion.time.end(), 8);
}

// A file in centimetres that says metres; and one so small that it is no hand.
TEST(LoneHand, IsScaledToAHand) {
  for (const double size : {100., 0.01}) {
    GlbHand made;
    made.size = size;
    const HandRecording hand = recorded(made);
    EXPECT_TRUE(noted(hand, ": scaled to one of 0.193 m")) << hand.notes.back();
    double length = hand.joint(0, 2, HandJoint::knuckle).norm();  // the wrist is at the origin
    for (const HandJoint j : {HandJoint::middle, HandJoint::distal, HandJoint::tip})
      length +=
          (hand.joint(0, 2, j) - hand.joint(0, 2, static_cast<HandJoint>(static_cast<int>(j) - 1)))
              .norm();
    EXPECT_NEAR(length, 0.1933, 1e-6);
  }
  EXPECT_FALSE(noted(recorded({}), "scaled"));
}

TEST(LoneHand, TakesItsSideFromBendsBeforeNames) {
  GlbHand left;
  left.side = Side::left;
  EXPECT_TRUE(noted(recorded(left, "right_hand.glb"), "a left hand by how its fingers bend, what"));
  GlbHand straight;
  straight.rest = 0;
  const auto of = [&](const std::string& name) {
    return record_lone_hand(import_made(hand_glb(straight, {{"Open", 0.02}}), name).at(0));
  };
  EXPECT_EQ(of("rightHand.glb").side, Side::right);
  straight.thumb_below = 0.03;  // the palm faces down: so does the thumb of either hand
  EXPECT_EQ(of("made.glb").side, Side::right);
  straight.side = Side::left;
  EXPECT_EQ(of("made.glb").side, Side::left);
  straight.thumb_below = 0.010;
  straight.wrist = "hand.R";
  EXPECT_EQ(of("made.glb").side, Side::right);
  straight.wrist = "Palm";
  EXPECT_NE(fault([&] { of("made.glb"); }).find("made: expected bent fingers, or left or right"),
            std::string::npos);
}

TEST(LoneHand, MovesTheFingersOfEitherArm) {
  const HandRecording hand = recorded({});
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(testing::average_man(), side);
    std::vector<std::string> notes;
    const JointMotion motion = hand_motion(hand, arm, {}, &notes);
    const auto bend = [&](double time, int digit) {
      const auto i = static_cast<Index>(time * motion.time.rate_hz);
      return motion.angles.row(i).segment<3>(hinge(digit_body(digit, 1))).sum() / kDegree;
    };
    const PoseTiming t;
    const double held = t.rest_s + 0.25 + t.hold_s / 2;
    for (int digit = 1; digit < kDigits; ++digit) {
      // Three joints by 1.1 rad each: 189 deg. The index gives some of it to keep its distance from
      // the thumb, which matters more.
      EXPECT_NEAR(bend(held, digit) - bend(0.3, digit), 189, digit == 1 ? 40 : 10) << digit;
      EXPECT_NEAR(bend(held + 0.25 + t.rest_s, digit), bend(0.3, digit), 5) << digit;
    }
    EXPECT_TRUE(std::any_of(notes.begin(), notes.end(), [](const std::string& note) {
      return note.find("100 % of frames: the palm follows") != note.npos;
    }));
  }
}

TEST(LoneHand, SaysWhatItLacks) {
  GlbHand lacking;
  lacking.left_out = "F3c";
  EXPECT_NE(fault([&] { recorded(lacking); })
                .find("expected a hand of five digits with three joints each at Palm, found 2 of "
                      "the ring"),
            std::string::npos);
  lacking.left_out = "Ta";
  EXPECT_NE(fault([&] { recorded(lacking); }).find("found 0 of the thumb"), std::string::npos);
  GlbHand flat;
  GlbMaker made = hand_glb(flat, {{"Fist", kFist}});
  for (auto& node : made.doc["nodes"])  // all knuckles in one place
    if (node["name"].get<std::string>().ends_with("a")) node["translation"] = {0, 0, -0.09};
  EXPECT_NE(fault([&] {
              record_lone_hand(import_made(made).at(0));
            }).find("expected knuckles beside each other"),
            std::string::npos);
}

// Two hands are no lone hand: a body whose arms are not known, or what a pair of trackers saw.
TEST(LoneHand, IsOneHand) {
  GlbMaker made;
  const int root = made.node("root", -1);
  for (const char* wrist : {"LeftHand", "RightHand"}) {
    const int palm = made.node(wrist, root, {wrist[0] == 'L' ? 0.3 : -0.3, 1, 0});
    for (const char* digit : {"Thumb", "Index", "Middle", "Ring", "Pinky"}) {
      int parent = palm;
      for (int k = 1; k <= 3; ++k)
        parent = made.node(wrist + std::string(digit) + std::to_string(k), parent, {0, 0, -0.03});
    }
  }
  testing::skin_all(made);
  const MotionClip clip = import_made(made).at(0);
  EXPECT_EQ(lone_hand(clip), "LeftHand");
  EXPECT_NE(fault([&] {
              record_lone_hand(clip);
            }).find("found two hands at LeftHand and RightHand; if they hang on arms"),
            std::string::npos);
  MotionClip mapped = clip;
  mapped.map.right.wrist = "RightHand";
  EXPECT_EQ(lone_hand(mapped), "") << "the map's own errors are said instead";
}

}  // namespace
}  // namespace wrist
