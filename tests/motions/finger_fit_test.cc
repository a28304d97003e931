// SPDX-License-Identifier: Apache-2.0
#include "motions/finger_fit.h"

#include <Eigen/Dense>
#include <functional>

#include "motions/finger_fit_chain.h"
#include "motions/finger_fit_grid.h"
#include "motions/finger_fit_solve.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "tests/support/made_hand.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

using Eigen::Vector3d;
using testing::average_man;
using testing::average_woman;
using testing::record;
using Angles = Eigen::Array<double, kHinges, 1>;

// Uneven stamps of about 110 Hz over two seconds.
Series uneven_stamps() {
  Series stamps(220);
  for (Index i = 0; i < 220; ++i)
    stamps[i] = 0.009 * static_cast<double>(i) + 0.003 * std::sin(1.7 * static_cast<double>(i));
  return stamps - stamps[0];
}

// Every finger joint in smooth motion of its own, the elbow at 90 deg, the palm down.
JointMotion lively_fingers(const ArmModel& arm, const Series& stamps) {
  JointMotion motion = rest_motion(arm, {0, 1, stamps.size()});
  motion.angles.col(hinge(Body::elbow)) = 90 * kDegree;
  motion.angles.col(hinge(Body::forearm)) = 75 * kDegree;
  for (Index h = hinge(Body::thumb_abduction); h < kHinges; ++h)
    for (Index i = 0; i < stamps.size(); ++i)
      motion.angles(i, h) += 0.08 * std::sin(4 * stamps[i] + 0.9 * static_cast<double>(h));
  return motion;
}

// The fit without its pull towards rest: known angles must come back.
FingerFitSpec exact_spec() {
  FingerFitSpec spec;
  spec.rest_sd = 1e4;
  return spec;
}

std::string fault(ErrorKind kind, const std::function<void()>& act) {
  try {
    act();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), kind);
    return error.what();
  }
  ADD_FAILURE() << "nothing was thrown";
  return "";
}

// The chain against the exact kinematics of sim/, and its slopes against differences.
TEST(FingerChain, IsTheArmsOwn) {
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(average_man(), side);
    Angles angles = rest_motion(arm, {0, 1, 1}).angles.row(0).transpose();
    for (Index h = 5; h < kHinges; ++h) angles[h] += 0.1 * std::sin(3.0 * static_cast<double>(h));
    const auto poses = body_poses(arm, Pose{}, Eigen::Quaterniond::Identity(), angles);
    const Pose X_HW = inverse(poses[static_cast<std::size_t>(Body::hand)]);
    for (int digit = 0; digit < kDigits; ++digit) {
      const Eigen::Vector4d q = angles.segment<4>(hinge(digit_body(digit, 0))).matrix();
      const DigitPose pose = digit_pose(arm, digit, q, TipPoint::finger_end);
      const ArmBody& last = arm.body(digit_body(digit, 3));
      const Pose X_HB = X_HW * poses[static_cast<std::size_t>(digit_body(digit, 3))];
      EXPECT_LT((pose.joint[3] - X_HB.p).norm(), 1e-12);
      EXPECT_LT((pose.tip - X_HB.p - X_HB.R * Vector3d(last.length, 0, 0)).norm(), 1e-12);
      constexpr double kStep = 1e-6;
      for (int j = 0; j < 4; ++j) {
        const Eigen::Vector4d step = kStep * Eigen::Vector4d::Unit(j);
        const DigitPose up = digit_pose(arm, digit, q + step, TipPoint::finger_end),
                        down = digit_pose(arm, digit, q - step, TipPoint::finger_end);
        EXPECT_LT(((up.tip - down.tip) / (2 * kStep) - tip_slope(pose).col(j)).norm(), 1e-8);
        for (int l = 0; l < 3; ++l) {
          const auto k = static_cast<std::size_t>(l);
          EXPECT_LT(((up.link[k] - down.link[k]) / (2 * kStep) - link_slope(pose, l).col(j)).norm(),
                    1e-8);
        }
      }
    }
  }
}

// Rosenbrock's valley has its floor at (1, 1); a bound at x = 0.5 moves it to (0.5, 0.25).
TEST(LeastSquares, FindsTheFloorFreeAndBounded) {
  const auto valley = [](const Eigen::VectorXd& x) {
    Residuals all{Eigen::VectorXd(2), Eigen::MatrixXd(2, 2)};
    all.r << 10 * (x[1] - x[0] * x[0]), 1 - x[0];
    all.slope << -20 * x[0], 10, -1, 0;
    return all;
  };
  const Eigen::Vector2d start(-1.2, 1), wide(5, 5);
  const Eigen::VectorXd free = least_squares(valley, {-wide, wide}, start);
  EXPECT_LT((free - Eigen::Vector2d(1, 1)).norm(), 1e-6);
  const Eigen::VectorXd held = least_squares(valley, {-wide, Eigen::Vector2d(0.5, 5)}, start);
  EXPECT_EQ(held[0], 0.5);
  EXPECT_NEAR(held[1], 0.25, 1e-6);
}

TEST(FingerGrid, KeepsStampsAndNeverOvershoots) {
  Series stamps(6);
  stamps << 0, 0.01, 0.03, 0.5, 0.51, 0.6;
  Eigen::ArrayXXd values(6, 1);
  values << 0, 1, 1, 5, 5, 2;
  const TimeGrid grid{0, 100, 61};
  const Eigen::ArrayXXd out = on_grid(stamps, values, grid);
  for (const auto& [at, value] : {std::pair<Index, double>{0, 0}, {1, 1}, {3, 1}, {50, 5}, {60, 2}})
    EXPECT_NEAR(out(at, 0), value, 1e-9);
  for (Index i = 3; i < 50; ++i) EXPECT_GE(out(i + 1, 0), out(i, 0) - 1e-12);
  EXPECT_LE(out.maxCoeff(), 5);
  EXPECT_GE(out.minCoeff(), 0);
  // A straight line stays one, at any stamps.
  EXPECT_LT(
      (on_grid(stamps, 3 * stamps, grid) - 3 * Series::LinSpaced(61, 0, 0.6)).abs().maxCoeff(),
      1e-12);
}

TEST(FingerFit, GivesKnownAnglesBack) {
  const Series stamps = uneven_stamps();
  for (const Side side : {Side::left, Side::right})
    for (const TipPoint tip : {TipPoint::pad_centre, TipPoint::finger_end}) {
      const ArmModel arm = build_arm(average_man(), side);
      const JointMotion truth = lively_fingers(arm, stamps);
      const HandRecording hand = record(arm, truth, stamps, 1.07, tip);
      EXPECT_NEAR(reach_scale(hand, arm), 1.07, 1e-12);
      const Eigen::ArrayXXd found = fit_frames(hand, arm, exact_spec());
      const Index fingers = kHinges - hinge(Body::thumb_abduction);
      EXPECT_LT((found - truth.angles).rightCols(fingers).abs().maxCoeff(), 1e-5);
      EXPECT_EQ(found.leftCols(kHinges - fingers).abs().maxCoeff(), 0);
      for (Index i = 0; i < stamps.size(); i += 20)
        EXPECT_NEAR(1.07 * tip_distance(arm, found.row(i).transpose(), tip), tip_distance(hand)[i],
                    1e-6);
    }
}

TEST(FingerFit, SmoothsOntoAUniformGrid) {
  const Series stamps = uneven_stamps();
  const ArmModel arm = build_arm(average_woman(), Side::right);
  const JointMotion truth = lively_fingers(arm, stamps);
  const FingerFit fit =
      fit_fingers(record(arm, truth, stamps, 0.9, TipPoint::pad_centre), arm, exact_spec());
  EXPECT_EQ(fit.time.start_s, 0);
  EXPECT_EQ(fit.time.rate_hz, 240);
  EXPECT_LE(fit.time.end(), stamps[219]);
  EXPECT_GT(fit.time.end(), stamps[219] - 1 / 240.);
  EXPECT_EQ(fit.cutoff_hz, 12);
  const Angles rest = rest_motion(arm, {0, 1, 1}).angles.row(0).transpose();
  for (Index i = 0; i < fit.time.count; ++i)
    for (Index h = hinge(Body::thumb_abduction); h < kHinges; ++h)
      ASSERT_NEAR(fit.angles(i, h),
                  rest[h] + 0.08 * std::sin(4 * fit.time.time(i) + 0.9 * static_cast<double>(h)),
                  1e-3);
  ASSERT_EQ(fit.notes.size(), 1u);
  EXPECT_NE(fit.notes[0].find("at a scale of 0.9"), std::string::npos) << fit.notes[0];
}

// A slow tracker is smoothed at 0.35 of its Nyquist rate.
TEST(FingerFit, LowersTheCutoffForSlowTrackers) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  const Series stamps = Series::LinSpaced(41, 0, 2);  // 20 Hz
  const HandRecording hand =
      record(arm, lively_fingers(arm, stamps), stamps, 1, TipPoint::pad_centre);
  EXPECT_NEAR(fit_fingers(hand, arm, {}).cutoff_hz, 3.5, 1e-9);
  HandRecording gap = hand;  // a hand lost for a second is no slower tracker
  gap.time_s.tail(20) += 1;
  EXPECT_NEAR(fit_fingers(gap, arm, {}).cutoff_hz, 3.5, 1e-9);
}

// A finger bent further back than ours can, an impossible thumb: angles stay inside, and smooth.
TEST(FingerFit, StaysWithinTheRanges) {
  const Series stamps = uneven_stamps();
  const ArmModel arm = build_arm(average_man(), Side::right);
  JointMotion wild = lively_fingers(arm, stamps);
  wild.angles.rightCols(kHinges - hinge(Body::thumb_abduction)) *= 4;
  const FingerFit fit = fit_fingers(record(arm, wild, stamps, 1, TipPoint::pad_centre), arm, {});
  Index at_limit = 0;
  for (int b = static_cast<int>(Body::thumb_abduction); b < kBodies; ++b) {
    const ArmBody& body = arm.bodies[static_cast<std::size_t>(b)];
    const Series angle = fit.angles.col(hinge(static_cast<Body>(b)));
    EXPECT_GT(angle.minCoeff(), body.lower) << to_string(static_cast<Body>(b));
    EXPECT_LT(angle.maxCoeff(), body.upper) << to_string(static_cast<Body>(b));
    at_limit += angle.maxCoeff() > body.upper - 3 * kDegree;
  }
  EXPECT_GT(at_limit, 0);
}

TEST(FingerFit, RefusesWhatItCannotUse) {
  const ArmModel right = build_arm(average_man(), Side::right),
                 left = build_arm(average_man(), Side::left);
  const Series stamps = uneven_stamps();
  HandRecording hand =
      record(right, lively_fingers(right, stamps), stamps, 1, TipPoint::pad_centre);
  EXPECT_EQ(fault(ErrorKind::usage, [&] { fit_frames(hand, left, {}); }),
            "made: expected a left hand for this arm, found a right one");
  HandRecording few = hand;
  few.time_s = hand.time_s.head(11).eval();
  EXPECT_NE(fault(ErrorKind::bad_data, [&] { fit_fingers(few, right, {}); })
                .find("at least 12 frames over 0.1 s, found 11"),
            std::string::npos);
  hand.joints(3, 7) = std::nan("");
  EXPECT_NE(fault(ErrorKind::bad_data, [&] { hand_motion(hand, right, {}); }).find("frame 4"),
            std::string::npos);
}

// The hand of the other side does the same: positive angles mean the same on both.
TEST(HandMotion, MirrorsTheOtherHand) {
  const ArmModel right = build_arm(average_man(), Side::right),
                 left = build_arm(average_man(), Side::left);
  const Series stamps = uneven_stamps();
  const HandRecording hand =
      record(right, lively_fingers(right, stamps), stamps, 1, TipPoint::pad_centre);
  std::vector<std::string> notes;
  const JointMotion a = hand_motion(hand, right, {}), b = hand_motion(hand, left, {}, &notes);
  EXPECT_LT((a.angles - b.angles).abs().maxCoeff(), 1e-6);
  EXPECT_NE(notes.at(0).find("mirrored"), std::string::npos);
}

// The palm comes back: forearm and wrist angles that were recorded, and how they move.
TEST(HandMotion, TurnsThePalmAsRecorded) {
  const Series stamps = uneven_stamps();
  for (const Side side : {Side::left, Side::right}) {
    const ArmModel arm = build_arm(average_man(), side);
    JointMotion truth = lively_fingers(arm, stamps);
    const auto nod = [](double t) { return -0.3 + 0.15 * std::sin(3 * t); };
    for (Index i = 0; i < stamps.size(); ++i) truth.angles(i, hinge(Body::hand)) = nod(stamps[i]);
    truth.angles.col(hinge(Body::forearm)) = 80 * kDegree;
    std::vector<std::string> notes;
    const JointMotion found =
        hand_motion(record(arm, truth, stamps, 1, TipPoint::pad_centre), arm, exact_spec(), &notes);
    EXPECT_EQ(found.clip, "hand:made");
    EXPECT_TRUE(found.labels.empty());
    EXPECT_NE(notes.back().find("100 % of frames: the palm follows"), std::string::npos);
    EXPECT_TRUE((found.angles.col(hinge(Body::elbow)) == 90 * kDegree).all());
    // A palm that is not quite level nods a little sideways too; its mean is taken for the heading.
    for (Index i = 0; i < found.time.count; ++i) {
      ASSERT_NEAR(found.angles(i, hinge(Body::hand)), nod(found.time.time(i)), 1.5 * kDegree);
      ASSERT_NEAR(found.angles(i, hinge(Body::forearm)), 80 * kDegree, 2.5 * kDegree);
      ASSERT_NEAR(found.angles(i, hinge(Body::wrist_deviation)), 0, 4 * kDegree);
    }
  }
}

// A palm held up against somebody ahead, leaning back: the wrist would bend by 95 deg.
TEST(HandMotion, HoldsAPalmItCannotFollow) {
  const Series stamps = uneven_stamps();
  const ArmModel arm = build_arm(average_man(), Side::right);
  HandRecording hand = record(arm, lively_fingers(arm, stamps), stamps, 1, TipPoint::pad_centre);
  const double lean = 5 * kDegree;
  const Eigen::Quaterniond R_LH = palm_rotation(Vector3d(0, std::cos(lean), std::sin(lean)),
                                                Vector3d(0, -std::sin(lean), std::cos(lean)));
  for (Index i = 0; i < hand.count(); ++i) {
    const Eigen::Quaterniond turn = R_LH * quaternion(hand.R_LH, i).conjugate();
    for (int k = 0; k < kHandJoints; ++k) {
      const int digit = k / kJointsPerDigit;
      const auto j = static_cast<HandJoint>(k % kJointsPerDigit);
      hand.set_joint(i, digit, j, turn * hand.joint(i, digit, j));
    }
    set_quaternion(hand.R_LH, i, R_LH);
  }
  std::vector<std::string> notes;
  const JointMotion found = hand_motion(hand, arm, {}, &notes);
  EXPECT_NE(notes.back().find("in 0 % of frames: the palm is held facing down"), std::string::npos)
      << notes.back();
  EXPECT_TRUE((found.angles.col(hinge(Body::hand)) == 0).all());
}

// Two touches of the pads of known instants: thumb and index closed to known gaps by their angles.
TEST(HandMotion, MarksWhereThePadsTouch) {
  const ArmModel arm = build_arm(average_man(), Side::right);
  const Series stamps = uneven_stamps();
  JointMotion motion = lively_fingers(arm, stamps);
  const Angles open = rest_motion(arm, {0, 1, 1}).angles.row(0).transpose();
  // A closed pinch by search.
  Angles closed = open;
  double best = 1;
  for (double flex = 0; flex < 1.2; flex += 0.03)
    for (double thumb = -0.3; thumb < 0.6; thumb += 0.05)
      for (double lift = -0.2; lift < 0.8; lift += 0.05) {
        Angles trial = open;
        trial[hinge(Body::index_proximal)] += flex;
        trial[hinge(Body::index_middle)] += 0.5 * flex;
        trial[hinge(Body::thumb_metacarpal)] += thumb;
        trial[hinge(Body::thumb_abduction)] += lift;
        const double distance = tip_distance(arm, trial, TipPoint::pad_centre);
        if (distance > best) continue;
        best = distance;
        closed = trial;
      }
  const double touching = arm.body(Body::index_distal).radius + arm.body(Body::thumb_distal).radius;
  ASSERT_LT(best, touching);
  const double opened = tip_distance(arm, open, TipPoint::pad_centre);
  // Cosine closings, fully closed at 0.5 and 1.5 s.
  const auto pose = [&](double t) {
    return Angles(open + (closed - open) * (1 - std::cos(2 * kPi * t)) / 2);
  };
  const Index fingers = kHinges - hinge(Body::thumb_abduction);
  for (Index i = 0; i < stamps.size(); ++i)
    motion.angles.row(i).tail(fingers) = pose(stamps[i]).tail(fingers).transpose();
  FingerFitSpec spec = exact_spec();
  spec.touch_margin = 0;
  const JointMotion found =
      hand_motion(record(arm, motion, stamps, 1, TipPoint::pad_centre), arm, spec);
  // First touch, by bisection of the true angles.
  double low = 0, high = 0.5;
  for (int k = 0; k < 50; ++k) {
    const double middle = (low + high) / 2;
    (tip_distance(arm, pose(middle), TipPoint::pad_centre) > touching ? low : high) = middle;
  }
  ASSERT_EQ(found.contacts.size(), 2u) << best << " of " << opened;
  for (std::size_t k = 0; k < 2; ++k) {
    const Contact& contact = found.contacts[k];
    EXPECT_NEAR(contact.time_s, static_cast<double>(k) + high, 0.004);
    EXPECT_NEAR(contact.release_s, static_cast<double>(k) + 1 - high, 0.03);  // 2 mm apart
    constexpr double kStep = 1e-4;
    const double speed =
        (tip_distance(arm, pose(high - kStep), TipPoint::pad_centre) - touching) / kStep;
    EXPECT_NEAR(contact.closing_speed, speed, 0.15 * speed);
    EXPECT_EQ(contact.striker, Body::index_distal);
    EXPECT_EQ(contact.struck, Body::thumb_distal);
    EXPECT_NEAR(contact.direction_H.norm(), 1, 1e-12);
  }
}

}  // namespace
}  // namespace wrist
