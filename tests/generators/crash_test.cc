// SPDX-License-Identifier: Apache-2.0
// Whatever ends a run, the next one finishes it: the same content as undisturbed, and no stray
// file.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <random>

#include "tests/generators/dataset_folder.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using namespace testing;

std::string generate(const std::string& duration, const fs::path& out) {
  return "generate " + kRecipes + "quickstart.toml --fidelity ideal --set shards=6 --jobs 2 " +
         "--progress none --set \"duration=" + duration + "\" --out " + out.string();
}

// The program itself, not a shell around it.
pid_t start(const std::string& command) {
  const pid_t child = fork();
  if (child != 0) return child;
  const int null = open("/dev/null", O_WRONLY);
  dup2(null, STDOUT_FILENO);
  dup2(null, STDERR_FILENO);
  execl("/bin/sh", "sh", "-c", ("exec " + kProgram + command).c_str(), nullptr);
  _exit(127);
}

int end_of(pid_t child) {
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  return status;
}

std::vector<std::string> merged_files() {
  std::vector<std::string> names = {"README.md",    "classes.csv",   "croissant.json",
                                    "events.csv",   "manifest.json", "run-report.json",
                                    "sequences.csv"};
  for (std::int64_t s = 0; s < 6; ++s) names.push_back(shard_name(s, 6));
  std::sort(names.begin(), names.end());
  return names;
}

void expect_whole(const fs::path& out, const std::map<std::string, std::string>& wanted) {
  EXPECT_EQ(contents(out), wanted);
  const Outcome merged = wristsim("merge " + out.string());
  EXPECT_EQ(merged.code, 0) << merged.text;
  EXPECT_EQ(file_names(out), merged_files());
}

TEST(Crash, KilledAtTwentyInstantsARunIsFinishedByTheNext) {
  using Clock = std::chrono::steady_clock;
  const fs::path folder = scratch_folder();
  const auto began = Clock::now();
  ASSERT_EQ(end_of(start(generate("12 s", folder / "whole"))), 0);
  const double whole_s = std::chrono::duration<double>(Clock::now() - began).count();
  const auto wanted = contents(folder / "whole");
  ASSERT_EQ(wanted.size(), 6u);
  std::mt19937 engine(20);
  int killed = 0, half = 0;
  for (int i = 0; i < 20; ++i) {
    const fs::path out = folder / std::to_string(i);
    const pid_t child = start(generate("12 s", out));
    // Where in the run this falls is the machine's; the seed spreads the instants over it.
    const double share = (i + static_cast<double>(engine() % 1000) / 1000) / 20;
    usleep(static_cast<useconds_t>(1e6 * whole_s * share));
    kill(child, SIGKILL);
    killed += WIFSIGNALED(end_of(child));
    if (fs::exists(out))
      for (const std::string& name : file_names(out))
        half += name.find(".tmp.") != std::string::npos;
    const Outcome again = wristsim(generate("12 s", out));
    ASSERT_EQ(again.code, 0) << again.text;
    expect_whole(out, wanted);
    fs::remove_all(out);
  }
  RecordProperty("killed", killed);
  EXPECT_GT(killed, 10) << "most runs are to be hit before they end";
  EXPECT_GT(half, 0) << "some are to be hit while they write";
}

TEST(Crash, StopSignalsEndCleanlyAndSayWhetherToTryAgain) {
  const fs::path out = scratch_folder();
  for (const auto& [signal, code] : {std::pair(SIGTERM, 75), std::pair(SIGINT, 130)}) {
    const pid_t child = start(generate("60 s", out) + " --set recordings=6000");
    while (!fs::exists(out) || file_names(out).empty()) usleep(10000);  // it writes
    kill(child, signal);
    const int status = end_of(child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), code);
    EXPECT_TRUE(file_names(out).empty());
  }
}

// Runs lines of shell with mounts of their own; empty, and said, where that is not allowed.
std::string with_mounts(const std::string& lines) {
  if (shell("unshare -rm sh -c 'mount -t tmpfs none /mnt'").code != 0) return "";
  return shell("unshare -rm sh -c '" + lines + "'").text;
}

TEST(Crash, AFullDiskIsSaidAndTheNextRunGoesOn) {
  const fs::path folder = scratch_folder();
  const std::string disk = (folder / "disk").string(), copy = (folder / "copy").string();
  ASSERT_EQ(wristsim(generate("30 s", folder / "whole")).code, 0);
  fs::create_directories(disk);
  // A disk of its own with room for less than six shards; then it grows.
  const std::string text = with_mounts(
      "mount -t tmpfs -o size=2m none " + disk + "; " + kProgram + generate("30 s", disk) +
      " 2>&1; echo first $?; ls " + disk + "; mount -o remount,size=64m none " + disk + "; " +
      kProgram + generate("30 s", disk) + " 2>&1; echo second $?; cp -r " + disk + " " + copy);
  if (text.empty()) GTEST_SKIP() << "SKIPPED: no disk of our own can be mounted here";
  EXPECT_NE(text.find("No space left on device"), std::string::npos) << text;
  EXPECT_NE(text.find("wristsim: " + disk + "/shard-"), std::string::npos) << text;
  EXPECT_NE(text.find("first 74"), std::string::npos) << text;
  EXPECT_NE(text.find("second 0"), std::string::npos) << text;
  EXPECT_EQ(text.find(".tmp."), std::string::npos) << text;
  expect_whole(copy, contents(folder / "whole"));
}

TEST(Crash, AFileSizeLimitIsSaidAndTheNextRunGoesOn) {
  const fs::path folder = scratch_folder(), out = folder / "out";
  ASSERT_EQ(wristsim(generate("30 s", folder / "whole")).code, 0);
  const Outcome full = shell("(ulimit -f 100; " + kProgram + generate("30 s", out) + ")");
  EXPECT_EQ(full.code, 74) << full.text;
  EXPECT_NE(full.text.find("shard-00000-of-00006.h5: cannot "), std::string::npos) << full.text;
  EXPECT_NE(full.text.find("File too large"), std::string::npos) << full.text;
  EXPECT_TRUE(file_names(out).empty());
  ASSERT_EQ(wristsim(generate("30 s", out)).code, 0);
  const Outcome merge = shell("(ulimit -f 1; " + kProgram + "merge " + out.string() + ")");
  EXPECT_EQ(merge.code, 74) << merge.text;
  EXPECT_NE(merge.text.find("File too large"), std::string::npos) << merge.text;
  for (const std::string& name : file_names(out)) EXPECT_EQ(name.find(".tmp."), std::string::npos);
  EXPECT_FALSE(fs::exists(out / "manifest.json"));
  expect_whole(out, contents(folder / "whole"));
}

TEST(Crash, AFolderThatCannotBeWrittenIsNamed) {
  const fs::path folder = scratch_folder();
  const std::string out = (folder / "out").string();
  std::ofstream(folder / "file") << "in place of a folder";
  const Outcome file = wristsim(generate("1 s", folder / "file"));
  EXPECT_EQ(file.code, 74) << file.text;
  EXPECT_NE(file.text.find((folder / "file").string()), std::string::npos) << file.text;
  ASSERT_EQ(wristsim(generate("1 s", out)).code, 0);
  const auto wanted = contents(out);
  fs::remove(fs::path(out) / shard_name(3, 6));
  // Permissions do not bind root, a read-only mount does.
  const std::string text =
      with_mounts("mount --bind " + out + " " + out + "; mount -o remount,bind,ro " + out + "; " +
                  kProgram + generate("1 s", out) + " 2>&1; echo code $?");
  if (text.empty()) GTEST_SKIP() << "SKIPPED: nothing can be mounted here";
  EXPECT_NE(text.find("shard-00003-of-00006.h5: cannot create the file: Read-only file system"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("code 74"), std::string::npos) << text;
  ASSERT_EQ(wristsim(generate("1 s", out)).code, 0);
  expect_whole(out, wanted);
}

}  // namespace
}  // namespace wrist
