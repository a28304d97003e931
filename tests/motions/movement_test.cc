// SPDX-License-Identifier: Apache-2.0
#include "motions/movement.h"

#include <gtest/gtest.h>

#include <cmath>

#include "motions/movement_tracks.h"
#include "motions/pinch.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "sim/body/arm_motion.h"
#include "sim/dynamics/held_object.h"
#include "tests/support/subjects.h"

namespace wrist {
namespace {

const ArmModel& man() {
  static const ArmModel kArm = build_arm(testing::average_man(), Side::left);
  return kArm;
}

AxisValue value(Axis axis, double low, double high, bool relative = false) {
  return {to_string(axis), {axis}, {low, high}, relative};
}

// Nothing moves of itself, so that what a spec says stands alone.
MovementSpec still(const std::string& name = "still") {
  MovementSpec spec;
  spec.name = name;
  spec.restless = 0;
  return spec;
}

TimeGrid seconds(double duration) { return make_grid(duration, kMovementRate); }

Performance perform(const MovementSpec& spec, double duration, const MovementStyle& style = {},
                    std::uint64_t seed = 1) {
  return perform_activity(spec, man(), seconds(duration), style, Rng(7), Rng(seed));
}

Series axis_of(const Performance& p, Axis axis) { return p.tracks.values.col(column(axis)); }

double at(const Performance& p, Axis axis, double t) {
  return p.tracks.values(static_cast<Index>(std::lround(t * kMovementRate)), column(axis));
}

TEST(Movement, PoseHoldsAndOnlyTremorIsLeft) {
  MovementSpec spec = still();
  spec.pose = {value(Axis::elbow, 1.2, 1.2), value(Axis::pronation, 0.3, 0.3)};
  const Performance p = perform(spec, 3);
  EXPECT_NEAR(axis_of(p, Axis::elbow).mean(), 1.2, 1e-3);
  EXPECT_LT((axis_of(p, Axis::elbow) - 1.2).abs().maxCoeff(), 1e-3) << "tremor is below a mrad";
  EXPECT_LT((axis_of(p, Axis::pronation) - 0.3).abs().maxCoeff(), 1e-12);
  ASSERT_EQ(p.labels.size(), 1u);
  EXPECT_EQ(p.labels[0].class_name, "still");
}

// Minimum jerk by hand: at half of the duration half of the way, at 1.875 times the mean speed.
TEST(Movement, AStrokeIsMinimumJerk) {
  MovementSpec spec = still();
  spec.pose = {value(Axis::wrist_flexion, 0, 0)};
  PhaseSpec wait{"wait", {1, 1}, {}, StrokeShape::minimum_jerk, 0, "", {}, {}};
  PhaseSpec bend{
      "bend", {0.5, 0.5}, {value(Axis::wrist_flexion, 0.8, 0.8)}, StrokeShape::minimum_jerk, 0, "",
      {},     {}};
  spec.phases = {wait, bend, {"stay", {60, 60}, {}, StrokeShape::minimum_jerk, 0, "", {}, {}}};
  spec.pause_s = {0, 0};
  const Performance p = perform(spec, 3);
  EXPECT_NEAR(at(p, Axis::wrist_flexion, 0.99), 0, 1e-12);
  EXPECT_NEAR(at(p, Axis::wrist_flexion, 1.25), 0.4, 1e-9);
  EXPECT_NEAR(at(p, Axis::wrist_flexion, 1.6), 0.8, 1e-12);
  const double step = 1 / kMovementRate;
  const double speed =
      (at(p, Axis::wrist_flexion, 1.25 + step) - at(p, Axis::wrist_flexion, 1.25 - step)) /
      (2 * step);
  EXPECT_NEAR(speed, 1.875 * 0.8 / 0.5, 0.01);
}

TEST(Movement, StrokesPeakWhereTheyShould) {
  const auto peak = [](StrokeShape shape) {
    double best = 0, share = 0;
    for (double s = 0.005; s < 1; s += 0.005) {
      const double speed = stroke_progress(shape, s + 0.005) - stroke_progress(shape, s - 0.005);
      if (speed > best) best = speed, share = s;
    }
    return share;
  };
  EXPECT_NEAR(peak(StrokeShape::minimum_jerk), 0.5, 0.01);
  EXPECT_GT(peak(StrokeShape::lognormal), 0.35);
  EXPECT_LT(peak(StrokeShape::lognormal), 0.45) << "reaches peak at 0.35-0.5";
  EXPECT_GT(peak(StrokeShape::strike), 0.6);
  for (const StrokeShape shape :
       {StrokeShape::minimum_jerk, StrokeShape::lognormal, StrokeShape::strike}) {
    EXPECT_EQ(stroke_progress(shape, -1), 0);
    EXPECT_EQ(stroke_progress(shape, 2), 1);
    for (double s = 0; s < 1; s += 0.01)
      EXPECT_LE(stroke_progress(shape, s), stroke_progress(shape, s + 0.01) + 1e-12);
  }
}

// The forearm turns by 0.3 rad to either side, twice a second.
MovementSpec steady_swing() {
  MovementSpec spec = still();
  RhythmSpec rhythm;
  rhythm.name = "swing";
  rhythm.hz = {2, 2};
  rhythm.drift = rhythm.size_cv = 0;
  rhythm.swings = {{"pronation", {Axis::pronation}, {0.3, 0.3}, 0, 1}};
  spec.rhythms = {rhythm};
  spec.pose = {value(Axis::pronation, 0, 0)};
  return spec;
}

TEST(Movement, ARhythmHasItsFrequencyAndSize) {
  const MovementSpec spec = steady_swing();
  const Series x = axis_of(perform(spec, 10), Axis::pronation);
  int crossings = 0;
  for (Index i = 1; i < x.size(); ++i) crossings += (x[i] > 0) != (x[i - 1] > 0);
  EXPECT_NEAR(crossings, 40, 1);
  EXPECT_NEAR(x.maxCoeff(), 0.3, 0.002);
  EXPECT_NEAR(std::sqrt(x.square().mean()), 0.3 / std::sqrt(2), 0.003);
  EXPECT_NEAR(axis_of(perform(spec, 10, {1, 2, 0}), Axis::pronation).maxCoeff(), 0.6, 0.004);
  const Series quick = axis_of(perform(spec, 10, {1.5, 1, 0}), Axis::pronation);
  crossings = 0;
  for (Index i = 1; i < quick.size(); ++i) crossings += (quick[i] > 0) != (quick[i - 1] > 0);
  EXPECT_NEAR(crossings, 60, 1);
}

TEST(Movement, FatigueSlowsAndShrinks) {
  const MovementSpec spec = steady_swing();
  const Series x = axis_of(perform(spec, 20, {1, 1, 0.5}), Axis::pronation);
  EXPECT_GT(x.head(480).maxCoeff(), 0.28);
  EXPECT_LT(x.tail(480).maxCoeff(), 0.17);
}

MovementSpec twist_event() {
  MovementSpec spec = still("twist");
  spec.event = true;
  spec.return_s = {0.2, 0.4};
  spec.phases = {{"turn",
                  {0.15, 0.3},
                  {value(Axis::pronation, -1.4, -0.9, true)},
                  StrokeShape::minimum_jerk,
                  0,
                  "",
                  {},
                  {}}};
  return spec;
}

TEST(Movement, AnEventLeavesNothingBehind) {
  MovementSpec base = still();
  RhythmSpec rhythm;
  rhythm.name = "swing";
  rhythm.hz = {1, 1};
  rhythm.swings = {{"elbow", {Axis::elbow}, {0.3, 0.3}, 0, 1}};
  base.rhythms = {rhythm};
  Performance p = perform(base, 4);
  const Performance before = p;
  const auto over = lay_event(p, twist_event(), 1, 3.5, {}, Rng(7), Rng(3));
  ASSERT_TRUE(over);
  const Eigen::ArrayXXd difference = p.tracks.values - before.tracks.values;
  const auto end = static_cast<Index>(*over * kMovementRate) + 2;
  EXPECT_LT(difference.topRows(240).abs().maxCoeff(), 1e-12);
  EXPECT_LT(difference.bottomRows(difference.rows() - end).abs().maxCoeff(), 1e-12);
  const double most = difference.col(column(Axis::pronation)).abs().maxCoeff();
  EXPECT_GT(most, 0.9 - 1e-9);
  EXPECT_LT(most, 1.4 + 1e-9);
  EXPECT_EQ(difference.col(column(Axis::elbow)).abs().maxCoeff(), 0) << "the arm swings on beneath";
  ASSERT_EQ(p.events.size(), 2u);
  EXPECT_EQ(p.events[0].class_name, "twist:turn");
  EXPECT_EQ(p.events[1].class_name, "twist");
  ASSERT_EQ(p.labels.size(), 3u);
  EXPECT_EQ(p.labels[1].class_name, "") << "the way back belongs to no class";
  EXPECT_DOUBLE_EQ(p.labels[1].end_s, *over);
  EXPECT_EQ(p.labels[2].class_name, "twist");
  EXPECT_LT(p.labels[2].end_s, *over);
  EXPECT_FALSE(lay_event(p, twist_event(), 3.4, 3.5, {}, Rng(7), Rng(3))) << "does not fit";
}

TEST(Movement, PeopleDifferMoreThanOnePersonsInstances) {
  const auto depth = [](std::uint64_t person, std::uint64_t seed) {
    Performance p = perform(still(), 4);
    lay_event(p, twist_event(), 1, 3.9, {}, Rng(person), Rng(seed));
    return -axis_of(p, Axis::pronation).minCoeff();
  };
  const auto spread = [](const std::vector<double>& x) {
    double mean = 0, square = 0;
    for (const double v : x) mean += v / static_cast<double>(x.size());
    for (const double v : x) square += (v - mean) * (v - mean) / static_cast<double>(x.size());
    return std::sqrt(square);
  };
  std::vector<double> within, between;
  for (std::uint64_t k = 0; k < 40; ++k) {
    within.push_back(depth(5, k));
    between.push_back(depth(k, 5));
  }
  EXPECT_GT(spread(within), 0.01) << "nobody does it twice alike";
  EXPECT_GT(spread(between), 1.3 * spread(within));
}

TEST(Movement, TheSameSeedIsTheSameMotionAndAnotherIsNot) {
  const auto motion = [](std::uint64_t seed) {
    Performance p = perform(still(), 4, {}, seed);
    lay_event(p, twist_event(), 1, 3.9, {}, Rng(9), Rng(seed));
    return finish(p, man(), "x").angles;
  };
  EXPECT_TRUE((motion(3) == motion(3)).all());
  EXPECT_FALSE((motion(3) == motion(4)).all());
}

TEST(Movement, LoopsRepeatWithinTheirCount) {
  MovementSpec spec = twist_event();
  spec.phases[0].loop = "again";
  spec.phases.push_back({"back",
                         {0.1, 0.2},
                         {value(Axis::pronation, 0, 0, true)},
                         StrokeShape::minimum_jerk,
                         0,
                         "again",
                         {},
                         {}});
  spec.loops = {{"again", {2, 4}}};
  std::array<int, 6> seen{};
  for (std::uint64_t k = 0; k < 60; ++k) {
    const auto spans = timetable(spec, Drawer(spec, Rng(1), Rng(k)), 0, 0, 1);
    ++seen[spans.size() / 2];
    EXPECT_EQ(spans.back().repetition, static_cast<int>(spans.size() / 2) - 1);
    for (std::size_t i = 1; i < spans.size(); ++i)
      EXPECT_DOUBLE_EQ(spans[i].start_s, spans[i - 1].end_s());
  }
  EXPECT_EQ(seen[1] + seen[5], 0);
  for (const int count : {2, 3, 4}) EXPECT_GT(seen[static_cast<std::size_t>(count)], 5) << count;
}

TEST(Movement, APinchTouchesWhereThePadsMeet) {
  for (int digit = 1; digit < kDigits; ++digit) {
    MovementSpec spec = still("pinch");
    spec.event = true;
    const Axis axis = static_cast<Axis>(static_cast<int>(Axis::pinch_index) + digit - 1);
    spec.phases = {{"close",
                    {0.14, 0.14},
                    {value(axis, 1, 1)},
                    StrokeShape::minimum_jerk,
                    0,
                    "",
                    {{digit_body(digit, 3), "thumb_distal", 0.85, {}, {}, 0.02}},
                    {}},
                   {"press", {0.1, 0.1}, {}, StrokeShape::minimum_jerk, 0, "", {}, {}}};
    Performance p = perform(still(), 3);
    ASSERT_TRUE(lay_event(p, spec, 1, 2.9, {}, Rng(7), Rng(3)));
    const JointMotion motion = finish(p, man(), "x");
    ASSERT_EQ(motion.contacts.size(), 1u) << digit;
    const Contact& c = motion.contacts[0];
    EXPECT_GT(c.time_s, 1.05);
    EXPECT_LT(c.time_s, 1.14);
    EXPECT_GT(c.release_s, 1.24) << "until the pads part again";
    EXPECT_GT(c.closing_speed, 0.05);
    EXPECT_LT(c.closing_speed, 1.5);
    EXPECT_NEAR(c.direction_H.norm(), 1, 1e-9);
    const auto gap = [&](double t) {
      const auto i = static_cast<Index>(std::lround(t * kMovementRate));
      return pinch_gap(man(), motion.angles.row(i).transpose(), digit);
    };
    EXPECT_GT(gap(c.time_s - 0.01), 0);
    EXPECT_LT(gap(c.time_s + 0.01), 0);
  }
}

TEST(Movement, ATouchOfTheWorldHasTheHandsSpeed) {
  MovementSpec spec = still("slap");
  spec.event = true;
  TouchSpec touch{Body::hand, "table", 0.5, {}, {}, 0.03};
  spec.phases = {{"fall",
                  {0.3, 0.3},
                  {value(Axis::elbow, -0.6, -0.6, true)},
                  StrokeShape::minimum_jerk,
                  0,
                  "",
                  {touch},
                  {}}};
  MovementSpec base = still();
  base.pose = {value(Axis::elbow, 1.5, 1.5)};
  Performance p = perform(base, 3);
  ASSERT_TRUE(lay_event(p, spec, 1, 2.9, {}, Rng(7), Rng(3)));
  const JointMotion motion = finish(p, man(), "x");
  ASSERT_EQ(motion.contacts.size(), 1u);
  const Contact& c = motion.contacts[0];
  EXPECT_EQ(c.other, "table");
  EXPECT_NEAR(c.time_s, 1.15, 1e-9);
  // Forearm and palm turn about the elbow at the stroke's peak rate.
  const double lever = man().body(Body::forearm).length + man().body(Body::hand).length;
  EXPECT_NEAR(c.closing_speed, 1.875 * 0.6 / 0.3 * lever, 0.05 * c.closing_speed);
  EXPECT_EQ(c.yielding_mass, 0) << "a table";
}

TEST(Movement, JointsStayInRangeWhateverIsAsked) {
  MovementSpec spec = still();
  spec.pose = {value(Axis::elbow, 3, 3), value(Axis::pronation, -3, -3),
               value(Axis::wrist_flexion, 2, 2), value(Axis::curl_index, 2, 2),
               value(Axis::spread, 1, 1)};
  const JointMotion motion = finish(perform(spec, 1), man(), "x");
  for (Index h = 0; h < kHinges; ++h) {
    const ArmBody& body = man().bodies[static_cast<std::size_t>(h + 1)];
    EXPECT_GE(motion.angles.col(h).minCoeff(), body.lower - 1e-9) << to_string(Body(h + 1));
    EXPECT_LE(motion.angles.col(h).maxCoeff(), body.upper + 1e-9) << to_string(Body(h + 1));
  }
}

std::vector<Event> holdings(const Performance& p) {
  std::vector<Event> all;
  for (const Event& e : p.events)
    if (e.source == kHolding) all.push_back(e);
  return all;
}

TEST(Movement, AHandHoldsWhatItSaysFromPhaseToPhase) {
  MovementSpec spec = still("drink");
  spec.duration_cv = 0;
  spec.pause_s = {0, 0};
  for (const char* name : {"reach", "lift", "sip", "leave"}) {
    spec.phases.push_back({});
    spec.phases.back().name = name;
    spec.phases.back().duration_s = {0.5, 0.5};
  }
  spec.held = "cup";
  spec.held_during = {"lift", "sip"};
  const std::vector<Event> twice = holdings(perform(spec, 4));
  ASSERT_EQ(twice.size(), 2u);
  EXPECT_EQ(twice[0].class_name, "holds:cup");
  EXPECT_NEAR(twice[0].start_s, 0.5, 1e-9);
  EXPECT_NEAR(twice[0].end_s, 1.5, 1e-9);
  EXPECT_NEAR(twice[1].start_s, 2.5, 1e-9);
  spec.held_during = {};
  const std::vector<Event> always = holdings(perform(spec, 4));
  ASSERT_EQ(always.size(), 1u);
  EXPECT_NEAR(always[0].end_s - always[0].start_s, 4, 0.01);

  // One thing after the other: each ends, or begins, in the middle of the way over.
  MovementSpec other = still("hammer");
  other.held = "hammer";
  const std::vector<Event> day = holdings(join(perform(spec, 6), perform(other, 6), 2, 1.5));
  ASSERT_EQ(day.size(), 2u);
  EXPECT_NEAR(day[0].end_s, 2.75, 1e-9);
  EXPECT_EQ(day[1].class_name, "holds:hammer");
  EXPECT_NEAR(day[1].start_s, 2.75, 1e-9);
  EXPECT_GT(day[1].end_s, 5.9);
}

TEST(Movement, JoinGoesOverFromOneToTheOther) {
  MovementSpec first = still("first"), second = still("second");
  first.pose = {value(Axis::elbow, 0.3, 0.3)};
  second.pose = {value(Axis::elbow, 1.8, 1.8)};
  const Performance day = join(perform(first, 6), perform(second, 6), 2, 1.5);
  EXPECT_NEAR(at(day, Axis::elbow, 1.9), 0.3, 1e-2);
  EXPECT_NEAR(at(day, Axis::elbow, 2.75), 1.05, 1e-2);
  EXPECT_NEAR(at(day, Axis::elbow, 3.6), 1.8, 1e-2);
  ASSERT_EQ(day.labels.size(), 2u);
  EXPECT_EQ(day.labels[0].class_name, "first");
  EXPECT_DOUBLE_EQ(day.labels[0].end_s, 2.75);
  EXPECT_DOUBLE_EQ(day.labels[1].start_s, 2.75);
}

TEST(Movement, BothArmsDoTheSameInAMirror) {
  MovementSpec spec = still();
  spec.pose = {value(Axis::shoulder_flexion, 0.5, 0.5), value(Axis::elbow, 1.2, 1.2),
               value(Axis::trunk_roll, 0.2, 0.2), value(Axis::trunk_aside, 0.1, 0.1),
               value(Axis::trunk_yaw, 0.3, 0.3)};
  const auto wrist_at = [&spec](Side side) {
    const ArmModel arm = build_arm(testing::average_man(), side);
    const Performance p = perform_activity(spec, arm, seconds(0.1), {}, Rng(7), Rng(1));
    const JointMotion m = finish(p, arm, "x");
    return body_poses(arm, {quaternion(m.R_WT, 0), m.p_WT.row(0).transpose().matrix()},
                      quaternion(m.R_TU, 0),
                      m.angles.row(0).transpose())[static_cast<std::size_t>(Body::hand)]
        .p;
  };
  const Eigen::Vector3d left = wrist_at(Side::left), right = wrist_at(Side::right);
  EXPECT_LT((left - right.cwiseProduct(Eigen::Vector3d(1, -1, 1))).norm(), 1e-3)
      << "but for what was drawn of tremor";
  EXPECT_GT(left.y(), 0.1);
}

}  // namespace
}  // namespace wrist
