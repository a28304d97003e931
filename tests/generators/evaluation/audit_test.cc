// SPDX-License-Identifier: Apache-2.0
#include "generators/evaluation/audit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "generators/dataset_commit.h"
#include "generators/dataset_read.h"
#include "generators/evaluation/audit_near.h"
#include "generators/evaluation/test_side.h"
#include "generators/run.h"
#include "tests/generators/evaluation/small_set.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist::evaluation {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using testing::assets;
using testing::refusal;
using testing::says;

void make(const fs::path& out, const std::string& seed, std::vector<std::string> overrides = {}) {
  for (const char* more : {"fidelity=ideal", "recordings=24", "shards=4", "duration='6 s'",
                           "motions.rare=0", "motions.classes=['double_pinch','walk','wave']"})
    overrides.emplace_back(more);
  overrides.push_back("seed=" + seed);
  RunOptions options;
  options.out = out;
  options.jobs = 2;
  run(testing::shipped_recipe("mix", overrides), assets(), options);
}

// Rows of a side whose scenarios, that is plans, name none of these classes.
json rows_without(const fs::path& side, const std::set<std::string>& classes) {
  json all = json::array();
  for (const fs::path& file : find_shards(side)) {
    const Shard shard(file);
    json rows = json::array();
    for (std::size_t i = 0; i < shard.tables().sequences.size(); ++i) {
      const std::string& scenario = shard.tables().sequences[i].scenario;
      if (std::none_of(classes.begin(), classes.end(),
                       [&](const std::string& name) { return says(scenario, "\"" + name + "\""); }))
        rows.push_back(i);
    }
    all.push_back({{"shard", file.filename().string()}, {"sequences", rows}});
  }
  return all;
}

struct Audit : ::testing::Test {
  Audit() : folder(testing::scratch_folder()) {
    make(folder / "train", "101");
    make(folder / "validation", "102");
    make(part(), "103");
  }
  fs::path part(const std::string& name = "plain") const {
    return folder / "answers" / "shards" / name;
  }
  fs::path fold_file() const { return folder / "folds" / "fold-0.json"; }
  void write(const fs::path& file, const json& value) const {
    fs::create_directories(file.parent_path());
    write_text_file(file, value.dump());
  }
  // Wave is unseen; what shards know besides is seen.
  json honest_fold() const {
    json seen = json::array();
    const Shard shard(find_shards(folder / "train").front());
    for (const ClassInfo& c : shard.tables().classes)
      if (c.name != "wave") seen.push_back(c.name);
    const json unseen{{"name", "wave"}, {"near", true}, {"nearest", "walk"}, {"distance", 0.2}};
    return {{"fold", 0},
            {"seen", seen},
            {"unseen_validation", json::array()},
            {"unseen_test", json::array({unseen})},
            {"train", rows_without(folder / "train", {"wave"})},
            {"validation", rows_without(folder / "validation", {"wave"})},
            {"few_shot", {{"supports", json::array()}}}};
  }
  // A row of train that holds the class.
  json row_of(const std::string& name) const {
    for (const fs::path& file : find_shards(folder / "train")) {
      const Shard shard(file);
      const ShardTables& t = shard.tables();
      for (std::size_t i = 0; i < t.sequences.size(); ++i)
        if (const int id = t.sequences[i].class_id;
            id >= 0 && t.classes[static_cast<std::size_t>(id)].name == name)
          return {{"shard", file.filename().string()}, {"sequence", i}};
    }
    throw Error(ErrorKind::internal, "no row of " + name);
  }
  void write_public_side() const {
    const TestSide side = read_test_side({{"plain", part()}}, {"set", "A set", 5});
    fs::create_directories(folder / "test");
    write_public(side, assets(), folder / "test", {});
  }
  std::map<std::string, int> kinds(const AuditOptions& options = {}) const {
    std::map<std::string, int> all;
    for (const AuditFinding& f : audit(folder, options).findings) ++all[f.kind];
    return all;
  }
  std::string texts() const {
    std::string all;
    for (const AuditFinding& f : audit(folder).findings) all += f.kind + ": " + f.text + "\n";
    return all;
  }
  fs::path folder;
};

TEST_F(Audit, HonestSetPasses) {
  write(fold_file(), honest_fold());
  write_public_side();
  const AuditReport report = audit(folder);
  EXPECT_TRUE(report.passed()) << texts();
  ASSERT_EQ(report.sides.size(), 3U);
  for (const AuditSide& side : report.sides) {
    EXPECT_EQ(side.recordings, 24) << side.name;
    std::int64_t windows = 0;
    for (const auto& [name, count] : side.class_windows) windows += count;
    EXPECT_EQ(windows, side.windows);
    EXPECT_GT(side.people, 3);
    EXPECT_LE(side.people, 12);
  }
  EXPECT_EQ(report.sides[2].name, "test");
  EXPECT_FALSE(report.common_watches.empty());
  EXPECT_GT(report.near.people_windows, 10);
  EXPECT_GT(report.near.test_quantiles[0], report.near.limit);
  RecordProperty("near", audit_json(report));
}

TEST_F(Audit, CopiedShardIsFound) {
  const fs::path from = find_shards(folder / "train").front();
  fs::create_directories(part("copied"));
  fs::copy_file(from, part("copied") / from.filename());
  const auto found = kinds();
  for (const char* kind : {"subject", "unit", "seed", "instance", "duplicate"})
    EXPECT_TRUE(found.contains(kind)) << kind;
  EXPECT_TRUE(says(texts(), "count for count"));
  EXPECT_TRUE(says(texts(), "train/" + from.filename().string()));
  EXPECT_TRUE(says(texts(), "answers/shards/copied/" + from.filename().string()));
}

// The same recordings under a little more noise: not one window is the same, all are nearly.
TEST_F(Audit, NoisyCopyIsNearlyTheSame) {
  make(part("noisy"), "101", {"imu.noise=2"});
  int exact = 0, near = 0;
  for (const AuditFinding& f : audit(folder).findings) {
    exact += says(f.text, "count for count") ? 1 : 0;
    near += f.kind == "duplicate" && says(f.text, "is nearly train/") ? 1 : 0;
    EXPECT_TRUE(f.kind != "duplicate" || says(f.text, "shards/noisy/")) << f.text;
  }
  EXPECT_EQ(exact, 0);
  EXPECT_GT(near, 10);
}

TEST_F(Audit, SameSeedOnValidationIsFound) {
  fs::remove_all(folder / "validation");
  make(folder / "validation", "101", {"motions.tempo=1.2"});
  const auto found = kinds();
  EXPECT_TRUE(found.contains("subject"));
  EXPECT_TRUE(found.contains("unit"));
  EXPECT_TRUE(found.contains("seed"));
  EXPECT_FALSE(found.contains("instance")) << "another tempo";
}

TEST_F(Audit, StrapsAndWatchesCountOnlyIfTheyMustDiffer) {
  EXPECT_TRUE(kinds().empty()) << texts();
  AuditOptions options;
  options.disjoint_by = {"strap", "watch"};
  const auto found = kinds(options);
  EXPECT_TRUE(found.contains("strap"));
  EXPECT_TRUE(found.contains("watch"));
  options.disjoint_by = {"colour"};
  EXPECT_TRUE(says(refusal([&] { audit(folder, options); }), "found \"colour\""));
}

TEST_F(Audit, UnseenClassInTrainIsFound) {
  json fold = honest_fold();
  fold["train"] = rows_without(folder / "train", {});
  fold["validation"] = rows_without(folder / "validation", {});
  write(fold_file(), fold);
  const std::string text = texts();
  EXPECT_TRUE(says(text, "fold: folds/fold-0.json: train/shard-")) << text;
  EXPECT_TRUE(says(text, "fold: folds/fold-0.json: validation/shard-")) << text;
  EXPECT_TRUE(says(text, "hold wave, which is unseen"));
  EXPECT_FALSE(says(text, "duplicate"));
}

TEST_F(Audit, ClassInNoGroupOrTwoIsFound) {
  json fold = honest_fold();
  fold["unseen_validation"] = json::array({"walk"});
  fold["seen"].erase(std::find(fold["seen"].begin(), fold["seen"].end(), "double_pinch"));
  fold["train"] = rows_without(folder / "train", {"wave", "walk"});
  write(fold_file(), fold);
  EXPECT_EQ(texts(),
            "fold: folds/fold-0.json: class double_pinch is in no group\n"
            "fold: folds/fold-0.json: class walk is in 2 groups\n");
}

TEST_F(Audit, ClassUnseenInTwoFoldsIsFound) {
  write(fold_file(), honest_fold());
  write(folder / "folds" / "fold-1.json", honest_fold());
  EXPECT_EQ(
      texts(),
      "fold: class wave: unseen-test in folds/fold-0.json and folds/fold-1.json, expected one "
      "fold\n");
}

TEST_F(Audit, WrongAndRepeatedSupportsAreFound) {
  json fold = honest_fold();
  const json wave = row_of("wave"), walk = row_of("walk");
  const auto episode = [](int number, const json& supports) {
    return json{{"shots", 2}, {"episode", number}, {"classes", {{"wave", supports}}}};
  };
  fold["few_shot"]["supports"] =
      json::array({episode(0, json::array({wave})), episode(1, json::array({wave})),
                   episode(2, json::array({wave, wave})), episode(3, json::array({walk}))});
  write(fold_file(), fold);
  const std::string text = texts();
  EXPECT_EQ(kinds().at("fold"), 2) << text;
  EXPECT_TRUE(says(text, "2 shots, episode 2: train/"));
  EXPECT_TRUE(says(text, "is a support more than once"));
  EXPECT_TRUE(says(text, "2 shots, episode 3: train/"));
  EXPECT_TRUE(says(text, "is a support of wave and does not hold it"));
}

TEST_F(Audit, PublicSecretsAreFound) {
  write_public_side();
  EXPECT_EQ(texts(), "");
  json manifest = json::parse(std::ifstream(folder / "test" / "manifest.json"));
  manifest["files"][0]["seed"] = 103;
  write(folder / "test" / "manifest.json", manifest);
  std::ofstream(folder / "test" / "windows.csv") << "window,file,label\n";
  fs::copy_file(find_shards(part()).front(), folder / "test" / "windows-x.h5");
  std::ofstream(folder / "test" / "answers.csv") << "window\n";
  const std::string text = texts();
  EXPECT_TRUE(says(text, "public: test/manifest.json: key \"seed\" is not among"));
  EXPECT_TRUE(says(text, "public: test/windows.csv: column \"label\""));
  EXPECT_TRUE(says(text, "public: test/windows-x.h5: attribute \"recipe_sha256\""));
  EXPECT_TRUE(says(text, "public: test/windows-x.h5: group \"sequences\""));
  EXPECT_TRUE(says(text, "public: test/answers.csv: is not a file of the public part"));
}

TEST_F(Audit, BrokenSetsAreRefused) {
  EXPECT_TRUE(says(refusal([&] { audit(folder / "nowhere"); }), "nowhere: no such folder"));
  json fold = honest_fold();
  fold.erase("seen");
  write(fold_file(), fold);
  EXPECT_TRUE(says(refusal([&] { audit(folder); }), "fold-0.json"));
  EXPECT_TRUE(says(refusal([&] { audit(folder); }), "seen"));
  write_text_file(fold_file(), "{");
  EXPECT_TRUE(says(refusal([&] { audit(folder); }), "fold-0.json"));
  fold = honest_fold();
  fold["train"][0]["sequences"] = json::array({99});
  write(fold_file(), fold);
  EXPECT_TRUE(says(refusal([&] { audit(folder); }), "expected a row of 0 to 5, found 99"));
  fold["train"][0]["shard"] = "shard-9.h5";
  write(fold_file(), fold);
  EXPECT_TRUE(says(refusal([&] { audit(folder); }), "no shard train/shard-9.h5 in the set"));
  fs::remove(fold_file());
  AuditOptions options;
  options.stop = [] { return true; };
  EXPECT_TRUE(says(refusal([&] { audit(folder, options); }), "interrupted"));
  fs::remove_all(folder / "answers");
  EXPECT_TRUE(
      says(refusal([&] { audit(folder); }), "no such folder; expected the labelled shards"));
}

AuditShard shard_of(AuditPlace place, const std::string& clip) {
  AuditShard shard;
  shard.place = place;
  shard.name = std::string(kPlaceNames[static_cast<std::size_t>(place)]) + "/a.h5";
  const std::string own = shard.name;
  shard.recordings.resize(2, {own, own, own, "", own, "band", "round", "walk", {"walk"}});
  shard.recordings[1].clip = clip;
  return shard;
}

TEST(AuditIdentities, ClipOfTwoSidesIsFoundAndNoClipIsNone) {
  const std::vector<AuditShard> shards{shard_of(AuditPlace::train, "drink.bvh"),
                                       shard_of(AuditPlace::validation, ""),
                                       shard_of(AuditPlace::test, "drink.bvh")};
  AuditReport report;
  audit_identities(shards, {}, report);
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].kind, "clip");
  EXPECT_EQ(report.findings[0].text,
            "train/a.h5 rows 1 and test/a.h5 rows 1: the same clip drink.bvh");
  EXPECT_EQ(report.findings[0].count, 1);
  EXPECT_EQ(report.common_straps, std::vector<std::string>{"band"});
}

TEST(AuditNear, MotionIsMeanOfEachTwentyFifthWithoutItsOwn) {
  Eigen::ArrayXXf si = Eigen::ArrayXXf::Zero(8, 6);
  si.col(0) << 1, 2, 3, 4, 5, 6, 7, 8;
  si(5, 0) = std::nanf("");
  const Eigen::ArrayXXf motion = motion_of(si, 100);
  ASSERT_EQ(motion.rows(), 2);
  EXPECT_FLOAT_EQ(motion(0, 0), (2.5F - 6.25F) / 2);
  EXPECT_FLOAT_EQ(motion(1, 0), (6.25F - 2.5F) / 2);
  EXPECT_EQ(motion(0, 1), 0);
  EXPECT_EQ(motion_of(si.topRows(4), 50).rows(), 2);
  EXPECT_FALSE(is_still(motion, {}));
  EXPECT_TRUE(is_still(0.1F * motion, {}));
}

TEST(AuditJson, WhatIsNotThereIsNull) {
  AuditReport report;
  report.near.limit = std::nan("");
  report.findings.push_back({"seed", "a and b", 3});
  const json all = json::parse(audit_json(report));
  EXPECT_FALSE(all["passed"].get<bool>());
  EXPECT_TRUE(all["near"]["limit"].is_null());
  EXPECT_EQ(all["findings"][0], (json{{"kind", "seed"}, {"text", "a and b"}, {"count", 3}}));
}

}  // namespace
}  // namespace wrist::evaluation
