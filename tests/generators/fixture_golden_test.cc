// SPDX-License-Identifier: Apache-2.0
// Every fixture: the counts that were written down, for 1, 2 and 8 jobs, and what it promises.
//   wristsim fixture --update-goldens tests/golden/fixtures.txt
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "generators/fixture.h"
#include "generators/golden.h"
#include "generators/sha256.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::assets;

std::string read_text(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

Fixture make(const std::string& name, const fs::path& out, int jobs) {
  FixtureOptions options;
  options.out = out;
  options.jobs = jobs;
  return make_fixture(assets(), name, options);
}

// All below `folder`, from there.
std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), folder));
  return files;
}

// "NAME" -> its block of the file.
std::map<std::string, std::string> written_goldens() {
  std::istringstream lines(
      read_text(fs::path(WRIST_SOURCE_DIR) / "tests" / "golden" / "fixtures.txt"));
  std::map<std::string, std::string> blocks;
  std::string name;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("#")) continue;
    if (!line.starts_with(" ")) name = line.substr(0, line.find(' '));
    blocks[name] += line + "\n";
  }
  return blocks;
}

TEST(FixtureGolden, EveryFixtureIsWrittenDown) {
  std::vector<std::string> made, written;
  for (const FixtureInfo& info : list_fixtures(assets())) made.push_back(info.name);
  for (const auto& [name, block] : written_goldens()) written.push_back(name);
  EXPECT_EQ(made, written);
  EXPECT_GE(made.size(), 9u);
}

TEST(FixtureGolden, OneTwoAndEightJobsGiveTheCountsWrittenDown) {
  const std::map<std::string, std::string> goldens = written_goldens();
  for (const FixtureInfo& info : list_fixtures(assets()))
    for (const int jobs : {1, 2, 8}) {
      const fs::path out = testing::scratch_folder();
      const Fixture made = make(info.name, out, jobs);
      EXPECT_EQ(to_text(golden(Shard(out / made.files.at(0).name)), info.name),
                goldens.at(info.name))
          << jobs << " jobs";
    }
}

TEST(FixtureGolden, SmallEnoughToCommit) {
  for (const FixtureInfo& info : list_fixtures(assets())) {
    const fs::path out = testing::scratch_folder();
    make(info.name, out, 2);
    std::uintmax_t bytes = 0;
    for (const fs::path& file : files_in(out)) bytes += fs::file_size(out / file);
    EXPECT_LT(bytes, 1'000'000u) << info.name;
  }
}

TEST(FixtureGolden, WhatTheNamesPromiseHappens) {
  const fs::path out = testing::scratch_folder();
  const auto expected = [&out](const std::string& name) {
    return make(name, out / name, 2).expected;
  };
  EXPECT_EQ(expected("double-tap").events.at("double_pinch"), 6);
  EXPECT_EQ(expected("hand-washing").events.at("hand_wash"), 1);
  EXPECT_EQ(expected("raise-to-speak").events.at("raise_to_speak"), 2);
  EXPECT_EQ(expected("clench").events.at("clench"), 5);
  EXPECT_GT(expected("loose-strap").flags.at("slip"), 100);
  EXPECT_GT(expected("dropped-packets").flags.at("dropped"), 40);
  EXPECT_GT(expected("saturated").flags.at("saturated"), 10);
  for (const auto& [name, count] : expected("quiet").events) EXPECT_EQ(count, 0) << name;
  const Fixture::Expected stress = expected("stress-smoke");
  for (const char* flag : {"saturated", "dropped", "slip"}) EXPECT_GT(stress.flags.at(flag), 0);
}

TEST(FixtureGolden, SameBytesAgainAndAHashOfEveryFile) {
  const fs::path a = testing::scratch_folder() / "a", b = a.parent_path() / "b";
  const Fixture first = make("double-tap", a, 1);
  make("double-tap", b, 2);
  for (const fs::path& file : files_in(a)) EXPECT_EQ(file_sha256(a / file), file_sha256(b / file));
  // Shard and events, a log and its events of every recording, what the logs mean.
  ASSERT_EQ(std::ssize(first.files), 2 + 2 * first.expected.recordings + 1);
  EXPECT_EQ(files_in(a).size(), first.files.size() + 1) << "all but the manifest";
  for (const Fixture::File& file : first.files) {
    EXPECT_EQ(file.sha256, file_sha256(a / file.name));
    EXPECT_EQ(file.bytes, fs::file_size(a / file.name));
  }
  EXPECT_EQ(read_text(a / "manifest.json"), to_json(first) + "\n");
  EXPECT_EQ(first.remake, "wristsim fixture double-tap --out DIR");
}

TEST(FixtureGolden, AnotherSeedIsAnotherSetAndNeedsAsking) {
  const fs::path out = testing::scratch_folder();
  const Fixture first = make("quiet", out, 2);
  EXPECT_NO_THROW(make("quiet", out, 2)) << "the same recipe may be made again";
  FixtureOptions options;
  options.out = out;
  options.seed = 7;
  EXPECT_THROW(make_fixture(assets(), "quiet", options), Error);
  options.force = true;
  const Fixture other = make_fixture(assets(), "quiet", options);
  EXPECT_NE(other.counts_sha256, first.counts_sha256);
  EXPECT_EQ(other.seed, 7u);
  EXPECT_EQ(other.remake, "wristsim fixture quiet --out DIR --seed 7");
}

TEST(FixtureGolden, UnknownNamesAndShardsAreRefused) {
  const auto error_of = [](const std::string& name, const std::vector<std::string>& overrides) {
    FixtureOptions options;
    options.out = testing::scratch_folder();
    options.overrides = overrides;
    try {
      make_fixture(assets(), name, options);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::usage);
      return std::string(error.what());
    }
    return std::string("no error");
  };
  EXPECT_NE(error_of("double-tab", {}).find("did you mean double-tap?"), std::string::npos);
  EXPECT_NE(error_of("tolerance", {}).find("no fixture"), std::string::npos);
  EXPECT_NE(error_of("quiet", {"shards=2"}).find("expected 1"), std::string::npos);
  EXPECT_NE(error_of("quiet", {"wear.presure=3"}).find("wear.pressure"), std::string::npos);
}

}  // namespace
}  // namespace wrist
