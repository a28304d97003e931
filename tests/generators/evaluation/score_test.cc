// SPDX-License-Identifier: Apache-2.0
// Recognisers whose figures are known, the program, and scikit-learn.
#include "generators/evaluation/score.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "generators/pages/score_page.h"
#include "tests/generators/evaluation/small_set.h"
#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;
using nlohmann::json;

ScoreReport scored(const Answers& a, const Scores& scores) {
  return score(a, to_probabilities(scores, ScoreKind::infer, "scores"), {});
}

TEST(Score, ThePerfectRecogniser) {
  const Answers a = small_set();
  const ScoreReport r = scored(a, perfect_scores(a));
  EXPECT_EQ(r.clean.windows, 120) << "neither stressed ones nor those of episodes";
  for (const double one : {r.clean.macro_f1, r.clean.worst_f1, r.clean.accuracy,
                           r.clean.balanced_accuracy, r.seen->harmonic_mean, r.seen->area,
                           r.seen->unseen_among_unseen, r.open_set->auroc, r.events->all.precision,
                           r.events->all.recall, r.events->macro_f1, r.degradation.mean_relative})
    EXPECT_NEAR(one, 1, 1e-12);
  for (const double zero : {r.calibration.width_error, r.calibration.mass_error, r.open_set->fpr95,
                            r.events->false_alarms_per_hour})
    EXPECT_EQ(zero, 0);
  EXPECT_DOUBLE_EQ(r.events->all.median_latency_s, 1.5) << "from 0.5 s to the window's end";
  ASSERT_EQ(r.few_shot.size(), 2u);
  EXPECT_EQ(r.few_shot[1].shots, 5);
  EXPECT_EQ(r.few_shot[1].accuracy.episodes, 4);
  EXPECT_NEAR(r.few_shot[1].accuracy.mean, 1, 1e-12);
}

// "pinch" for everything, at 17/32: one of six classes, one of four seen; the first of two unseen.
TEST(Score, TheConstantRecogniser) {
  const Answers a = small_set();
  const ScoreReport r = scored(a, constant_scores(a));
  EXPECT_NEAR(r.clean.accuracy, 1. / 6, 1e-12);
  EXPECT_NEAR(r.clean.balanced_accuracy, 1. / 6, 1e-12);
  EXPECT_NEAR(r.clean.macro_f1, 2. * 20 / (20 + 120) / 6, 1e-12);
  EXPECT_EQ(r.clean.worst_f1, 0);
  EXPECT_EQ(r.open_set->auroc, 0.5);
  EXPECT_EQ(r.open_set->fpr95, 1);
  EXPECT_EQ(r.seen->harmonic_mean, 0);
  EXPECT_NEAR(r.seen->seen_among_seen, 0.25, 1e-12);
  EXPECT_NEAR(r.seen->unseen_among_unseen, 0.5, 1e-12);
  EXPECT_NEAR(r.seen->area, 0.25 * 0.5 / 2, 1e-12) << "one straight line";
  EXPECT_NEAR(r.calibration.width_error, 0.53125 - 1. / 6, 1e-12);
  EXPECT_NEAR(r.calibration.mass_error, 0.53125 - 1. / 6, 1e-12);
  EXPECT_NEAR(r.degradation.mean_relative, 1, 1e-12);
  for (const FewShot& f : r.few_shot) {
    EXPECT_NEAR(f.accuracy.mean, 0.2, 1e-12) << "five classes in each episode";
    EXPECT_NEAR(f.accuracy.half_width, 0, 1e-12);
  }
  EXPECT_EQ(r.events->all.found, 20);
  EXPECT_EQ(r.events->all.false_alarms, 100);
  EXPECT_DOUBLE_EQ(r.events->false_alarms_per_hour, 20 / 0.5);
}

// Chance, within four standard errors of 6000 windows.
TEST(Score, TheRandomRecogniser) {
  const Answers a = small_set(6000);
  const ScoreReport r = scored(a, random_scores(a));
  const auto near = [](double found, double chance, double windows) {
    EXPECT_NEAR(found, chance, 4 * std::sqrt(chance * (1 - chance) / windows));
  };
  near(r.clean.accuracy, 1. / 6, 6000);
  near(r.clean.balanced_accuracy, 1. / 6, 6000);
  near(r.seen->seen_among_seen, 1. / 4, 4000);
  near(r.seen->unseen_among_unseen, 1. / 2, 2000);
  EXPECT_NEAR(r.open_set->auroc, 0.5, 4 * std::sqrt(6001. / (12. * 4000 * 2000)));
  EXPECT_GT(r.calibration.width_error, 0.1) << "it is sure of what it cannot know";
}

TEST(Score, SlicesAreOfCleanWindowsWithEnoughOfThem) {
  const Answers a = small_set();
  Scores scores = perfect_scores(a);
  for (std::size_t i = 0; i < 120; ++i)
    if (a.windows[i].subject == "s3") scores.row(static_cast<Index>(i)) << 1, 0, 0, 0, 0, 0;
  const ScoreReport r = scored(a, scores);
  ASSERT_EQ(r.slices.size(), 3u);
  EXPECT_EQ(r.slices[0].slices.size(), 5u);
  EXPECT_EQ(r.slices[0].slices[0].name, "s3");
  EXPECT_NEAR(r.slices[0].slices[0].balanced_accuracy, 1. / 6, 1e-12);
  EXPECT_EQ(r.slices[2].too_few, 1) << "twelve windows of the rare strap";
}

// In fold 1 the two classes are seen, and another is not.
TEST(Score, EachFoldHasItsOwnUnseenClasses) {
  Answers a = small_set();
  a.classes[1].unseen_in = {1};
  for (std::size_t i = 0; i < a.windows.size(); ++i) a.windows[i].fold = i < 120 && i % 12 < 6;
  for (AnswerWindow& w : a.windows)
    if (w.twin >= 0) w.fold = a.windows[static_cast<std::size_t>(w.twin)].fold;
  check_answers(a, "folds");
  Scores scores = perfect_scores(a);
  // Every "pinch" of fold 1 is taken for "clench", which is seen there.
  for (std::size_t i = 0; i < 120; ++i)
    if (a.windows[i].fold == 1 && a.windows[i].label == 1)
      scores.row(static_cast<Index>(i)) << 0, 0, 1, 0, 0, 0;
  const ScoreReport r = scored(a, scores);
  EXPECT_NEAR(r.seen->unseen_among_all, 2. / 3, 1e-12) << "wave, clap; not pinch";
  EXPECT_NEAR(r.seen->seen_among_all, 1, 1e-12);
}

TEST(Score, WindowsOfAContextAreNotClean) {
  const Answers a = wide_set();
  const ScoreReport r = scored(a, perfect_scores(a));
  EXPECT_EQ(r.clean.windows, 120);
  ASSERT_EQ(r.contexts.size(), 1u) << "daily motion is for false alarms";
  EXPECT_EQ(r.contexts[0].all.windows, 50);
  EXPECT_EQ(r.contexts[0].seen.windows, 30);
  EXPECT_NEAR(r.contexts[0].all.relative, 1, 1e-12);
  EXPECT_EQ(r.seen->near.windows, 20);
  EXPECT_EQ(r.seen->far.windows, 20);
  EXPECT_NEAR(r.seen->far.among_all, 1, 1e-12);
  EXPECT_EQ(r.events->false_alarms_per_hour, 0) << "to say wash of daily motion raises nothing";
  EXPECT_NEAR(r.events->all.recall, 1, 1e-12) << "events of wash are nobody's to find";
  EXPECT_EQ(r.events->all.events, 80);
}

// "pinch" of everything: 40 alarms in daily windows, whose hours are counted; "wash": none.
TEST(Score, FalseAlarmsAreRaisedClassesInDailyMotion) {
  const Answers a = wide_set();
  EXPECT_DOUBLE_EQ(scored(a, constant_scores(a)).events->false_alarms_per_hour, 40 / 2.);
  Scores wash = constant_scores(a);
  wash.col(1).swap(wash.col(3));
  const ScoreReport r = scored(a, wash);
  EXPECT_EQ(r.events->all.detections, 0);
  EXPECT_EQ(r.events->false_alarms_per_hour, 0);
}

TEST(Score, WithoutUnseenClassesEventsOrNullThoseFiguresAreNull) {
  Answers a = small_set();
  for (AnswerClass& c : a.classes) c.unseen_in.clear();
  a.events.clear();
  a.null_hours = 0;
  const json j = json::parse(score_json(scored(a, perfect_scores(a))));
  EXPECT_TRUE(j["seen_unseen"].is_null() && j["open_set"].is_null() && j["events"].is_null());
  EXPECT_EQ(j["clean"]["macro_f1"], 1);
}

TEST(Score, OptionsOutOfRangeAreUsageErrors) {
  const Answers a = small_set();
  const Predictions p = to_probabilities(perfect_scores(a), ScoreKind::infer, "");
  const auto score_with = [&](double threshold, int bins) {
    ScoreOptions options;
    options.threshold = threshold;
    options.bins = bins;
    score(a, p, options);
  };
  EXPECT_TRUE(says(refusal([&] { score_with(1.5, 15); }), "--threshold: expected 0 to 1"));
  EXPECT_TRUE(says(refusal([&] { score_with(0.5, 0); }), "--bins"));
}

TEST(ScorePage, IsWholeAndHarmless) {
  Answers a = wide_set();
  a.title = "<script>alert(1)</script>";
  ScoreReport r = scored(a, random_scores(a, 2));
  r.attributes = attribute_metrics(a, attribute_values(a, 0.5), clean_rows(a));
  r.beside = corruption_errors(r.degradation,
                               {"<script>fixed", scored(a, random_scores(a, 1)).degradation});
  const std::string page = score_page(r);
  EXPECT_FALSE(says(page, "<script")) << "titles are text";
  EXPECT_FALSE(says(page, "src=") || says(page, "nan")) << "no other file, no missing figure";
  for (const char* part :
       {"Seen and unseen", "Under stress", "Few shots", "Calibration", "Classes", "Confusion",
        "By subject", "By strap", "clap, twice", "per hour", "far unseen", "In other contexts",
        "beside the baseline", "Attributes", "corruption error"})
    EXPECT_TRUE(says(page, part)) << part;
  std::size_t pictures = 0;
  for (std::size_t at = 0; (at = page.find("<svg", at)) != std::string::npos; ++at) ++pictures;
  EXPECT_EQ(pictures, 12u);
}

std::string text_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

struct OnDisk {
  fs::path folder;
  std::string arguments;
};

OnDisk written() {
  const fs::path folder = scratch_folder();
  const Answers a = wide_set(600);
  write_answers(a, folder);
  write_csv(folder / "p.csv", a, random_scores(a, 1.5));
  write_csv(folder / "a.csv", a, attribute_values(a, 0.7), {"periodic", "both_hands"});
  Scores weak = random_scores(a, 0.8);
  for (std::size_t i = 0; i < a.windows.size(); ++i)
    if (a.windows[i].corruption >= 0) weak(static_cast<Index>(i), a.windows[i].label) -= 0.8;
  ScoreReport fixed = scored(a, weak);
  fixed.predictions = "fixed.csv";
  std::ofstream(folder / "fixed.json") << score_json(fixed);
  return {folder,
          "score --set " + folder.string() + " --predictions " + (folder / "p.csv").string()};
}

std::string with_further(const fs::path& folder) {
  return " --attributes " + (folder / "a.csv").string() + " --baseline " +
         (folder / "fixed.json").string();
}

TEST(ScoreProgram, PrintsJsonAndWritesThePage) {
  const auto [folder, arguments] = written();
  const Outcome table = wristsim(arguments);
  EXPECT_EQ(table.code, 0) << table.text;
  for (const char* part : {"macro F1", "open-set AUROC", "kept under loss", "worst subject",
                           "kept, walking", "unseen, far"})
    EXPECT_TRUE(says(table.text, part)) << table.text;
  const Outcome page =
      wristsim(arguments + with_further(folder) + " --html " + (folder / "s.html").string());
  EXPECT_EQ(page.code, 0) << page.text;
  EXPECT_TRUE(says(text_of(folder / "s.html"), "</html>"));
  EXPECT_EQ(wristsim(arguments + " --json > " + (folder / "s.json").string()).code, 0);
  const json j = json::parse(text_of(folder / "s.json"));
  EXPECT_EQ(j["scores"], "logits");
  EXPECT_EQ(j["options"]["tolerance_s"], 2) << "the length of a window";
}

TEST(ScoreProgram, BadInputAndBadUseHaveTheirCodes) {
  const auto [folder, arguments] = written();
  EXPECT_EQ(wristsim(arguments + " --threshold 2").code, 2);
  EXPECT_EQ(wristsim(arguments + " --scores percent").code, 2);
  EXPECT_EQ(wristsim(arguments + " --scores probabilities").code, 65);
  EXPECT_EQ(wristsim("score --set /nowhere --predictions p.csv").code, 74);
  EXPECT_EQ(wristsim("score --set " + folder.string()).code, 2);
  const std::string p = (folder / "p.csv").string();
  EXPECT_EQ(wristsim(arguments + " --attributes " + p).code, 65);
  const Outcome no_score = wristsim(arguments + " --baseline " + p);
  EXPECT_EQ(no_score.code, 65);
  EXPECT_TRUE(says(no_score.text, "what score --json prints")) << no_score.text;
  std::ofstream(folder / "other.json") << "{\"set_id\": \"other\"}";
  EXPECT_TRUE(says(wristsim(arguments + " --baseline " + (folder / "other.json").string()).text,
                   "of set \"small\", found \"other\""));
}

TEST(ScoreProgram, AgreesWithScikitLearn) {
  const auto [folder, arguments] = written();
  const std::string file = (folder / "s.json").string();
  ASSERT_EQ(wristsim(arguments + with_further(folder) + " --json > " + file).code, 0);
  const Outcome checked =
      shell("/usr/bin/python3 " WRIST_SOURCE_DIR "/tests/generators/evaluation/check_score.py " +
            folder.string() + " " + (folder / "p.csv").string() + " " + file +
            " " WRIST_SOURCE_DIR "/assets/schema/answers.schema.json");
  if (checked.code == 77 || checked.code == 127)
    GTEST_SKIP() << "SKIPPED: a Python module is missing: " << checked.text;
  EXPECT_EQ(checked.code, 0) << checked.text;
}

}  // namespace
}  // namespace wrist
