// SPDX-License-Identifier: Apache-2.0
// A morning worked by hand: class 0 is null, 1 and 2 are gestures.
#include "generators/evaluation/metrics_events.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace wrist::evaluation {
namespace {

constexpr EventOptions kOptions{0.5, 1, 1};

const std::vector<AnswerEvent> kEvents{{"a", 10, 10.5, 1}, {"a", 20, 24, 1}, {"a", 30, 30, 2}};

const std::vector<bool> kRaised{false, true, true};

std::vector<Saying> sayings() {
  return {{"b", 5, 2, 0.9, true},       // an alarm in null
          {"b", 6, 0, 0.9, true},       // says null
          {"a", 11, 1, 0.9, false},     // finds the first, after 1 s
          {"a", 11.5, 1, 0.95, false},  // too soon after it
          {"a", 21, 1, 0.9, false},     // finds the second, after 1 s
          {"a", 22.5, 1, 0.8, false},   // repeats it
          {"a", 25.5, 1, 0.9, false},   // half a second too late
          {"a", 30.5, 1, 0.7, false},   // another class
          {"a", 30.5, 2, 0.4, false}};  // not likely enough
}

TEST(EventMetrics, FoundRepeatedMissedAndFalse) {
  const auto detections = detect(sayings(), kRaised, kOptions);
  EXPECT_EQ(detections.size(), 6u);
  const EventReport r = event_report(detections, kEvents, 3, 0.5, kOptions);
  EXPECT_EQ(r.all.events, 3);
  EXPECT_EQ(r.all.found, 2);
  EXPECT_EQ(r.all.repeats, 1);
  EXPECT_EQ(r.all.false_alarms, 3);
  EXPECT_EQ(r.all.detections, 5);
  EXPECT_DOUBLE_EQ(r.all.precision, 0.4);
  EXPECT_DOUBLE_EQ(r.all.recall, 2. / 3);
  EXPECT_DOUBLE_EQ(r.all.f1, 0.5);
  EXPECT_DOUBLE_EQ(r.all.mean_latency_s, 1);
  EXPECT_DOUBLE_EQ(r.classes[1].f1, 4. / 6);
  EXPECT_DOUBLE_EQ(r.classes[2].f1, 0);
  EXPECT_DOUBLE_EQ(r.macro_f1, 1. / 3);
  EXPECT_TRUE(std::isnan(r.classes[2].mean_latency_s));
  EXPECT_EQ(r.all.null_false_alarms, 1);
  EXPECT_DOUBLE_EQ(r.false_alarms_per_hour, 2);
}

TEST(EventMetrics, TheOrderOfWindowsDoesNotMatter) {
  std::vector<Saying> backwards = sayings();
  std::reverse(backwards.begin(), backwards.end());
  const EventReport r =
      event_report(detect(backwards, kRaised, kOptions), kEvents, 3, 0.5, kOptions);
  EXPECT_EQ(r.all.found, 2);
  EXPECT_EQ(r.all.false_alarms, 3);
}

TEST(EventMetrics, ADetectionGoesToTheEventThatClosesFirst) {
  const std::vector<AnswerEvent> nested{{"a", 0, 10, 1}, {"a", 1, 2, 1}};
  const std::vector<Detection> detections{{"a", 1.5, 1, false}, {"a", 9, 1, false}};
  const EventReport r = event_report(detections, nested, 2, 0, kOptions);
  EXPECT_EQ(r.all.found, 2);
  EXPECT_DOUBLE_EQ(r.all.median_latency_s, (0.5 + 9) / 2);
  EXPECT_TRUE(std::isnan(r.false_alarms_per_hour)) << "no hour of null";
}

TEST(EventMetrics, ADetectionBeforeTheStartOrInAnotherRecordingIsFalse) {
  const std::vector<Detection> detections{{"a", 9.9, 1, false}, {"c", 10.2, 1, false}};
  const EventReport r = event_report(detections, kEvents, 3, 1, kOptions);
  EXPECT_EQ(r.all.found, 0);
  EXPECT_EQ(r.all.false_alarms, 2);
  EXPECT_EQ(r.false_alarms_per_hour, 0) << "neither lay in null";
}

TEST(EventMetrics, OnlyTheSameClassIsHeldBack) {
  const std::vector<Saying> two{{"a", 1, 1, 0.9, false}, {"a", 1.5, 2, 0.9, false}};
  EXPECT_EQ(detect(two, kRaised, kOptions).size(), 2u);
  const std::vector<Saying> later{{"a", 1, 1, 0.9, false}, {"a", 2, 1, 0.5, false}};
  EXPECT_EQ(detect(later, kRaised, kOptions).size(), 2u)
      << "at the threshold, after the whole time";
  EXPECT_EQ(detect(later, {true, false, true}, kOptions).size(), 0u) << "is not raised";
}

}  // namespace
}  // namespace wrist::evaluation
