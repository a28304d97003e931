// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "generators/dataset_index.h"
#include "tests/generators/dataset_fixture.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

using namespace testing;
namespace fs = std::filesystem;

fs::path write_recordings(const std::vector<Recording>& recordings) {
  const fs::path file = scratch_folder() / "a.h5";
  ShardWriter writer(file, small_header(), 1);
  for (const Recording& r : recordings) writer.append(r);
  writer.commit();
  return file;
}

template <typename T>
std::vector<T> list(std::initializer_list<T> values) {
  return values;
}

TEST(DatasetTables, SequencesPointIntoStreamsAndVocabularies) {
  const fs::path file = write_recordings({small_recording(10, 0), small_recording(25, 1)});
  EXPECT_EQ(read_values<std::int64_t>(file, "/sequences/imu_start"), list<std::int64_t>({0, 10}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/sequences/imu_count"), list<std::int64_t>({10, 25}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/sequences/optical_start"),
            list<std::int64_t>({0, 2}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/sequences/optical_count"),
            list<std::int64_t>({2, 6}));
  EXPECT_EQ(read_values<std::int32_t>(file, "/sequences/subject"), list<std::int32_t>({0, 1}));
  EXPECT_EQ(read_values<std::int32_t>(file, "/sequences/clip"), list<std::int32_t>({-1, -1}));
  EXPECT_EQ(read_values<std::int32_t>(file, "/sequences/strap"), list<std::int32_t>({1, 1}));
  EXPECT_EQ(read_values<std::int16_t>(file, "/sequences/class_id"), list<std::int16_t>({0, 0}));
  EXPECT_EQ(read_values<std::uint64_t>(file, "/sequences/seed"),
            list<std::uint64_t>({0xffffffffffffff00, 0xffffffffffffff01}));
  EXPECT_EQ(read_values<std::uint64_t>(file, "/sequences/index"), list<std::uint64_t>({100, 101}));
  EXPECT_EQ(read_values<std::int8_t>(file, "/sequences/split"), list<std::int8_t>({0, 2}));
  const auto scenarios = read_texts(file, "sequences", "scenarios");
  ASSERT_EQ(scenarios.size(), 2u);
  EXPECT_EQ(scenarios[1], to_json(small_recording(25, 1).scenario));
}

TEST(DatasetTables, SplitsListTheirSequences) {
  const fs::path file =
      write_recordings({small_recording(4, 0), small_recording(4, 1), small_recording(4, 2)});
  EXPECT_EQ(read_values<std::int32_t>(file, "/splits/train"), list<std::int32_t>({0, 2}));
  EXPECT_EQ(read_values<std::int32_t>(file, "/splits/validation"), list<std::int32_t>({}));
  EXPECT_EQ(read_values<std::int32_t>(file, "/splits/test"), list<std::int32_t>({1}));
  EXPECT_EQ(read_texts(file, "splits", "rule"), list<std::string>({"by subject"}));
  EXPECT_EQ(read_texts(file, "splits", "disjoint_by"), list<std::string>({"subject", "device"}));
}

TEST(DatasetTables, LaterLabelsWinAndTheEndIsOpen) {
  Recording r = small_recording(10, 0);  // samples at 0, 10, ... 90 ms, 0.1 s in all
  auto& t = std::get<Rows<std::int64_t>>(r.channels[0].values);
  t(9, 0) = 100000100;  // the sensor's clock runs past the end
  r.labels = {{0.015, 0.1, "walk"}, {0.04, 0.06, "double tap"}};
  EXPECT_EQ(read_values<std::int16_t>(write_recordings({r}), "/imu/class_id"),
            list<std::int16_t>({-1, -1, 0, 0, 1, 1, 0, 0, 0, 0}));
}

TEST(DatasetTables, EventsShareClassIdsAndAddTheirOwn) {
  Recording r = small_recording(100, 1);
  r.events = {{0.5, 0.75, "drum", "", 0.25, 0.5},
              {0.1, 0.1, "beat", "heart", 1},
              {0.2, 0.3, "double tap", "motion", 1},
              {0.1, 0.2, "slip", "strap", 1},
              {0.6, 0.7, "clap", "judge", 1}};
  const fs::path file = write_recordings({small_recording(5, 0), r});
  EXPECT_EQ(read_texts(file, "events", "names"),
            list<std::string>({"walk", "double tap", "beat", "contact", "slip", "drum", "clap"}));
  EXPECT_EQ(read_texts(file, "events", "sources"),
            list<std::string>({"motion", "contact", "strap", "heart", "judge"}));
  EXPECT_EQ(read_values<std::int32_t>(file, "/events/sequence"),
            list<std::int32_t>({1, 1, 1, 1, 1}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/events/start_ns"),
            list<std::int64_t>({100000000, 100000000, 200000000, 500000000, 600000000}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/events/end_ns")[3], 750000000);
  EXPECT_EQ(read_values<std::int16_t>(file, "/events/class_id"),
            list<std::int16_t>({2, 4, 1, 5, 6}));
  EXPECT_EQ(read_values<std::int8_t>(file, "/events/source"), list<std::int8_t>({3, 2, 0, -1, 4}));
  EXPECT_EQ(read_values<float>(file, "/events/confidence")[3], 0.25f);
  EXPECT_EQ(read_values<float>(file, "/events/speed")[3], 0.5f);
  EXPECT_TRUE(std::isnan(read_values<float>(file, "/events/speed")[0])) << "a beat closes nothing";
}

// 5.13 s at 100 Hz: windows of 256 rows start at 0, 128 and 256; at 25 Hz their 64 rows at 0,
// 32, 64.
TEST(DatasetTables, WindowsHaveTheirMajorityClass) {
  Recording r = small_recording(513, 0);
  r.labels = {{0, 1.28 + 0.64, "walk"}, {1.28 + 0.64, 5.13, "double tap"}};
  const fs::path file = write_recordings({small_recording(255, 0), r});
  EXPECT_EQ(read_values<std::int32_t>(file, "/windows/sequence"), list<std::int32_t>({1, 1, 1}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/windows/imu_start"),
            list<std::int64_t>({255, 255 + 128, 255 + 256}));
  EXPECT_EQ(read_values<std::int64_t>(file, "/windows/optical_start"),
            list<std::int64_t>({63, 63 + 32, 63 + 64}));
  EXPECT_EQ(read_values<std::int16_t>(file, "/windows/class_id"), list<std::int16_t>({0, 1, 1}));
  EXPECT_EQ(read_values<float>(file, "/windows/purity"), list<float>({0.75f, 0.75f, 1.0f}));
}

TEST(DatasetTables, AClassWinsOverNoneAtAHalf) {
  Recording r = small_recording(256, 0);
  r.labels = {{1.28, 2.56, "double tap"}};
  const fs::path file = write_recordings({r});
  EXPECT_EQ(read_values<std::int16_t>(file, "/windows/class_id"), list<std::int16_t>({1}));
  EXPECT_EQ(read_values<float>(file, "/windows/purity"), list<float>({0.5f}));
}

TEST(DatasetTables, AnEventThatLiesWholeInAWindowNamesIt) {
  Recording r = small_recording(256 + 128, 0);  // two windows: 0 to 2.56 s and 1.28 to 3.84 s
  r.labels = {{0, 3.84, "walk"}, {0.5, 1.14, "double tap"}};
  r.events = {{0.5, 1.14, "double tap", "motion", 1}, {2.0, 2.1, "contact", "contact", 1}};
  const fs::path file = write_recordings({r});
  EXPECT_EQ(read_values<std::int16_t>(file, "/windows/class_id"), list<std::int16_t>({1, 0}));
  EXPECT_EQ(read_values<float>(file, "/windows/purity"), list<float>({0.25f, 1.0f}));
}

TEST(DatasetTables, ClassesKeepTheirWords) {
  const fs::path file = write_recordings({});
  EXPECT_EQ(read_values<std::int16_t>(file, "/classes/id"), list<std::int16_t>({0, 1}));
  EXPECT_EQ(read_values<std::uint8_t>(file, "/classes/rare"), list<std::uint8_t>({0, 1}));
  EXPECT_EQ(read_values<std::uint8_t>(file, "/classes/held_out"), list<std::uint8_t>({0, 1}));
  EXPECT_EQ(read_values<float>(file, "/classes/attributes"), list<float>({0, 1, 1, 0.5f}));
  EXPECT_EQ(read_texts(file, "classes", "names"), list<std::string>({"walk", "double tap"}));
  EXPECT_EQ(read_texts(file, "classes", "parents"), list<std::string>({"", "walk"}));
  EXPECT_EQ(read_texts(file, "classes", "prompts"),
            list<std::string>({"a person walks\nwalking", ""}));
  EXPECT_EQ(read_texts(file, "vocab", "subjects"), list<std::string>({"ada", "bob"}));
}

// Past 64 KB of attribute: stored densely, which needs the creation order tracked.
TEST(DatasetTables, VocabulariesMayBeLarge) {
  const fs::path file = scratch_folder() / "a.h5";
  ShardHeader header = small_header();
  for (int i = 0; i < 20000; ++i) header.clips.push_back("clip " + std::to_string(i));
  ShardWriter(file, header, 1).commit();
  const auto clips = read_texts(file, "vocab", "clips");
  ASSERT_EQ(clips.size(), 20001u);
  EXPECT_EQ(clips.back(), "clip 19999");
}

TEST(DatasetTables, AHeaderThatContradictsItselfIsRefused) {
  const fs::path file = scratch_folder() / "a.h5";
  ShardHeader twice = small_header();
  twice.subjects.push_back("ada");
  EXPECT_TRUE(contains(error_of(ErrorKind::internal, [&] { ShardWriter(file, twice, 1); }),
                       "subjects: \"ada\" is there twice"));
  ShardHeader matrix = small_header();
  matrix.classes[1].attributes.pop_back();
  EXPECT_TRUE(contains(error_of(ErrorKind::internal, [&] { ShardWriter(file, matrix, 1); }),
                       "class double tap: expected 2 attributes, found 1"));
}

}  // namespace
}  // namespace wrist
