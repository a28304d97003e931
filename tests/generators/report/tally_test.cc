// SPDX-License-Identifier: Apache-2.0
#include "generators/report/tally.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "generators/report/survey.h"
#include "tests/generators/report/report_fixture.h"

namespace wrist::report {
namespace {

using namespace wrist::testing;

const CountTable& table(const std::vector<CountTable>& tables, const std::string& by) {
  for (const CountTable& t : tables)
    if (t.by == by) return t;
  throw std::runtime_error("no table by " + by);
}

std::vector<Recording> recordings(const std::vector<std::string>& subjects) {
  std::vector<Recording> all;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    all.push_back(sine_recording(400 + 100 * static_cast<Index>(i), static_cast<Index>(i)));
    all.back().scenario.subject_id = subjects[i];
  }
  return all;
}

// Two shards list their people in different order: names, not numbers, say who is who.
TEST(Tally, JoinsShardsByName) {
  ShardHeader second = small_header();
  second.subjects = {"bob", "ada"};
  second.shard_index = 4;
  std::reverse(second.classes.begin(), second.classes.end());
  const Inventory all =
      take_inventory({write_recordings("join-0.h5", recordings({"ada", "bob"})),
                      write_recordings("join-1.h5", recordings({"ada", "ada"}), second)});
  const std::vector<CountTable> tables = count_tables(all);
  const CountTable& people = table(tables, "subject");
  EXPECT_EQ(people.names, (Texts{"ada", "bob"}));
  ASSERT_EQ(all.classes.names(), (Texts{"walk", "double tap"}));
  EXPECT_EQ(people.recordings, (std::vector<Counts>{{3, 0}, {1, 0}}));
  EXPECT_EQ(people.seconds, (Numbers{4 + 4 + 5, 5}));
  EXPECT_EQ(table(tables, "strap").names, (Texts{"loop"})) << "only what occurs";
  const std::vector<ClassFigure> classes = count_classes(all);
  EXPECT_EQ(classes[0].recordings, 4);
  EXPECT_TRUE(classes[1].rare);
  EXPECT_EQ(classes[1].parent, "walk");
  const Totals totals = count_totals(all);
  EXPECT_EQ(totals.recordings, 4);
  EXPECT_DOUBLE_EQ(totals.duration_s, 18);
  EXPECT_DOUBLE_EQ(totals.imu_rate_hz, 100);
  EXPECT_EQ(totals.windows, 2 * (2 + 2)) << "4 s and 5 s hold two windows each";
  const DurationFigure durations = count_durations(all);
  EXPECT_DOUBLE_EQ(durations.least, 4);
  EXPECT_DOUBLE_EQ(durations.median, 4.5);
  EXPECT_DOUBLE_EQ(durations.most, 5);
  EXPECT_EQ(std::accumulate(durations.counts.begin(), durations.counts.end(), std::int64_t{0}), 4);
  for (const double error : all.clock_errors) EXPECT_NEAR(error, 0, 1e-12);
}

// The fixture alternates train and test; "ada" alone in both breaks what the header claims.
TEST(Tally, FindsWhoIsInTwoSplits) {
  const Inventory good =
      take_inventory({write_recordings("disjoint.h5", recordings({"ada", "bob", "ada"}))});
  DisjointFigure figure = check_disjoint(good);
  EXPECT_EQ(figure.by, (Texts{"subject", "device"}));
  ASSERT_EQ(figure.overlaps.size(), 1u) << "the fixture has one watch for all";
  EXPECT_EQ(figure.overlaps[0].by, "device");
  const Inventory bad =
      take_inventory({write_recordings("overlap.h5", recordings({"ada", "ada", "bob"}))});
  figure = check_disjoint(bad);
  ASSERT_EQ(figure.overlaps.size(), 2u);
  EXPECT_EQ(figure.overlaps[0].by, "subject");
  EXPECT_EQ(figure.overlaps[0].name, "ada");
  EXPECT_EQ(figure.overlaps[0].splits, (Texts{"train", "test"}));
  const std::vector<SplitFigure> splits = count_splits(bad);
  ASSERT_EQ(splits.size(), 3u);
  EXPECT_EQ(splits[1].name, "validation");
  EXPECT_EQ(splits[1].recordings, 0);
  EXPECT_EQ(splits[0].subjects, (Texts{"ada", "bob"}));
  EXPECT_EQ(splits[0].by_class, (Counts{2, 0}));
}

TEST(Tally, EventsOfTheMotionCountOthersDoNot) {
  Recording r = sine_recording(600, 0);
  r.events = {{1, 1.2, "double tap", "motion", 1},
              {2, 2.2, "double tap", "motion", 1},
              {2, 2.2, "double tap", "contact", 1},
              {3, 3, "beat", "heart", 1}};
  const Inventory all = take_inventory({write_recordings("events.h5", {r})});
  EXPECT_EQ(count_classes(all)[1].events, 2);
  EXPECT_EQ(count_classes(all)[0].events, 0);
  EXPECT_EQ(count_totals(all).events, 4);
}

TEST(Tally, WhatHasNoClassIsCountedLast) {
  Recording r = sine_recording(600, 0);
  r.labels.clear();
  r.scenario.class_name.clear();
  const Inventory all = take_inventory({write_recordings("none.h5", {sine_recording(600, 1), r})});
  EXPECT_EQ(all.classes.names(), (Texts{"walk", "double tap", kUnlabelled}));
  EXPECT_EQ(count_classes(all)[2].recordings, 1);
  EXPECT_EQ(count_classes(all)[2].windows, 3);
}

TEST(Tally, RefusesTwoDatasetsAndNone) {
  ShardHeader other = small_header();
  other.recipe_sha256 = "def";
  const auto first = write_recordings("one.h5", recordings({"ada"}));
  const auto second = write_recordings("two.h5", recordings({"ada"}), other);
  const std::string text = error_of(ErrorKind::usage, [&] { take_inventory({first, second}); });
  EXPECT_TRUE(contains(text, "two.h5")) << text;
  EXPECT_TRUE(contains(text, "one report per dataset")) << text;
  const auto empty = write_recordings("empty.h5", {});
  const std::string none = error_of(ErrorKind::bad_data, [&] { take_inventory({empty}); });
  EXPECT_TRUE(contains(none, "at least one recording")) << none;
  EXPECT_TRUE(contains(none, "run-report.json")) << none;
}

TEST(Selection, ShowsDifferentPeopleFirst) {
  const Inventory all = take_inventory({write_recordings(
      "choice.h5", recordings({"ada", "ada", "ada", "ada", "ada", "ada", "ada", "bob"}))});
  const std::vector<WindowChoice> chosen = choose_windows(all, "walk");
  ASSERT_EQ(chosen.size(), kThumbnails);
  const Shard shard(std::filesystem::path(WRIST_BINARY_DIR) / "scratch" / "report" / "choice.h5");
  std::vector<std::int64_t> sequences;
  for (const WindowChoice& choice : chosen)
    sequences.push_back(shard.tables().windows[choice.window].sequence);
  EXPECT_EQ(sequences[1], 7) << "bob is the second shown";
  EXPECT_EQ(std::count(sequences.begin(), sequences.end(), 0), 1) << "one of each recording first";
  EXPECT_TRUE(choose_windows(all, "double tap").empty());
}

TEST(Selection, TakesEvenSteps) {
  for (const std::int64_t total : {1, 7, 10, 23, 1000}) {
    std::int64_t taken = 0, last = -1, longest = 0;
    for (std::int64_t i = 0; i < total; ++i)
      if (is_taken(i, total, 10)) ++taken, longest = std::max(longest, i - last), last = i;
    EXPECT_EQ(taken, std::min<std::int64_t>(total, 10)) << total;
    EXPECT_LE(longest, total / 10 + 1) << total;
  }
}

}  // namespace
}  // namespace wrist::report
