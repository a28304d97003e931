// SPDX-License-Identifier: Apache-2.0
// One dataset of many shards: what describes it is complete, true, and the same every time.
#include "generators/manifest/merge.h"

#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "generators/dataset_commit.h"
#include "generators/manifest/csv.h"
#include "sim/base/error.h"
#include "tests/generators/dataset_folder.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::string read_text(const fs::path& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::map<std::string, std::string> made_by_merge(const fs::path& folder) {
  std::map<std::string, std::string> all;
  for (const char* name : kMadeByMerge) all[name] = read_text(folder / name);
  return all;
}

std::string refusal(ErrorKind kind, const fs::path& folder) {
  try {
    merge(folder, {});
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.kind()), static_cast<int>(kind)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

// The independent reader: h5py, numpy, jsonschema, PyYAML.
void check_with_python(const fs::path& folder) {
  const Outcome checked =
      shell("/usr/bin/python3 " WRIST_SOURCE_DIR "/tests/generators/manifest/check_dataset.py " +
            folder.string() + " " WRIST_SOURCE_DIR "/assets/schema/manifest.schema.json");
  if (checked.code == 77 || checked.code == 127)
    GTEST_SKIP() << "SKIPPED: a Python module is missing: " << checked.text;
  EXPECT_EQ(checked.code, 0) << checked.text;
}

TEST(Merge, TellsTheTruthAboutItsShards) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"transport.loss=[50, 50]", "devices.watch=generic_bursts_50hz"}), {},
            2);
  const Merged merged = merge(out, {});
  EXPECT_EQ(merged.record.sequences(), 12);
  EXPECT_EQ(merged.record.planned, 12);
  EXPECT_EQ(merged.record.subjects.size(), 3u);
  EXPECT_DOUBLE_EQ(merged.record.seconds(), 72);
  check_with_python(out);
}

TEST(Merge, WatchesOfDifferentChannelsAreKeptApart) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"devices.watch=[\"generic_100hz\", \"generic_compass_100hz\"]"}), {},
            2);
  const Merged merged = merge(out, {});
  std::map<std::string, int> accel, field;
  for (const ChannelStatistics& c : merged.record.statistics) {
    accel[c.watch] += c.path == "/imu/accel";
    field[c.watch] += c.path == "/magnetometer/field";
  }
  EXPECT_EQ(accel,
            (std::map<std::string, int>{{"generic_100hz", 1}, {"generic_compass_100hz", 1}}));
  EXPECT_EQ(field,
            (std::map<std::string, int>{{"generic_100hz", 0}, {"generic_compass_100hz", 1}}));
  check_with_python(out);
}

TEST(Merge, GivesTheSameBytesFromPartsAndAgain) {
  const Recipe recipe = six_shards({"duration=2 s"});
  const fs::path folder = scratch_folder(), whole = folder / "whole", parts = folder / "parts";
  make_part(whole, recipe, {}, 2);
  for (const std::int64_t i : {2, 0, 1}) make_part(parts, recipe, {i, 3});
  merge(whole, {});
  merge(parts, {});
  const auto first = made_by_merge(whole);
  EXPECT_EQ(first, made_by_merge(parts));
  merge(whole, {});
  EXPECT_EQ(first, made_by_merge(whole));
  for (const auto& [name, text] : first) EXPECT_FALSE(text.empty()) << name;
}

TEST(Merge, NamesShardsThatAreMissingOrStrange) {
  const Recipe recipe = six_shards({"duration=1 s"});
  const fs::path out = scratch_folder();
  make_part(out, recipe, {0, 2});
  const std::string text = refusal(ErrorKind::check_failed, out);
  EXPECT_NE(text.find("3 of 6 shards are missing: shard-00001-of-00006.h5"), std::string::npos)
      << text;
  EXPECT_FALSE(fs::exists(out / "manifest.json"));
  make_part(out, recipe, {1, 2});
  fs::copy_file(out / shard_name(0, 6), out / shard_name(0, 7));
  EXPECT_NE(refusal(ErrorKind::check_failed, out).find("shard-00000-of-00007.h5: not of the plan"),
            std::string::npos);
  fs::remove(out / shard_name(0, 7));
  fs::copy_file(out / shard_name(0, 6), out / shard_name(3, 6),
                fs::copy_options::overwrite_existing);
  EXPECT_NE(refusal(ErrorKind::bad_data, out)
                .find("shard-00003-of-00006.h5: says it is shard 0, its name says shard 3"),
            std::string::npos);
  make_part(out / "other", six_shards({"duration=1 s", "seed=7"}), {3, 6});
  fs::copy_file(out / "other" / shard_name(3, 6), out / shard_name(3, 6),
                fs::copy_options::overwrite_existing);
  EXPECT_NE(
      refusal(ErrorKind::bad_data, out).find("shard-00003-of-00006.h5: expected recipe_sha256"),
      std::string::npos);
  EXPECT_FALSE(fs::exists(out / "manifest.json"));
  EXPECT_NE(refusal(ErrorKind::io, out / "nowhere").find("found nothing"), std::string::npos);
}

TEST(Merge, SweepsUpWhatKilledProcessesLeftAndNothingElse) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"duration=1 s"}), {});
  const std::string shard = shard_name(1, 6);
  const std::string ours = temporary_file(out / shard).string();
  const fs::path alive = ours.substr(0, ours.rfind('.')) + ".1";
  const std::vector<fs::path> stale = {out / (shard + ".tmp.node7.example.org.41"),
                                       out / "manifest.json.tmp.node7.41"};
  const std::vector<fs::path> others = {out / "notes.txt.tmp.node7.41", out / "notes.txt",
                                        out / "shard-00001-of-00099.h5.tmp.node7.41", alive};
  for (const auto& files : {stale, others})
    for (const fs::path& file : files) std::ofstream(file) << "half";
  const Merged merged = merge(out, {});
  EXPECT_EQ(merged.removed.size(), 2u);
  EXPECT_EQ(merged.in_use, std::vector<std::string>{alive.filename().string()});
  for (const fs::path& file : stale) EXPECT_FALSE(fs::exists(file)) << file;
  for (const fs::path& file : others) EXPECT_TRUE(fs::exists(file)) << file;
}

TEST(Merge, KeepsACardWrittenByHand) {
  const fs::path out = scratch_folder();
  make_part(out, six_shards({"duration=1 s"}), {});
  std::ofstream(out / "README.md") << "my own words\n";
  EXPECT_NE(refusal(ErrorKind::usage, out).find("README.md: was not made by merge"),
            std::string::npos);
  EXPECT_EQ(read_text(out / "README.md"), "my own words\n");
  MergeOptions force;
  force.force = true;
  merge(out, force);
  EXPECT_NE(read_text(out / "README.md").find("pretty_name: \"wristsim quickstart\""),
            std::string::npos);
  merge(out, {});
}

TEST(ColumnStatistics, OfBlocksAreThoseOfTheWhole) {
  std::mt19937 engine(5);
  std::vector<double> values;
  for (int i = 0; i < 5000; ++i)
    values.push_back(1e6 + static_cast<double>(engine() % 1000) / 1000);
  for (const int hole : {0, 17, 4999}) values[static_cast<std::size_t>(hole)] = std::nan("");
  ColumnStatistics blocks;
  for (std::size_t first = 0; first < values.size(); first += 700)
    blocks.add(values.data() + first,
               static_cast<std::int64_t>(std::min<std::size_t>(700, values.size() - first)));
  long double sum = 0, squares = 0;
  double least = 1e9, most = -1e9;
  for (const double x : values) {
    if (std::isnan(x)) continue;
    sum += x, least = std::min(least, x), most = std::max(most, x);
  }
  const auto mean = static_cast<double>(sum / 4997);
  for (const double x : values)
    if (!std::isnan(x)) squares += (static_cast<long double>(x) - sum / 4997) * (x - sum / 4997);
  EXPECT_EQ(blocks.count, 4997);
  EXPECT_EQ(blocks.missing, 3);
  EXPECT_NEAR(blocks.mean, mean, 1e-8);
  EXPECT_NEAR(blocks.deviation(), std::sqrt(static_cast<double>(squares / 4997)), 1e-10);
  EXPECT_EQ(blocks.least, least);
  EXPECT_EQ(blocks.most, most);
}

TEST(CsvFile, QuotesWhatNeedsItAndGoesIfNotCommitted) {
  const fs::path out = scratch_folder();
  {
    CsvFile csv(out / "a.csv", "", {{"x", "Text", ""}, {"y", "Text", ""}});
    csv.add({"", "plain"});
    csv.add({"a,b", "say \"no\"\nthen go"});
    const DatasetRecord::TableFile about = csv.finish();
    csv.commit();
    EXPECT_EQ(read_text(out / "a.csv"), "x,y\n,plain\n\"a,b\",\"say \"\"no\"\"\nthen go\"\n");
    EXPECT_EQ(about.rows, 2);
    EXPECT_EQ(about.bytes, static_cast<std::int64_t>(fs::file_size(out / "a.csv")));
  }
  { CsvFile csv(out / "b.csv", "", {{"x", "Text", ""}}); }
  EXPECT_EQ(file_names(out), std::vector<std::string>{"a.csv"});
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(std::nan("")), "");
}

}  // namespace
}  // namespace wrist
