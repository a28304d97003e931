// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "generators/dataset_check.h"
#include "generators/manifest/gather_tables.h"
#include "generators/validate_shard.h"

namespace wrist {
namespace {

using Sequence = ShardTables::Sequence;
using Window = ShardTables::Window;

// The columns of the tables that belong to one stream.
struct StreamColumns {
  const char* name;
  std::int64_t Sequence::*start;
  std::int64_t Sequence::*count;
  std::int64_t Window::*window_start;
  std::int64_t ShardTables::*window_length;
};
constexpr StreamColumns kStreams[] = {
    {"imu", &Sequence::imu_start, &Sequence::imu_count, &Window::imu_start,
     &ShardTables::window_imu_length},
    {"optical", &Sequence::optical_start, &Sequence::optical_count, &Window::optical_start,
     &ShardTables::window_optical_length},
    {"magnetometer", &Sequence::magnetometer_start, &Sequence::magnetometer_count,
     &Window::magnetometer_start, &ShardTables::window_magnetometer_length}};

std::string number(std::int64_t value) { return std::to_string(value); }

void check_stream(const Shard& shard, const StreamColumns& s, ShardProblems& problems) {
  const ShardTables& t = shard.tables();
  const std::string group = std::string("/") + s.name;
  const std::int64_t rows = shard.shape(group + "/t").rows;
  std::int64_t next = 0;
  for (std::size_t i = 0; i < t.sequences.size(); ++i) {
    const std::int64_t start = t.sequences[i].*s.start, count = t.sequences[i].*s.count;
    if (start != next || count < 0)
      problems.add("/sequences row " + number(static_cast<std::int64_t>(i)) + ": expected " +
                   s.name + "_start " + number(next) + ", found " + number(start) + " with " +
                   number(count) + " rows");
    next = start + count;
  }
  problems.expect(next == rows, group + ": expected " + number(next) +
                                    " rows as /sequences says, found " + number(rows));
  for (std::size_t i = 0; i < t.windows.size(); ++i) {
    const Window& w = t.windows[i];
    const Sequence& of = t.sequences[static_cast<std::size_t>(w.sequence)];
    const std::int64_t first = w.*s.window_start, length = t.*s.window_length;
    if (first < of.*s.start || first + length > of.*s.start + of.*s.count)
      problems.add("/windows row " + number(static_cast<std::int64_t>(i)) + ": " + s.name +
                   " rows " + number(first) + " to " + number(first + length) +
                   " are not all of sequence " + number(w.sequence));
  }
}

// Every dataset of a group has the rows of the clock it stands on.
void check_lengths(const Shard& shard, ShardProblems& problems) {
  for (const std::string& group : shard.groups()) {
    if (is_index_table(group)) continue;
    const std::string clock = std::string("/").append(clock_stream(group)).append("/t");
    if (!shard.has(clock)) {
      problems.add("/" + group + ": expected a clock " + clock + ", found none");
      continue;
    }
    const std::int64_t rows = shard.shape(clock).rows;
    for (const std::string& name : shard.datasets(group)) {
      const std::string path = "/" + group + "/" + name;
      const std::int64_t found = shard.shape(path).rows;
      problems.expect(found == rows, path + ": expected " + number(rows) + " rows as in " + clock +
                                         ", found " + number(found));
    }
  }
}

void check_splits(const ShardTables& t, ShardProblems& problems) {
  for (std::size_t k = 0; k < t.split_names.size(); ++k) {
    std::vector<std::int64_t> rows;
    for (std::size_t i = 0; i < t.sequences.size(); ++i)
      if (t.sequences[i].split == static_cast<int>(k)) rows.push_back(static_cast<std::int64_t>(i));
    problems.expect(t.splits.at(t.split_names[k]) == rows,
                    "/splits/" + t.split_names[k] + ": is not what /sequences/split says");
  }
}

void check_events(const ShardTables& t, ShardProblems& problems) {
  std::int64_t before = 0;
  for (std::size_t i = 0; i < t.events.size(); ++i) {
    const ShardTables::EventRow& e = t.events[i];
    const double duration = t.sequences[static_cast<std::size_t>(e.sequence)].duration_s;
    const std::string where = "/events row " + number(static_cast<std::int64_t>(i)) + ": ";
    problems.expect(e.sequence >= before, where + "comes before the sequence of the row above");
    problems.expect(e.end_s >= e.start_s, where + "ends before it starts");
    problems.expect(e.start_s <= duration, where + "starts after its recording has ended");
    problems.expect(e.confidence >= 0 && e.confidence <= 1,
                    where + "confidence is not within 0 to 1");
    before = e.sequence;
  }
}

void check_indices(const ShardTables& t, ShardProblems& problems) {
  for (std::size_t i = 1; i < t.sequences.size(); ++i)
    problems.expect(t.sequences[i].index > t.sequences[i - 1].index,
                    "/sequences row " + number(static_cast<std::int64_t>(i)) + ": index " +
                        std::to_string(t.sequences[i].index) +
                        " is not above that of the row before");
}

}  // namespace

void check_tables(const Shard& shard, ShardProblems& problems) {
  check_lengths(shard, problems);
  for (const StreamColumns& stream : kStreams)
    if (shard.has(std::string("/") + stream.name)) check_stream(shard, stream, problems);
  check_splits(shard.tables(), problems);
  check_events(shard.tables(), problems);
  check_indices(shard.tables(), problems);
}

}  // namespace wrist
