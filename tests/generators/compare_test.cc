// SPDX-License-Identifier: Apache-2.0
// Shards held against each other: what differs is named, what may differ is let through.
#include "generators/compare.h"

#include <gtest/gtest.h>

#include <fstream>

#include "generators/dataset.h"
#include "sim/base/constants.h"
#include "sim/base/error.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"
#include "tests/support/program.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::scratch_folder;

constexpr Index kRows = 600;

// A slow swing of 1000 counts and a fast one of `fast`.
Channel swings(double fast) {
  return testing::make_channel<std::int16_t>("imu", "accel", kRows, 3, [fast](Index i, Index k) {
    const double t = static_cast<double>(i) * 0.01 + static_cast<double>(k);
    return std::lround(1000 * std::sin(2 * kPi * t) + fast * std::sin(2 * kPi * 20 * t));
  });
}

Recording recording(Index number, const Channel& accel) {
  Recording r = testing::small_recording(kRows, number);
  r.scenario.index = static_cast<std::uint64_t>(number);
  for (Channel& c : r.channels)
    if (c.group == "imu" && c.name == "accel") c = accel;
  return r;
}

std::int16_t& count(Recording& r, Index row, Index column) {
  for (Channel& c : r.channels)
    if (c.group == "imu" && c.name == "accel")
      return std::get<Rows<std::int16_t>>(c.values)(row, column);
  throw std::runtime_error("no accel");
}

// Two recordings with a swing.
std::vector<Recording> two() { return {recording(0, swings(0)), recording(1, swings(0))}; }

fs::path write(const fs::path& file, const std::vector<Recording>& recordings,
               const ShardHeader& header = testing::small_header()) {
  ShardWriter writer(file, header, 1);
  for (const Recording& r : recordings) writer.append(r);
  writer.commit();
  return file;
}

// In a file of this test's own beside its folder, which stays as it is.
std::optional<CompareTolerance> tolerance(const std::string& text) {
  const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
  const fs::path file =
      fs::path(WRIST_BINARY_DIR) / "scratch" / (std::string("Compare.") + info->name() + ".toml");
  std::ofstream(file) << text;
  return read_tolerance(file);
}

TEST(Compare, TheSameIsEqualWhateverItIsCalled) {
  const fs::path folder = scratch_folder();
  ShardHeader other = testing::small_header();
  other.title = "another title", other.recipe_json = "{\"x\":1}", other.seed = 5;
  const Comparison c =
      compare(write(folder / "a.h5", two()), write(folder / "b.h5", two(), other), {});
  EXPECT_TRUE(c.differences.empty()) << to_text(c.differences[0]);
  EXPECT_EQ(c.recordings, 2);
  EXPECT_EQ(c.files, 1);
  ASSERT_GT(c.datasets.size(), 10u);
  for (const DatasetSummary& s : c.datasets) EXPECT_EQ(s.different, 0) << s.dataset;
}

TEST(Compare, OneCountIsFoundWhereItIs) {
  const fs::path folder = scratch_folder();
  std::vector<Recording> other = two();
  const std::int16_t was = count(other[1], 17, 2);
  count(other[1], 17, 2) = static_cast<std::int16_t>(was + 5);
  count(other[1], 40, 0) = static_cast<std::int16_t>(count(other[1], 40, 0) - 9);
  const Comparison c = compare(write(folder / "a.h5", two()), write(folder / "b.h5", other), {});
  ASSERT_EQ(c.differences.size(), 1u);
  const Difference& d = c.differences[0];
  EXPECT_EQ(d.dataset, "/imu/accel");
  EXPECT_EQ(d.recording, 1);
  EXPECT_EQ(d.sample, 17);
  EXPECT_EQ(d.column, 2);
  EXPECT_EQ(d.a, std::to_string(was));
  EXPECT_EQ(d.b, std::to_string(was + 5));
  for (const DatasetSummary& s : c.datasets) {
    if (s.dataset != "/imu/accel") continue;
    EXPECT_EQ(s.values, 2 * kRows * 3);
    EXPECT_EQ(s.different, 2);
    EXPECT_EQ(s.largest, 9);
    EXPECT_FALSE(s.equal);
  }
}

TEST(Compare, MissingRecordingsDatasetsAndFilesAreNamed) {
  const fs::path folder = scratch_folder(), a = folder / "a", b = folder / "b";
  fs::create_directories(a), fs::create_directories(b);
  write(a / "x.h5", two());
  write(a / "only.h5", two());
  std::vector<Recording> one = two();
  one.pop_back();
  std::erase_if(one[0].channels, [](const Channel& c) { return c.name == "gap"; });
  write(b / "x.h5", one);
  write(b / "other.h5", two());
  std::string all;
  for (const Difference& d : compare(a, b, {}).differences) all += to_text(d) + "\n";
  for (const char* line : {"only.h5: missing in B", "other.h5: missing in A",
                           "x.h5: recording 1: missing in B", "x.h5: /truth/gap: missing in B"})
    EXPECT_NE(all.find(line), std::string::npos) << line << " not in\n" << all;
}

TEST(Compare, OtherShapesAndTypesAreDifferences) {
  const fs::path folder = scratch_folder();
  std::vector<Recording> shorter = {testing::small_recording(kRows - 4, 0),
                                    testing::small_recording(kRows, 1)};
  shorter[0].scenario.index = 0, shorter[1].scenario.index = 1;
  std::vector<Recording> wide = two();
  for (Recording& r : wide)
    for (Channel& c : r.channels)
      if (c.name == "accel")
        c = testing::make_channel<std::int32_t>("imu", "accel", kRows, 4,
                                                [](Index i, Index) { return i; });
  const fs::path a = write(folder / "a.h5", two());
  const auto text = [&a](const fs::path& b) {
    std::string all;
    for (const Difference& d : compare(a, b, {}).differences) all += to_text(d) + "\n";
    return all;
  };
  EXPECT_NE(
      text(write(folder / "s.h5", shorter)).find("/imu/t: recording 0: rows differ: 600 and 596"),
      std::string::npos);
  EXPECT_NE(text(write(folder / "w.h5", wide)).find("/imu/accel: types differ: i2[3] and i4[4]"),
            std::string::npos);
}

TEST(Compare, AttributesThatScaleCount) {
  const fs::path folder = scratch_folder();
  std::vector<Recording> other = two();
  for (Recording& r : other)
    for (Channel& c : r.channels)
      if (c.name == "accel") c.attributes["scale_factor"] = 0.5;
  const Comparison c = compare(write(folder / "a.h5", two()), write(folder / "b.h5", other), {});
  ASSERT_EQ(c.differences.size(), 1u);
  EXPECT_NE(to_text(c.differences[0]).find("/imu/accel: attribute scale_factor"),
            std::string::npos);
}

// A share of the counts may be beyond; what is beyond the share is not let through.
TEST(Compare, CountsAndShareAreHeld) {
  const fs::path folder = scratch_folder();
  std::vector<Recording> other = two();
  for (Index i = 0; i < kRows; ++i)
    count(other[0], i, 0) = static_cast<std::int16_t>(count(other[0], i, 0) + 2);
  count(other[0], 9, 1) = static_cast<std::int16_t>(count(other[0], 9, 1) + 50);  // 1 of 1800
  const fs::path a = write(folder / "a.h5", two()), b = write(folder / "b.h5", other);
  const auto equal = [&](const std::string& channel) {
    return compare(a, b, tolerance("[channels.\"/imu/accel\"]\n" + channel)).differences.empty();
  };
  EXPECT_TRUE(equal("counts = 2\nshare = 0.999\n"));
  EXPECT_FALSE(equal("counts = 2\nshare = 0.9995\n"));
  EXPECT_FALSE(equal("counts = 1\nshare = 0.999\n"));
  EXPECT_TRUE(equal("counts = 50\n"));
  EXPECT_FALSE(equal("counts = 49\n"));
  EXPECT_TRUE(equal("ignore = true\n"));
  EXPECT_FALSE(compare(a, b, tolerance("event_ms = 10\n")).differences.empty());
  EXPECT_TRUE(compare(a, b, tolerance("[channels.\"/imu*\"]\ncounts = 50\n")).differences.empty());
}

// 30 counts at 20 Hz are 0.05 % of the rms and all of their band.
TEST(Compare, BandsFindWhatTheRmsDoesNot) {
  const fs::path folder = scratch_folder();
  const fs::path a = write(folder / "a.h5", {recording(0, swings(30))});
  const fs::path b = write(folder / "b.h5", {recording(0, swings(33))});
  const auto differences = [&](const std::string& limits) {
    return compare(a, b, tolerance("[channels.\"/imu/accel\"]\ncounts = 100\n" + limits))
        .differences;
  };
  EXPECT_TRUE(differences("rms = 0.01\n").empty());
  EXPECT_TRUE(differences("bands = [[0.5, 5, 0.01]]\n").empty());
  EXPECT_TRUE(differences("bands = [[15, 25, 0.25]]\n").empty()) << "1.1^2 is 1.21";
  const auto found = differences("bands = [[15, 25, 0.15]]\n");
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].what.find("15 to 25 Hz"), std::string::npos);
  EXPECT_NEAR(std::stod(found[0].a), 30 / std::sqrt(2.0), 0.5);
  EXPECT_NEAR(std::stod(found[0].b), 33 / std::sqrt(2.0), 0.5);
  EXPECT_FALSE(compare(a, write(folder / "c.h5", {recording(0, swings(300))}),
                       tolerance("[channels.\"/imu/accel\"]\ncounts = 1000\nrms = 0.01\n"))
                   .differences.empty());
  EXPECT_THROW(differences("bands = [[60, 70, 0.1]]\n"), Error) << "beyond half the rate";
}

TEST(Compare, EventsMayBeLateButNotMissing) {
  const fs::path folder = scratch_folder();
  const auto with = [](double at, int events) {
    std::vector<Recording> r = two();
    r[1].events.clear();
    for (int i = 0; i < events; ++i)
      r[1].events.push_back({at + i, at + i + 0.2, "walk", "motion"});
    return r;
  };
  const fs::path a = write(folder / "a.h5", with(1, 2));
  const fs::path late = write(folder / "late.h5", with(1.008, 2));
  const fs::path fewer = write(folder / "fewer.h5", with(1, 1));
  const std::string rest = "[channels.\"/windows*\"]\nignore = true\n";
  EXPECT_TRUE(compare(a, late, tolerance("event_ms = 10\n" + rest)).differences.empty());
  const auto found = compare(a, late, tolerance("event_ms = 5\n" + rest)).differences;
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].recording, 1);
  EXPECT_EQ(found[0].what, "walk (motion): time differs");
  const auto gone = compare(a, fewer, tolerance("event_ms = 10\n" + rest)).differences;
  ASSERT_EQ(gone.size(), 1u);
  EXPECT_EQ(to_text(gone[0]), "a.h5: /events: recording 1: walk (motion): count differs: 2 and 1");
}

TEST(Compare, BadTolerancesAreRefused) {
  scratch_folder();
  for (const char* text :
       {"event_ms = -1\n", "[channels.\"imu/accel\"]\ncounts = 1\n",
        "[channels.\"/imu/accel\"]\nshare = 1.5\n", "[channels.\"/imu/accel\"]\ncount = 1\n",
        "[channels.\"/imu/accel\"]\nbands = [[5, 1, 0.1]]\n"})
    EXPECT_THROW(tolerance(text), Error) << text;
  const CompareTolerance shipped =
      read_tolerance(fs::path(WRIST_SOURCE_DIR) / "assets" / "fixtures" / "tolerance.toml");
  EXPECT_EQ(shipped.find("/imu/class_id"), nullptr) << "labels are exact";
  ASSERT_NE(shipped.find("/imu/accel"), nullptr);
  EXPECT_EQ(shipped.find("/imu/accel")->counts, 2);
}

TEST(Compare, TheProgramExitsOneAtADifference) {
  const fs::path folder = scratch_folder();
  std::vector<Recording> other = two();
  count(other[0], 3, 1) = 77;
  const std::string a = write(folder / "a.h5", two()).string();
  const std::string b = write(folder / "b.h5", other).string();
  std::ofstream(folder / "bad.h5") << "no shard";
  EXPECT_EQ(testing::wristsim("compare " + a + " " + a).code, 0);
  const testing::Outcome differs = testing::wristsim("compare " + a + " " + b);
  EXPECT_EQ(differs.code, 1);
  EXPECT_NE(differs.text.find("recording 0, sample 3, column 1: values differ"), std::string::npos)
      << differs.text;
  EXPECT_NE(testing::wristsim("compare --json " + a + " " + b).text.find("\"equal\": false"),
            std::string::npos);
  EXPECT_EQ(testing::wristsim("compare " + a + " " + (folder / "bad.h5").string()).code, 65);
  EXPECT_EQ(testing::wristsim("compare " + a + " " + (folder / "none.h5").string()).code, 74);
  EXPECT_EQ(testing::wristsim("fixture --list --json").code, 0);
  EXPECT_EQ(testing::wristsim("fixture").code, 2);
}

}  // namespace
}  // namespace wrist
