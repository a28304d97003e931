// SPDX-License-Identifier: Apache-2.0
// Severities, contexts, attributes and slices, worked by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "generators/evaluation/metrics_attributes.h"
#include "generators/evaluation/metrics_context.h"
#include "generators/evaluation/metrics_corruption_error.h"
#include "generators/evaluation/metrics_severity.h"
#include "generators/evaluation/metrics_slices.h"
#include "sim/base/error.h"

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

// Errors of loss: 1/4 and 1/2, of the baseline 1/2 and 1/2; of noise: 0 and 1/4. The twins: 0, and
// 1/4 of the baseline.
TEST(CorruptionError, SumsOverSeveritiesMeansOverCorruptions) {
  const Answers a = twins();
  const Degradation own =
      degradation(a, {0, 0, 1, 1, /**/ 0, 0, 1, 0, /**/ 0, 0, 0, 0, /**/ 0, 0, 1, 1}, kStressed);
  const Degradation other =
      degradation(a, {0, 0, 1, 0, /**/ 0, 0, 0, 0, /**/ 1, 1, 1, 1, /**/ 0, 0, 1, 0}, kStressed);
  const CorruptionErrors e = corruption_errors(own, {"fixed.csv", other});
  EXPECT_EQ(e.baseline, "fixed.csv");
  ASSERT_EQ(e.corruptions.size(), 2u);
  EXPECT_DOUBLE_EQ(e.corruptions[0].error, 0.75 / 1);
  EXPECT_DOUBLE_EQ(e.corruptions[0].relative, 0.75 / 0.5);
  EXPECT_DOUBLE_EQ(e.corruptions[1].error, 0);
  EXPECT_TRUE(std::isnan(e.corruptions[1].relative)) << "noise adds nothing to the baseline's";
  EXPECT_DOUBLE_EQ(e.mean, 0.375);
  EXPECT_DOUBLE_EQ(e.mean_relative, 1.5) << "of the one that is known";
  const CorruptionErrors same = corruption_errors(other, {"", other});
  EXPECT_DOUBLE_EQ(same.mean, 1);
  EXPECT_DOUBLE_EQ(same.mean_relative, 1);
}

TEST(CorruptionError, TheBaselineMustHaveSeenTheSame) {
  const Answers a = twins();
  const std::vector<int> said(16, 0);
  const Degradation own = degradation(a, said, kStressed);
  const auto refusal = [&](const std::vector<std::size_t>& rows) -> std::string {
    try {
      corruption_errors(own, {"b", degradation(a, said, rows)});
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal({4, 5, 6, 7, 8, 9, 10, 11}), "baseline b: has no noise of severity 4");
  EXPECT_EQ(refusal({4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15}),
            "baseline b: loss 1: expected 4 windows, found 3");
}

// Walking: x 1 of 2, y, which is unseen, 1 of 1. Clean: x 3 of 4, y 1 of 1; z is not asked.
TEST(Contexts, BesideCleanWindowsOfTheirClasses) {
  Answers a;
  a.classes = {{"x", false, {}}, {"y", false, {0}}, {"z", false, {}}};
  for (const int label : {0, 0, 0, 0, 1, 2, 0, 0, 1}) a.windows.push_back(window(label, ""));
  for (std::size_t i = 6; i < 9; ++i) a.windows[i].context = "walking";
  const std::vector<int> said{0, 0, 0, 1, 1, 0, 0, 1, 1};
  const auto all = context_metrics(a, said, {6, 7, 8}, {0, 1, 2, 3, 4, 5});
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].name, "walking");
  EXPECT_EQ(all[0].all.windows, 3);
  EXPECT_DOUBLE_EQ(all[0].all.balanced_accuracy, 0.75);
  EXPECT_DOUBLE_EQ(all[0].all.macro_f1, 2. / 3);
  EXPECT_DOUBLE_EQ(all[0].all.clean_balanced_accuracy, (0.75 + 1) / 2);
  EXPECT_DOUBLE_EQ(all[0].all.clean_macro_f1, (6. / 7 + 2. / 3) / 2);
  EXPECT_DOUBLE_EQ(all[0].all.relative, 2. / 3 / ((6. / 7 + 2. / 3) / 2));
  EXPECT_EQ(all[0].seen.windows, 2);
  EXPECT_DOUBLE_EQ(all[0].seen.balanced_accuracy, 0.5);
  EXPECT_DOUBLE_EQ(all[0].seen.clean_macro_f1, 6. / 7);
  const auto alone = context_metrics(a, said, {6, 7, 8}, {5});
  EXPECT_TRUE(std::isnan(alone[0].all.relative)) << "no clean window of x or y";
}

// Three windows with it, 3 1 2, and two without, 0 2: won 2 + 1 + 1.5 of six.
TEST(AttributeMetrics, AreaOverClassesThatSayYesOrNo) {
  Answers a;
  a.classes = {{"x", false, {}}, {"y", false, {0}}, {"z", false, {}}, {"w", false, {}}};
  a.attributes = {{"even", {1, 0, 0.5, -1}}, {"all", {1, 1, 1, 1}}};
  for (const int label : {0, 0, 0, 1, 1, 2, 3}) a.windows.push_back(window(label, ""));
  Scores values = Scores::Zero(7, 2);
  values.col(0) << 3, 1, 2, 0, 2, 9, -9;
  const AttributeMetrics m = attribute_metrics(a, values, {0, 1, 2, 3, 4, 5, 6});
  EXPECT_EQ(m.attributes[0].with, 3);
  EXPECT_EQ(m.attributes[0].without, 2);
  EXPECT_DOUBLE_EQ(m.attributes[0].area, 4.5 / 6);
  EXPECT_TRUE(std::isnan(m.attributes[0].unseen_area)) << "the unseen class says no";
  EXPECT_TRUE(std::isnan(m.attributes[1].area));
  EXPECT_DOUBLE_EQ(m.mean, 0.75);
  EXPECT_TRUE(std::isnan(m.unseen_mean));
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
