// SPDX-License-Identifier: Apache-2.0
// Day-like recordings: rates, spacing, days in parts, labels where the gestures are.
#include "generators/timeline.h"

#include <gtest/gtest.h>

#include <cmath>

#include "generators/perform.h"
#include "sim/base/error.h"
#include "sim/body/arm_model.h"
#include "tests/support/assets.h"

namespace wrist {
namespace {

using testing::assets;

Recipe day(std::vector<std::string> set) { return testing::shipped_recipe("day", set); }

TimelineSpec two_an_hour() {
  TimelineSpec spec;
  spec.activities = {{"sit", "walk"}, {1, 3}};
  spec.stretch = UniformLaw{20, 60};
  spec.events = {{"tap_watch", 90}, {"double_pinch", 30}};
  spec.spacing_s = 12;
  return spec;
}

// 120 an hour with a dead time of 12 s of 30: the variance of a count is (1 - 0.4)^2 of Poisson's.
TEST(Timeline, EventsComeAtTheirRatesAndKeepTheirDistance) {
  constexpr int kDays = 400;
  constexpr double kDay = 900;
  double all = 0, taps = 0, early = 0;
  for (std::uint64_t d = 0; d < kDays; ++d) {
    const Timeline line = draw_timeline(two_an_hour(), kDay, 1.5, Rng(3) / d);
    for (std::size_t k = 0; k < line.events.size(); ++k) {
      if (k > 0) {
        EXPECT_GE(line.events[k].start_s - line.events[k - 1].start_s, 12 - 1e-9);
      }
      taps += line.events[k].gesture == "tap_watch";
      early += line.events[k].start_s < 6;
    }
    all += static_cast<double>(line.events.size());
  }
  const double wanted = kDays * kDay / 30;
  EXPECT_NEAR(all, wanted, 4 * 0.7 * std::sqrt(wanted));
  EXPECT_NEAR(taps / all, 0.75, 4 * std::sqrt(0.75 * 0.25 / all));
  EXPECT_NEAR(early / kDays, 0.2, 4 * std::sqrt(0.2 * 0.8 / kDays)) << "as often at once as later";
}

TEST(Timeline, StretchesFillTheTimeAndPartsOfADayFollowEachOther) {
  const Timeline line = draw_timeline(two_an_hour(), 1200, 1.5, Rng(4));
  ASSERT_GT(line.parts.size(), 3u);
  EXPECT_EQ(line.parts[0].start_s, 0);
  for (std::size_t k = 1; k < line.parts.size(); ++k) {
    EXPECT_GE(line.parts[k].start_s - line.parts[k - 1].start_s, 20);
    EXPECT_NE(line.parts[k].activity, line.parts[k - 1].activity) << "the same again goes on";
  }
  std::size_t events = 0;
  std::string last = line.parts[0].activity;
  for (int k = 0; k < 4; ++k) {
    const Timeline piece = cut(line, 300 * k, 300 * (k + 1));
    EXPECT_EQ(piece.parts[0].start_s, 0);
    EXPECT_EQ(piece.parts[0].activity, last) << "goes on where the last one ended";
    last = piece.parts.back().activity;
    events += piece.events.size();
    for (const LaidGesture& e : piece.events) EXPECT_TRUE(e.start_s >= 0 && e.start_s < 300);
  }
  EXPECT_EQ(events, line.events.size());
}

TEST(Timeline, RecordingsOfADayShareAllButTheirSeed) {
  const Recipe r = day({"subjects.count=2", "timeline.recordings_per_day=3", "recordings=12"});
  const Scenario a = draw_scenario(r, assets(), 0), b = draw_scenario(r, assets(), 2),
                 next = draw_scenario(r, assets(), 6);
  ASSERT_TRUE(a.day && b.day && next.day);
  EXPECT_EQ(b.subject_id, a.subject_id);
  EXPECT_EQ(a.day->sequence, 0u);
  EXPECT_EQ(b.day->sequence, 1u);
  EXPECT_EQ(b.day->seed, a.day->seed);
  EXPECT_EQ(b.strap, a.strap);
  EXPECT_EQ(b.wear.pressure, a.wear.pressure);
  EXPECT_EQ(b.warm_up.worn_s, a.warm_up.worn_s + a.duration_s);
  EXPECT_NE(b.seed, a.seed);
  EXPECT_EQ(next.subject_id, a.subject_id);
  EXPECT_EQ(next.day->day, 1u);
  EXPECT_NE(next.wear.pressure, a.wear.pressure);
}

TEST(Timeline, LabelsAndEventsStandWhereTheGesturesAre) {
  const Recipe r = day({"duration=40 s", "timeline.events={ tap_watch = 300 }",
                        "timeline.spacing=5 s", "timeline.recordings_per_day=1", "recordings=4"});
  Scenario s = draw_scenario(r, assets(), 1);
  s.motion.warp = 0;
  ASSERT_GE(s.motion.events.size(), 2u);
  const ArmModel arm = build_arm(s.subject, s.side);
  const JointMotion motion = perform(s, arm, assets(), ClipLibrary({}, 1), Rng(s.seed) / "motion");
  std::vector<Event> taps;
  for (const Event& e : motion.events)
    if (e.class_name == "tap_watch") taps.push_back(e);
  // The last may not be over by the end.
  ASSERT_GE(taps.size() + 1, s.motion.events.size());
  for (std::size_t k = 0; k < taps.size(); ++k) {
    EXPECT_GE(taps[k].start_s, s.motion.events[k].start_s - 1e-9);
    EXPECT_LE(taps[k].start_s, s.motion.events[k].start_s + 4);
    bool labelled = false;
    for (const Label& label : motion.labels)
      labelled = labelled || (label.class_name == "tap_watch" && label.start_s == taps[k].start_s &&
                              label.end_s == taps[k].end_s);
    EXPECT_TRUE(labelled) << k;
  }
  EXPECT_EQ(s.class_name, "");
  EXPECT_NE(to_json(s).find("\"events\":[{\"gesture\":\"tap_watch\""), std::string::npos);
}

TEST(Timeline, MistakesAreNamed) {
  const auto error = [](const std::string& set) {
    try {
      day({set});
    } catch (const Error& e) {
      return std::string(e.what());
    }
    return std::string();
  };
  const auto expect = [](const std::string& text, std::initializer_list<const char*> parts) {
    for (const char* part : parts) EXPECT_NE(text.find(part), std::string::npos) << text;
  };
  expect(error("timeline.events={ tap_watch = \"6 Hz\" }"), {"timeline.events.tap_watch", "6 /h"});
  expect(error("timeline.events={ walk = 6 }"), {"timeline.events.walk", "a gesture"});
  expect(error("timeline.events={ tap_watch = 3000 }"), {"timeline.spacing", "less than 1.2 s"});
  expect(error("timeline.activities=[\"tap_watch\"]"), {"timeline.activities", "activities"});
  expect(error("timeline.stretch=\"2 s\""), {"timeline.stretch", "twice"});
  expect(error("motions.classes=[\"walk\"]"), {"motions.classes", "[timeline]"});
  expect(error("duration=\"601 s\""), {"duration", "recordings_per_day"});
  expect(error("duration=[\"20 s\", \"30 s\"]"), {"duration", "one duration"});
}

}  // namespace
}  // namespace wrist
