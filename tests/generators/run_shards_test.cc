// SPDX-License-Identifier: Apache-2.0
// A dataset made in parts, by many at once, and again: always the same shards.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>

#include "generators/dataset_commit.h"
#include "sim/base/error.h"
#include "tests/generators/dataset_folder.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::string error_text(ErrorKind kind, const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    EXPECT_EQ(static_cast<int>(error.kind()), static_cast<int>(kind)) << error.what();
    return error.what();
  }
  ADD_FAILURE() << "no error";
  return "";
}

TEST(RunShards, AnyNumberOfJobsAndAnyPartsGiveTheSameContent) {
  const Recipe recipe = six_shards({"duration=2 s"});
  const fs::path folder = scratch_folder();
  make_part(folder / "whole", recipe, {});
  const auto whole = contents(folder / "whole");
  ASSERT_EQ(whole.size(), 6u);
  for (const int jobs : {2, 8}) {
    const fs::path out = folder / ("jobs" + std::to_string(jobs));
    make_part(out, recipe, {}, jobs);
    EXPECT_EQ(contents(out), whole) << jobs << " jobs";
  }
  for (const std::int64_t parts : {2, 4, 6}) {
    const fs::path out = folder / ("parts" + std::to_string(parts));
    for (std::int64_t i = parts; i-- > 0;) make_part(out, recipe, {i, parts});
    EXPECT_EQ(contents(out), whole) << parts << " parts";
  }
}

TEST(RunShards, EveryPartWritesItsOwnReport) {
  const Recipe recipe = six_shards({"duration=1 s"});
  const fs::path out = scratch_folder();
  int last = 0;
  std::int64_t total = 0;
  const RunReport report =
      run(recipe, assets(),
          {out,
           1,
           false,
           [&](const Progress& p) { last = static_cast<int>(p.done), total = p.total; },
           {},
           {1, 4}});
  ASSERT_EQ(report.shards.size(), 2u);
  EXPECT_EQ(report.shards[1].file, "shard-00005-of-00006.h5");
  EXPECT_EQ(last, 4);
  EXPECT_EQ(total, 4) << "progress is of this part";
  EXPECT_EQ(file_names(out),
            (std::vector<std::string>{"run-report-00001-of-00004.json", "shard-00001-of-00006.h5",
                                      "shard-00005-of-00006.h5"}));
  EXPECT_EQ(report_name({}), "run-report.json");
}

TEST(RunShards, TwoThatMakeTheSameShardAtOnceDoNoHarm) {
  const Recipe recipe = six_shards({"duration=2 s"});
  const fs::path folder = scratch_folder();
  make_part(folder / "alone", recipe, {0, 3});
  const pid_t twin = fork();
  if (twin == 0) {
    try {
      make_part(folder / "both", recipe, {0, 3});
      _exit(0);
    } catch (...) {
      _exit(1);
    }
  }
  make_part(folder / "both", recipe, {0, 3});
  int status = -1;
  ASSERT_EQ(waitpid(twin, &status, 0), twin);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  EXPECT_EQ(contents(folder / "both"), contents(folder / "alone"));
  EXPECT_EQ(file_names(folder / "both").size(), 3u) << "two shards and the report";
}

// Another made the shard and its merge swept away what we wrote: there is nothing left to do.
TEST(RunShards, LosingItsFileToAMergeIsNoFailure) {
  const Recipe recipe = six_shards({"duration=1 s"});
  const fs::path folder = scratch_folder(), out = folder / "out";
  make_part(folder / "other", recipe, {0, 6});
  const std::string name = shard_name(0, 6);
  RunOptions options{out, 1, false, {}, {}, {0, 6}};
  options.progress = [&](const Progress&) {
    fs::copy_file(folder / "other" / name, out / name, fs::copy_options::overwrite_existing);
    fs::remove(temporary_file(out / name));
  };
  const RunReport report = run(recipe, assets(), options);
  ASSERT_EQ(report.shards.size(), 1u);
  EXPECT_EQ(report.shards[0].content_sha256, content_sha256(out / name));
}

TEST(RunShards, AShardThatCannotBeReadIsNamedWithWhatToDo) {
  const Recipe recipe = six_shards({"duration=1 s"});
  const fs::path out = scratch_folder();
  make_part(out, recipe, {});
  const auto before = contents(out);
  const fs::path file = out / shard_name(2, 6);
  const auto refuse = [&] {
    const std::string text = error_text(ErrorKind::bad_data, [&] { make_part(out, recipe, {}); });
    EXPECT_NE(text.find(file.string() + ": "), std::string::npos) << text;
    EXPECT_NE(text.find("--force"), std::string::npos) << text;
  };
  fs::resize_file(file, fs::file_size(file) / 2);
  refuse();
  std::ofstream(file) << "";
  refuse();
  run(recipe, assets(), {out, 1, true, {}, {}, {2, 6}});
  EXPECT_EQ(contents(out), before) << "made anew, the others as they were";
}

TEST(RunShards, WhatADeadProcessLeftIsSweptUpAndWhatALiveOneWritesIsNot) {
  const Recipe recipe = six_shards({"duration=1 s"});
  const fs::path out = scratch_folder();
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, nullptr, 0);
  const fs::path file = out / shard_name(0, 6);
  const std::string ours = temporary_file(file).string();
  const std::string host = ours.substr(0, ours.rfind('.'));
  const fs::path dead = host + "." + std::to_string(child), alive = host + ".1";
  std::ofstream(dead) << "half";
  std::ofstream(alive) << "half";
  const fs::path elsewhere = file.string() + ".tmp.far.example.org.1";
  std::ofstream(elsewhere) << "half";
  EXPECT_EQ(writer_of(dead), Writer::gone);
  EXPECT_EQ(writer_of(alive), Writer::alive);
  EXPECT_EQ(writer_of(elsewhere), Writer::elsewhere);
  EXPECT_EQ(writer_of(file), Writer::none);
  EXPECT_EQ(committed_name(elsewhere), file.filename().string());
  make_part(out, recipe, {0, 6});
  EXPECT_FALSE(fs::exists(dead));
  EXPECT_TRUE(fs::exists(alive) && fs::exists(elsewhere));
  // A process that started after the file was written to has but the same number.
  fs::last_write_time(alive, fs::file_time_type::clock::now() - std::chrono::hours(24 * 3650));
  EXPECT_EQ(writer_of(alive), Writer::gone);
}

}  // namespace
}  // namespace wrist
