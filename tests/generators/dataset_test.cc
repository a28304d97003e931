// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using namespace testing;
namespace fs = std::filesystem;

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file, std::ios::binary).rdbuf();
  return text.str();
}

void expect_values(const fs::path& file, const std::vector<Index>& rows) {
  const auto accel = read_values<std::int16_t>(file, "/imu/accel");
  const auto gap = read_values<double>(file, "/truth/gap");
  const auto start = read_values<std::int64_t>(file, "/sequences/imu_start");
  const auto count = read_values<std::int64_t>(file, "/sequences/imu_count");
  ASSERT_EQ(start.size(), rows.size());
  std::size_t at = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    ASSERT_EQ(start[r], static_cast<std::int64_t>(at));
    ASSERT_EQ(count[r], rows[r]);
    for (Index i = 0; i < rows[r]; ++i, ++at) {
      ASSERT_EQ(gap.at(at), gap_of(static_cast<Index>(r), i)) << "row " << at;
      for (Index k = 0; k < 3; ++k)
        ASSERT_EQ(accel.at(3 * at + static_cast<std::size_t>(k)),
                  accel_count(static_cast<Index>(r), i, k))
            << "row " << at;
    }
  }
  EXPECT_EQ(gap.size(), at);
}

TEST(Dataset, EveryValueComesBackAtEveryChunkBoundary) {
  const fs::path folder = scratch_folder();
  const std::vector<std::vector<Index>> cases = {
      {0}, {1}, {1023}, {1024}, {1025}, {5000}, {0, 1, 1022, 1, 1024, 0, 5000, 3}};
  for (const auto& rows : cases) {
    const fs::path file =
        folder / (std::to_string(rows.size()) + "_" + std::to_string(rows[0]) + ".h5");
    const std::string hash = write_shard(file, rows, 2);
    expect_values(file, rows);
    EXPECT_EQ(content_sha256(file), hash);
  }
}

TEST(Dataset, NoRecordingsMakeAnEmptyShard) {
  const fs::path file = scratch_folder() / "a.h5";
  const std::string hash = write_shard(file, {});
  EXPECT_EQ(content_sha256(file), hash);
  EXPECT_EQ(inspect_shard(file).sequences, 0);
}

TEST(Dataset, SameBytesForAnyNumberOfJobsAndOnEveryRun) {
  const fs::path folder = scratch_folder();
  const std::vector<Index> rows = {3000, 100, 2500};
  const std::string hash = write_shard(folder / "1.h5", rows, 1);
  for (const int jobs : {1, 2, 8}) {
    EXPECT_EQ(write_shard(folder / "2.h5", rows, jobs), hash) << jobs;
    EXPECT_EQ(contents(folder / "1.h5"), contents(folder / "2.h5")) << jobs;
  }
}

TEST(Dataset, ContentHashSeesOneCount) {
  const fs::path folder = scratch_folder();
  const std::string hash = write_shard(folder / "a.h5", {50});
  ShardWriter writer(folder / "b.h5", small_header(), 1);
  Recording changed = small_recording(50, 0);
  std::get<Rows<std::int16_t>>(changed.channels[1].values)(49, 2) += 1;
  writer.append(changed);
  EXPECT_NE(writer.commit(), hash);
}

TEST(Dataset, AFlippedByteIsFound) {
  const fs::path file = scratch_folder() / "a.h5";
  write_shard(file, {20000});
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  const auto middle = static_cast<std::streamoff>(fs::file_size(file) / 2);
  char byte = 0;
  stream.seekg(middle).get(byte);
  stream.seekp(middle).put(static_cast<char>(byte ^ 1));
  stream.close();
  const std::string text = error_of(ErrorKind::bad_data, [&] { content_sha256(file); });
  EXPECT_TRUE(contains(text, "Fletcher32")) << text;
}

TEST(Dataset, AnUncommittedFileVanishes) {
  const fs::path folder = scratch_folder();
  {
    ShardWriter writer(folder / "a.h5", small_header(), 1);
    writer.append(small_recording(2000, 0));
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder))
      names.push_back(entry.path().filename());
    ASSERT_EQ(names.size(), 1u);
    EXPECT_TRUE(names[0].starts_with("a.h5.tmp.")) << names[0];
    EXPECT_TRUE(names[0].ends_with("." + std::to_string(getpid()))) << names[0];
  }
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST(Dataset, OnlyTheFinishedFileIsLeft) {
  const fs::path folder = scratch_folder();
  write_shard(folder / "a.h5", {10});
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 1);
}

TEST(Dataset, SaysWhatItHolds) {
  const fs::path file = scratch_folder() / "a.h5";
  ShardWriter writer(file, small_header(), 1);
  for (const Index i : {0, 1, 2}) {
    Recording r = small_recording(1000, i);
    r.labels = {{0, 10, "walk"}, {2, 3, "double tap"}};
    r.events = {{1, 1, "beat", "heart", 1}};
    writer.append(r);
  }
  const std::string hash = writer.commit();
  const ShardSummary s = inspect_shard(file);
  EXPECT_EQ(s.file, file.string());
  EXPECT_EQ(s.title, "Kleine Übung");
  EXPECT_EQ(s.content_sha256, hash);
  EXPECT_EQ(s.recipe_sha256, "abc");
  EXPECT_EQ(s.generator_version, "0.1.0");
  EXPECT_EQ(s.seed, 0xfedcba9876543210);
  EXPECT_EQ(s.shard_index, 3);
  EXPECT_EQ(s.shard_count, 64);
  EXPECT_EQ(s.sequences, 3);
  EXPECT_EQ(s.subjects, 2);
  EXPECT_EQ(s.events, 3);
  EXPECT_DOUBLE_EQ(s.duration_s, 30);
  EXPECT_TRUE(s.complete);
  ASSERT_EQ(s.classes.size(), 2u);
  EXPECT_EQ(s.classes[0].sequences, 3);
  EXPECT_EQ(s.classes[0].samples, 2700);
  EXPECT_EQ(s.classes[1].name, "double tap");
  EXPECT_EQ(s.classes[1].samples, 300);
  ASSERT_EQ(s.streams.size(), 4u);
  EXPECT_EQ(s.streams[0].group, "imu");
  EXPECT_EQ(s.streams[0].rate_hz, 100);
  EXPECT_EQ(s.streams[0].rows, 3000);
  const std::vector<std::string> imu = {"t i8", "accel i2[3] m s-2", "flags u1", "class_id i2"};
  EXPECT_EQ(s.streams[0].channels, imu);
  EXPECT_EQ(s.streams[1].rows, 750);
  EXPECT_EQ(s.streams[1].rate_hz, 25);
}

}  // namespace
}  // namespace wrist
