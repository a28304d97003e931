// SPDX-License-Identifier: Apache-2.0
// Severities and slices, worked by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "generators/evaluation/metrics_severity.h"
#include "generators/evaluation/metrics_slices.h"

namespace wrist::evaluation {
namespace {

AnswerWindow window(int label, const std::string& subject) {
  AnswerWindow w;
  w.label = label;
  w.subject = subject;
  return w;
}

// Four clean windows of two classes, each at severity 1 and 2 of one corruption and 4 of another.
Answers twins() {
  Answers a;
  a.classes = {{"x", false, {}}, {"y", false, {}}};
  a.corruptions = {"loss", "noise"};
  for (const int label : {0, 0, 1, 1}) a.windows.push_back(window(label, ""));
  for (const auto& [corruption, severity] : {std::pair(0, 1), std::pair(0, 2), std::pair(1, 4)})
    for (std::int64_t twin = 0; twin < 4; ++twin) {
      AnswerWindow w = a.windows[static_cast<std::size_t>(twin)];
      w.corruption = corruption;
      w.severity = severity;
      w.twin = twin;
      a.windows.push_back(w);
    }
  return a;
}

const std::vector<std::size_t> kStressed{4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

TEST(Degradation, AgainstTheTwins) {
  const Degradation d = degradation(
      twins(), {0, 0, 1, 1, /**/ 0, 0, 1, 0, /**/ 0, 0, 0, 0, /**/ 0, 0, 1, 1}, kStressed);
  ASSERT_EQ(d.corruptions.size(), 2u);
  const CorruptionMetrics& loss = d.corruptions[0];
  ASSERT_EQ(loss.severities.size(), 2u);
  EXPECT_DOUBLE_EQ(loss.severities[0].macro_f1, (0.8 + 2. / 3) / 2);
  EXPECT_DOUBLE_EQ(loss.severities[0].clean_macro_f1, 1);
  EXPECT_DOUBLE_EQ(loss.severities[1].relative, 1. / 3);
  EXPECT_DOUBLE_EQ(loss.mean_relative, ((0.8 + 2. / 3) / 2 + 1. / 3) / 2);
  EXPECT_EQ(d.corruptions[1].severities[0].severity, 4);
  EXPECT_DOUBLE_EQ(d.mean_relative, (loss.mean_relative + 1) / 2);
  EXPECT_EQ(d.worst, 0);
}

TEST(Degradation, OnlyTheTwinsOfTheseWindowsCount) {
  const Degradation d =
      degradation(twins(), {1, 0, 1, 1, /**/ 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0}, {5, 6, 7});
  EXPECT_EQ(d.corruptions[0].severities[0].windows, 3);
  EXPECT_DOUBLE_EQ(d.corruptions[0].severities[0].clean_macro_f1, 1) << "the first twin is wrong";
}

TEST(Degradation, WithoutAnythingToLoseNothingIsKnown) {
  const Degradation d =
      degradation(twins(), {1, 1, 0, 0, /**/ 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}, kStressed);
  EXPECT_TRUE(std::isnan(d.mean_relative));
  EXPECT_EQ(d.worst, -1);
}

// ann 1 of 2 and 1 of 1: 3/4. bob 0 of 1 and 1 of 1: 1/2. cid has one window.
TEST(Slices, TheWorstFirstAndTheSmallLeftOut) {
  Answers a;
  a.classes = {{"x", false, {}}, {"y", false, {}}};
  a.windows = {window(0, "ann"), window(0, "ann"), window(1, "ann"), window(0, "bob"),
               window(1, "bob"), window(0, "cid"), window(0, "")};
  const auto all = slices(a, {0, 1, 1, 1, 1, 0, 0}, {0, 1, 2, 3, 4, 5, 6}, 2);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].by, "subject");
  ASSERT_EQ(all[0].slices.size(), 2u);
  EXPECT_EQ(all[0].slices[0].name, "bob");
  EXPECT_DOUBLE_EQ(all[0].slices[0].balanced_accuracy, 0.5);
  EXPECT_DOUBLE_EQ(all[0].slices[1].balanced_accuracy, 0.75);
  EXPECT_EQ(all[0].slices[1].windows, 3);
  EXPECT_EQ(all[0].too_few, 1);
  EXPECT_TRUE(all[1].slices.empty());
}

}  // namespace
}  // namespace wrist::evaluation
