// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/evaluation_set.h"

#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "generators/dataset_read.h"
#include "generators/evaluation/score.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::assets;

const fs::path kDefault = fs::path(WRIST_SOURCE_DIR) / "assets/evaluation/default.toml";

// Eight classes, `ideal`, seconds instead of hours.
std::vector<std::string> small() {
  const std::string classes =
      "['pinch', 'double_pinch', 'clench', 'drink', 'wave', 'type', 'clap', 'walk']";
  std::vector<std::string> all{"folds.count=3", "few_shot.shots=[1, 2]", "few_shot.episodes=3"};
  for (const char* side : {"train", "validation", "plain", "wet", "right_wrist", "loose",
                           "other_watch", "walking", "daily"})
    for (const char* key : {"fidelity='ideal'", "duration='4 s'"})
      all.push_back(std::string(side) + "." + key);
  for (const char* side :
       {"train", "validation", "plain", "wet", "right_wrist", "loose", "other_watch"})
    all.push_back(std::string(side) + ".motions.classes=" + classes);
  for (const char* side : {"validation", "plain", "wet", "right_wrist", "loose", "other_watch"}) {
    all.push_back(std::string(side) + ".recordings=16");
    all.push_back(std::string(side) + ".subjects.count=2");
  }
  all.insert(all.end(), {"train.recordings=32", "train.subjects.count=4", "walking.recordings=12",
                         "daily.duration='40 s'", "daily.recordings=2", "daily.subjects.count=2",
                         "daily.timeline.stretch=['15 s', '20 s']",
                         "daily.timeline.activities={type = 1, walk = 1}",
                         "walking.motions.classes=['pinch', 'clench']"});
  return all;
}

MadeSet make(const fs::path& out, const std::vector<std::string>& more = {}) {
  std::vector<std::string> overrides = small();
  overrides.insert(overrides.end(), more.begin(), more.end());
  SetOptions options;
  options.out = out;
  options.jobs = 2;
  return make_evaluation_set(read_set_spec(kDefault, overrides, assets()), assets(), options);
}

json read(const fs::path& file) { return json::parse(std::ifstream(file)); }

// Names of classes of the samples and the recording's own, straight from the shard.
std::set<std::string> classes_in(const Shard& shard, std::size_t row) {
  const ShardTables& t = shard.tables();
  const ShardTables::Sequence& s = t.sequences[row];
  std::set<std::string> names{t.classes[static_cast<std::size_t>(s.class_id)].name};
  const Eigen::ArrayXXd ids = shard.read("/imu/class_id", s.imu_start, s.imu_count);
  for (Index i = 0; i < ids.rows(); ++i)
    if (ids(i, 0) >= 0) names.insert(t.classes[static_cast<std::size_t>(ids(i, 0))].name);
  return names;
}

TEST(EvaluationSet, AFoldTrainsOnNoUnseenClass) {
  const fs::path out = testing::scratch_folder();
  const MadeSet made = make(out);
  EXPECT_TRUE(fs::exists(out / "set.json"));
  const Shard shard(out / "train" / "shard-00000-of-00001.h5");
  for (const Fold& fold : made.folds) {
    const json file = read(out / "folds" / ("fold-" + std::to_string(fold.number) + ".json"));
    std::set<std::size_t> rows;
    for (const json& part : file["train"])
      for (const json& row : part["sequences"]) rows.insert(row.get<std::size_t>());
    EXPECT_FALSE(rows.empty());
    for (std::size_t row = 0; row < shard.tables().sequences.size(); ++row) {
      const std::set<std::string> names = classes_in(shard, row);
      const bool unseen = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return fold.is_unseen_test(name) || fold.is_unseen_validation(name);
      });
      EXPECT_EQ(rows.contains(row), !unseen) << fold.number << " " << row;
    }
  }
}

TEST(EvaluationSet, ExamplesAreOfTheirClassAndEpisodesDiffer) {
  const fs::path out = testing::scratch_folder();
  make(out);
  const Shard shard(out / "train" / "shard-00000-of-00001.h5");
  const json fold = read(out / "folds" / "fold-1.json");
  std::set<std::string> different;
  ASSERT_EQ(fold["few_shot"]["supports"].size(), 2U * 3U);
  for (const json& episode : fold["few_shot"]["supports"]) {
    EXPECT_EQ(episode["classes"].size(), fold["unseen_test"].size());
    for (const auto& [name, examples] : episode["classes"].items()) {
      EXPECT_EQ(examples.size(), episode["shots"].get<std::size_t>());
      for (const json& e : examples) {
        const auto& s = shard.tables().sequences[e["sequence"].get<std::size_t>()];
        EXPECT_EQ(shard.tables().classes[static_cast<std::size_t>(s.class_id)].name, name);
      }
    }
    different.insert(episode["classes"].dump());
  }
  EXPECT_GT(different.size(), 4U);
}

// A recogniser that knows the answers has all of them right, in every protocol.
TEST(EvaluationSet, ScoreReadsItAndKnowingAllIsPerfect) {
  const fs::path out = testing::scratch_folder();
  const MadeSet made = make(out);
  EXPECT_GT(made.null_hours, 0.02);
  for (const Fold& fold : made.folds) {
    const Answers answers = read_answers(out / "answers" / ("fold-" + std::to_string(fold.number)));
    EXPECT_GT(answers.attributes.size(), 30U);
    for (const UnseenClass& c : fold.unseen_test)
      EXPECT_EQ(
          std::any_of(answers.classes.begin(), answers.classes.end(),
                      [&](const AnswerClass& a) { return a.name == c.name && !a.far_in.empty(); }),
          !c.near);
    Scores scores = Scores::Zero(std::ssize(answers.windows), std::ssize(answers.classes));
    std::set<std::string> contexts;
    for (Index i = 0; i < scores.rows(); ++i) {
      scores(i, answers.windows[static_cast<std::size_t>(i)].label) = 1;
      contexts.insert(answers.windows[static_cast<std::size_t>(i)].context);
    }
    EXPECT_EQ(contexts, (std::set<std::string>{"", "daily", "loose", "other_watch", "right_wrist",
                                               "walking", "wet"}));
    const ScoreReport report =
        score(answers, to_probabilities(scores, ScoreKind::probabilities, "test"), {});
    EXPECT_EQ(report.clean.macro_f1, 1);
    ASSERT_TRUE(report.seen);
    EXPECT_DOUBLE_EQ(report.seen->harmonic_mean, 1);
    ASSERT_EQ(report.few_shot.size(), 2U);
    EXPECT_DOUBLE_EQ(report.few_shot[1].accuracy.mean, 1);
  }
}

TEST(EvaluationSet, SidesShareNeitherPersonNorUnitNorSeed) {
  const fs::path out = testing::scratch_folder();
  make(out);
  std::map<std::string, std::map<std::string, std::set<std::string>>> of_side;
  for (const char* side : {"train", "validation", "answers/shards/plain"})
    for (const fs::path& file : find_shards(out / side)) {
      const Shard shard(file);
      for (const auto& s : shard.tables().sequences) {
        const json scenario = json::parse(s.scenario);
        for (const char* key : {"habit_seed", "device_seed", "seed"})
          of_side[key][side].insert(scenario.at(key).dump());
      }
    }
  for (const auto& [key, sides] : of_side) {
    std::set<std::string> all;
    std::size_t count = 0;
    for (const auto& [side, values] : sides) {
      all.insert(values.begin(), values.end());
      count += values.size();
    }
    EXPECT_EQ(all.size(), count) << key << " is on two sides";
    EXPECT_GT(count, 3U);
  }
}

TEST(EvaluationSet, MadeAgainIsTheSameAndKeepsItsShards) {
  const fs::path out = testing::scratch_folder();
  make(out);
  const json fold = read(out / "folds" / "fold-0.json"),
             manifest = read(out / "test/manifest.json");
  const auto time = fs::last_write_time(out / "train" / "shard-00000-of-00001.h5");
  make(out);
  EXPECT_EQ(read(out / "folds" / "fold-0.json"), fold);
  EXPECT_EQ(read(out / "test/manifest.json"), manifest);
  EXPECT_EQ(fs::last_write_time(out / "train" / "shard-00000-of-00001.h5"), time);
}

// Test people on the straps of the train side, where the set asks for others.
TEST(EvaluationSet, ALeakLeavesItUnfinished) {
  const fs::path out = testing::scratch_folder();
  try {
    make(out, {"plain.devices.strap='sport_band'"});
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::check_failed);
    EXPECT_NE(std::string(error.what()).find("strap: "), std::string::npos) << error.what();
  }
  EXPECT_FALSE(fs::exists(out / "set.json"));
  EXPECT_TRUE(fs::exists(out / "audit.json"));
}

void expect_refused(const std::vector<std::string>& overrides, const std::string& text) {
  try {
    make(testing::scratch_folder(), overrides);
    ADD_FAILURE() << "expected " << text;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_NE(std::string(error.what()).find(text), std::string::npos) << error.what();
  }
}

TEST(EvaluationSet, BadSpecsAreRefused) {
  expect_refused({"few_shot.shots=[9]"}, "has 4 on the train side");
  expect_refused({"few_shot.shot=[1]"}, "did you mean few_shot.shots");
  expect_refused({"few_shot.shots=[1.5]"}, "whole numbers from 1 to 1000");
  expect_refused({"wet.motions.classes=['wave', 'comb']"}, "wet: class \"comb\" occurs there");
  expect_refused({"folds.count=2"}, "folds.count: expected");
  expect_refused({"disjoint_by='wrist'"}, "\"strap\", \"watch\" or both");
  expect_refused({"clients.share=2"}, "clients.share: expected more than 0, at most 1");
  expect_refused({"walking.wear.wetnes=2"}, "did you mean wear.wetness");
}

}  // namespace
}  // namespace wrist::evaluation
