// SPDX-License-Identifier: Apache-2.0
// A few recordings alone: the rows they have in the full dataset, in files of their own.
#include "generators/only.h"

#include <gtest/gtest.h>

#include <tuple>

#include "generators/dataset_read.h"
#include "sim/base/error.h"
#include "tests/support/assets.h"
#include "tests/support/paths.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;
using testing::assets;

using Indices = std::vector<std::uint64_t>;

const ShardTables::Sequence& of_index(const Shard& shard, std::uint64_t index) {
  for (const ShardTables::Sequence& row : shard.tables().sequences)
    if (row.index == index) return row;
  throw std::runtime_error("no recording " + std::to_string(index));
}

// Name and times of every event of a recording.
std::vector<std::tuple<std::string, double, double>> events_of(const Shard& shard,
                                                               const ShardTables::Sequence& row) {
  const ShardTables& t = shard.tables();
  std::vector<std::tuple<std::string, double, double>> events;
  for (const ShardTables::EventRow& e : t.events)
    if (&t.sequences[static_cast<std::size_t>(e.sequence)] == &row)
      events.emplace_back(t.event_names[static_cast<std::size_t>(e.class_id)], e.start_s, e.end_s);
  return events;
}

struct Rows {
  std::int64_t here, there, count;
};

// Every dataset of a group, byte for byte.
void expect_same(const Shard& some, const Shard& all, const std::string& group, const Rows& rows) {
  ASSERT_GT(rows.count, 0);
  for (const std::string& name : all.datasets(group)) {
    const std::string path = group + "/" + name;
    EXPECT_EQ(some.bytes(path, rows.here, rows.count), all.bytes(path, rows.there, rows.count))
        << path;
  }
}

TEST(Only, IndicesAreReadAndNamed) {
  EXPECT_EQ(parse_indices({"3,7-9", "8-10"}, 12), (Indices{3, 7, 8, 9, 10}));
  EXPECT_EQ(only_name({3}), "only-3.h5");
  EXPECT_EQ(only_name({3, 7, 8, 9}), "only-3_7-9.h5");
  Indices many;
  for (std::uint64_t i = 0; i < 400; i += 2) many.push_back(i);
  EXPECT_LT(only_name(many).size(), 80u);
  for (const char* bad : {"", "x", "3-", "-3", "9-7", "12", "3,,4", "99999999999999999999"})
    EXPECT_THROW(parse_indices({bad}, 12), Error) << bad;
}

TEST(Only, RowsAreThoseOfTheFullDataset) {
  const Recipe r =
      testing::shipped_recipe("quickstart", {"duration=2 s", "recordings=6", "shards=2",
                                             "motions.classes={ walk = 1, "
                                             "double_pinch = 2 }"});
  const fs::path folder = testing::scratch_folder();
  const RunReport full = run(r, assets(), {folder / "full", 2, false, {}, {}});
  const RunReport few = run_only(r, assets(), {folder / "few", 1, false, {}, {}}, {1, 2, 3});
  ASSERT_EQ(few.shards.size(), 2u) << "a file for each shard they are of";
  EXPECT_EQ(few.shards[0].file, "only-2.h5");
  EXPECT_EQ(few.shards[1].file, "only-1_3.h5");
  EXPECT_EQ(few.recordings, 3);
  const Shard all(folder / "full" / full.shards[1].file), some(folder / "few/only-1_3.h5");
  ASSERT_EQ(some.tables().sequences.size(), 2u);
  for (const ShardTables::Sequence& row : some.tables().sequences) {
    const ShardTables::Sequence& there = of_index(all, row.index);
    EXPECT_EQ(row.scenario, there.scenario);
    EXPECT_EQ(row.class_id, there.class_id);
    EXPECT_EQ(events_of(some, row), events_of(all, there));
    for (const char* group : {"/imu", "/truth"})
      expect_same(some, all, group, {row.imu_start, there.imu_start, row.imu_count});
    for (const char* group : {"/optical", "/truth_optical"})
      expect_same(some, all, group, {row.optical_start, there.optical_start, row.optical_count});
  }
}

}  // namespace
}  // namespace wrist
