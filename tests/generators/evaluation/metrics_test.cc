// SPDX-License-Identifier: Apache-2.0
// Small cases worked by hand.
#include <gtest/gtest.h>

#include <cmath>

#include "generators/evaluation/metrics_calibration.h"
#include "generators/evaluation/metrics_interval.h"
#include "generators/evaluation/metrics_rank.h"
#include "generators/evaluation/metrics_seen.h"
#include "generators/evaluation/metrics_window.h"

namespace wrist::evaluation {
namespace {

constexpr double kExact = 1e-12;

// What was, what was said:   0: 2 1 0,  1: 0 1 1,  2: 0 0 1; nothing is of class 3.
TEST(WindowMetrics, CountsAndMeans) {
  const WindowMetrics m = window_metrics({0, 0, 0, 1, 1, 2}, {0, 0, 1, 1, 2, 2}, 4);
  EXPECT_EQ(m.confusion(0, 0), 2);
  EXPECT_EQ(m.confusion(0, 1), 1);
  EXPECT_EQ(m.confusion(1, 0), 0);
  EXPECT_EQ(m.confusion(1, 2), 1);
  EXPECT_EQ(m.confusion.sum(), 6);
  EXPECT_NEAR(m.classes[0].precision, 1, kExact);
  EXPECT_NEAR(m.classes[0].recall, 2. / 3, kExact);
  EXPECT_NEAR(m.classes[0].f1, 0.8, kExact);
  EXPECT_NEAR(m.classes[1].f1, 0.5, kExact);
  EXPECT_NEAR(m.classes[2].precision, 0.5, kExact);
  EXPECT_NEAR(m.classes[2].f1, 2. / 3, kExact);
  EXPECT_NEAR(m.macro_f1, (0.8 + 0.5 + 2. / 3) / 3, kExact);
  EXPECT_NEAR(m.macro_precision, 2. / 3, kExact);
  EXPECT_NEAR(m.accuracy, 4. / 6, kExact);
  EXPECT_NEAR(m.balanced_accuracy, (2. / 3 + 0.5 + 1) / 3, kExact);
  EXPECT_EQ(m.worst_class, 1);
  EXPECT_NEAR(m.worst_f1, 0.5, kExact);
}

TEST(WindowMetrics, AClassNeverSaidHasNoPrecisionAndOneNeverThereNoPartInTheMean) {
  const WindowMetrics m = window_metrics({0, 1}, {2, 1}, 3);
  EXPECT_EQ(m.classes[0].precision, 0);
  EXPECT_EQ(m.classes[2].predicted, 1);
  EXPECT_NEAR(m.macro_f1, 0.5, kExact) << "of two classes, not three";
  EXPECT_EQ(m.worst_class, 0);
  EXPECT_EQ(window_metrics({}, {}, 3).worst_class, -1);
}

// Classes 0, 1 seen, 2, 3 unseen. A window of 0 is worth 1/4 of A_S, one of 1 1/2; likewise 2
// and 3.
std::vector<SeenWindow> six_windows() {
  return {{0, false, 0, 2, 0.5, 0}, {0, false, 1, 2, 0.3, 1}, {1, false, 1, 2, -0.1, 2},
          {2, true, 0, 2, -0.2, 2}, {2, true, 0, 3, 0.1, 0},  {3, true, 0, 3, 0.4, 0}};
}

// Of 2, which is near, half among the unseen and half among all; of 3, which is far, all and none.
TEST(SeenMetrics, NearAndFar) {
  std::vector<SeenWindow> windows = six_windows();
  EXPECT_TRUE(std::isnan(seen_metrics(windows).far.among_all)) << "nothing is far";
  windows[5].far = true;
  const SeenMetrics m = seen_metrics(windows);
  EXPECT_EQ(m.near.windows, 2);
  EXPECT_NEAR(m.near.among_unseen, 0.5, kExact);
  EXPECT_NEAR(m.near.among_all, 0.5, kExact);
  EXPECT_EQ(m.far.windows, 1);
  EXPECT_NEAR(m.far.among_unseen, 1, kExact);
  EXPECT_NEAR(m.far.among_all, 0, kExact);
}

TEST(SeenMetrics, FourAccuraciesAndTheirMean) {
  const SeenMetrics m = seen_metrics(six_windows());
  EXPECT_NEAR(m.seen_among_seen, 0.75, kExact);
  EXPECT_NEAR(m.unseen_among_unseen, 0.75, kExact);
  EXPECT_NEAR(m.seen_among_all, 0.25, kExact);
  EXPECT_NEAR(m.unseen_among_all, 0.25, kExact);
  EXPECT_NEAR(m.harmonic_mean, 0.25, kExact);
  EXPECT_NEAR(harmonic_mean(0.2, 0.6), 0.3, kExact);
  EXPECT_EQ(harmonic_mean(0, 0.6), 0);
}

// (0, .75) (.25, .75) (.25, .25) three times, (.75, .25) (.75, 0): .25 x .75 + .5 x .25.
TEST(SeenMetrics, TheCurveAndItsArea) {
  const SeenMetrics m = seen_metrics(six_windows());
  const double unseen[] = {0, 0.25, 0.25, 0.25, 0.25, 0.75, 0.75},
               seen[] = {0.75, 0.75, 0.25, 0.25, 0.25, 0.25, 0};
  ASSERT_EQ(m.curve.size(), 7u);
  for (std::size_t i = 0; i < 7; ++i) {
    EXPECT_NEAR(m.curve[i].unseen, unseen[i], kExact) << i;
    EXPECT_NEAR(m.curve[i].seen, seen[i], kExact) << i;
  }
  EXPECT_NEAR(m.area, 0.3125, kExact);
}

// One handicap turns all of them: a straight line from (0, 1) to (1, 0).
TEST(SeenMetrics, EqualMarginsChangeSidesTogether) {
  const SeenMetrics m = seen_metrics({{0, false, 0, 1, 0.2, 0}, {1, true, 0, 1, 0.2, 0}});
  EXPECT_EQ(m.curve.size(), 2u);
  EXPECT_NEAR(m.area, 0.5, kExact);
}

// Of nine pairs the known wins seven and ties one.
TEST(OpenSet, PairsAndTies) {
  const OpenSetMetrics m = open_set_metrics({0.9, 0.4, 0.8}, {0.7, 0.1, 0.4});
  EXPECT_NEAR(m.auroc, 7.5 / 9, kExact);
  EXPECT_NEAR(m.fpr95, 2. / 3, kExact) << "0.4 accepts every known and two unknown";
  EXPECT_EQ(area_under_roc({2, 3}, {0, 1}), 1);
  EXPECT_EQ(area_under_roc({0, 1}, {2, 3}), 0);
}

// Of twenty known one may be refused.
TEST(OpenSet, NineteenOfTwentyAreNinetyFivePercent) {
  std::vector<double> known{0.05};
  for (int i = 0; i < 19; ++i) known.push_back(0.5 + 0.01 * i);
  EXPECT_EQ(open_set_metrics(known, {0.1, 0.2}).fpr95, 0);
  known[1] = 0.1;
  EXPECT_EQ(open_set_metrics(known, {0.1, 0.2}).fpr95, 1);
}

TEST(Calibration, BinsOfEqualWidth) {
  const std::vector<double> confidence{0.95, 0.55, 0.95, 0.65};
  const std::vector<bool> right{true, true, true, false};
  const auto ten = calibration_bins(confidence, right, 10, Bins::equal_width);
  EXPECT_EQ(ten[9].windows, 2);
  EXPECT_EQ(ten[5].windows, 1);
  EXPECT_NEAR(calibration_error(ten), (0.45 + 0.65 + 2 * 0.05) / 4, kExact);
  const auto two = calibration_bins(confidence, right, 2, Bins::equal_width);
  EXPECT_NEAR(calibration_error(two), 0.025, kExact);
}

TEST(Calibration, ABinHoldsItsUpperEdge) {
  const auto bins = calibration_bins({0.25, 0, 1}, {true, true, true}, 4, Bins::equal_width);
  EXPECT_EQ(bins[0].windows, 2);
  EXPECT_EQ(bins[3].windows, 1);
}

// Ranks 0 1 | 2 2: .1 of half of them, .05 of the other half.
TEST(Calibration, BinsOfEqualMassKeepEqualsTogether) {
  const auto bins =
      calibration_bins({0.95, 0.55, 0.95, 0.65}, {true, true, true, false}, 2, Bins::equal_mass);
  EXPECT_EQ(bins[0].windows, 2);
  EXPECT_NEAR(calibration_error(bins), 0.075, kExact);
  const auto same =
      calibration_bins({0.5, 0.5, 0.5, 0.5}, {true, false, false, false}, 2, Bins::equal_mass);
  EXPECT_EQ(same[0].windows, 4);
  EXPECT_NEAR(calibration_error(same), 0.25, kExact);
}

TEST(MeanInterval, StudentsT) {
  const MeanInterval m = mean_interval({0.5, 0.7, 0.6});
  EXPECT_NEAR(m.mean, 0.6, kExact);
  EXPECT_NEAR(m.half_width, 4.3027 * 0.1 / std::sqrt(3.), 1e-6);
  EXPECT_TRUE(std::isnan(mean_interval({0.5}).half_width));
  EXPECT_EQ(mean_interval({0.5, 0.5}).half_width, 0);
  // Tables of the distribution.
  EXPECT_NEAR(student_t975(11), 2.20099, 1e-3);
  EXPECT_NEAR(student_t975(19), 2.09302, 1e-4);
  EXPECT_NEAR(student_t975(99), 1.98422, 1e-4);
}

}  // namespace
}  // namespace wrist::evaluation
