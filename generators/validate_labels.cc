// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <span>

#include "generators/validate_shard.h"

namespace wrist {
namespace {

// An event of a class of the dataset, in ns.
struct Span {
  int class_id = -1;
  std::int64_t start_ns = 0, end_ns = 0;
};

// The labelled samples of one recording and what is said to happen in it.
struct Labelled {
  std::size_t sequence = 0;
  std::int64_t end_ns = 0;  // of the recording
  std::vector<std::int64_t> t;
  std::vector<std::int16_t> ids;
  std::vector<Span> spans;
};

template <typename T>
std::vector<T> read(const Shard& shard, const std::string& path, std::int64_t first,
                    std::int64_t count) {
  const Bytes bytes = shard.bytes(path, first, count);
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), values.size() * sizeof(T));
  return values;
}

// A label that reaches the end of its recording covers samples of a clock that runs on a little.
bool covers(const Span& span, std::int64_t t, std::int64_t end_ns) {
  return span.start_ns <= t && (t < span.end_ns || span.end_ns >= end_ns);
}

std::string name_of(const ShardTables& tables, int id) {
  return id < 0 ? "nothing" : tables.classes[static_cast<std::size_t>(id)].name;
}

std::string at(const Labelled& r, std::size_t sample) {
  return "sequence " + std::to_string(r.sequence) + ", sample " + std::to_string(sample);
}

// Forth: a sample of a class that is labelled by event lies in an event of it.
void check_samples(const ShardTables& tables, const Labelled& r, ShardProblems& problems) {
  for (std::size_t i = 0; i < r.ids.size(); ++i) {
    const int id = r.ids[i];
    if (id < -1 || id >= std::ssize(tables.classes)) {
      problems.add("/imu/class_id of " + at(r, i) + ": " + std::to_string(id) + " is no class");
      return;
    }
    if (id < 0 || !tables.classes[static_cast<std::size_t>(id)].by_event) continue;
    const bool lies = std::any_of(r.spans.begin(), r.spans.end(), [&](const Span& span) {
      return span.class_id == id && covers(span, r.t[i], r.end_ns);
    });
    if (lies) continue;
    problems.add("/imu/class_id of " + at(r, i) + ": says " + name_of(tables, id) +
                 ", and no event of it is there");
    return;
  }
}

// Back: an event of such a class has its samples, but for those another event lies over.
void check_spans(const ShardTables& tables, const Labelled& r, ShardProblems& problems) {
  for (const Span& span : r.spans) {
    if (!tables.classes[static_cast<std::size_t>(span.class_id)].by_event) continue;
    const auto from = std::lower_bound(r.t.begin(), r.t.end(), span.start_ns) - r.t.begin();
    const auto to = std::lower_bound(r.t.begin(), r.t.end(), span.end_ns) - r.t.begin();
    for (auto k = static_cast<std::size_t>(from); k < static_cast<std::size_t>(to); ++k) {
      const auto over = [&](const Span& other) {
        return other.class_id != span.class_id && covers(other, r.t[k], r.end_ns);
      };
      if (r.ids[k] == span.class_id || std::any_of(r.spans.begin(), r.spans.end(), over)) continue;
      problems.add("/events: " + name_of(tables, span.class_id) + " at " +
                   std::to_string(static_cast<double>(span.start_ns) * 1e-9) + " s of " + at(r, k) +
                   ": /imu/class_id says " + name_of(tables, r.ids[k]));
      return;
    }
  }
}

std::int64_t number_of(std::span<const std::int16_t> ids, int id) {
  return std::count(ids.begin(), ids.end(), static_cast<std::int16_t>(id));
}

// A window has the class of an event that lies whole in it, else of most of its samples.
std::string window_fault(const ShardTables& tables, const ShardTables::Window& w, const Labelled& r,
                         std::size_t first) {
  const auto length = static_cast<std::size_t>(tables.window_imu_length);
  const std::span<const std::int16_t> ids(r.ids.data() + first, length);
  const double share =
      static_cast<double>(number_of(ids, w.class_id)) / static_cast<double>(length);
  constexpr double kTolerance = 1e-6;  // of single precision
  if (std::abs(share - w.purity) > kTolerance)
    return "purity is " + std::to_string(share) + " of " + name_of(tables, w.class_id) +
           ", found " + std::to_string(w.purity);
  std::vector<int> whole;
  for (const Span& span : r.spans)
    if (span.start_ns >= r.t[first] && span.end_ns <= r.t[first + length - 1])
      whole.push_back(span.class_id);
  if (!whole.empty())
    return std::find(whole.begin(), whole.end(), w.class_id) != whole.end()
               ? ""
               : name_of(tables, whole[0]) + " lies whole in it, found " +
                     name_of(tables, w.class_id);
  for (int id = -1; id < std::ssize(tables.classes); ++id)
    if (number_of(ids, id) > number_of(ids, w.class_id))
      return "most of it is " + name_of(tables, id) + ", found " + name_of(tables, w.class_id);
  return "";
}

void check_windows(const ShardTables& tables, const Labelled& r, std::size_t& next,
                   ShardProblems& problems) {
  const auto start = tables.sequences[r.sequence].imu_start;
  for (; next < tables.windows.size() &&
         tables.windows[next].sequence == static_cast<std::int64_t>(r.sequence);
       ++next) {
    const std::int64_t first = tables.windows[next].imu_start - start;
    if (first < 0 || first + tables.window_imu_length > std::ssize(r.ids)) continue;
    const std::string text =
        window_fault(tables, tables.windows[next], r, static_cast<std::size_t>(first));
    if (!text.empty()) problems.add("/windows row " + std::to_string(next) + ": " + text);
  }
}

std::vector<Span> spans_of(const ShardTables& tables, std::size_t sequence, std::size_t& next) {
  std::vector<Span> spans;
  for (; next < tables.events.size() &&
         tables.events[next].sequence == static_cast<std::int64_t>(sequence);
       ++next) {
    const ShardTables::EventRow& e = tables.events[next];
    if (e.class_id >= 0 && e.class_id < std::ssize(tables.classes))
      spans.push_back({e.class_id, std::llround(e.start_s * 1e9), std::llround(e.end_s * 1e9)});
  }
  return spans;
}

}  // namespace

void check_labels(const Shard& shard, ShardProblems& problems) {
  if (!shard.has("/imu/class_id") || !shard.has("/imu/t")) return;
  const ShardTables& tables = shard.tables();
  const std::int64_t rows = std::min(shard.shape("/imu/class_id").rows, shard.shape("/imu/t").rows);
  std::size_t event = 0, window = 0;
  for (std::size_t i = 0; i < tables.sequences.size(); ++i) {
    const ShardTables::Sequence& s = tables.sequences[i];
    if (s.imu_start < 0 || s.imu_count < 0 || s.imu_start + s.imu_count > rows) return;
    const Labelled r{i, std::llround(s.duration_s * 1e9),
                     read<std::int64_t>(shard, "/imu/t", s.imu_start, s.imu_count),
                     read<std::int16_t>(shard, "/imu/class_id", s.imu_start, s.imu_count),
                     spans_of(tables, i, event)};
    check_samples(tables, r, problems);
    check_spans(tables, r, problems);
    check_windows(tables, r, window, problems);
  }
}

}  // namespace wrist
