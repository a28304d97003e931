// SPDX-License-Identifier: Apache-2.0
#include "generators/compare_shards.h"

#include <algorithm>
#include <map>
#include <set>

#include "generators/compare_events.h"
#include "generators/compare_values.h"
#include "generators/dataset_read.h"

namespace wrist {
namespace {

using Names = std::vector<std::string>;

// The stream whose rows a group of recordings has: that of "truth" is "imu", of "truth_X" is X.
std::string stream_of(const std::string& group) {
  if (group == "truth") return "imu";
  return group.starts_with("truth_") ? group.substr(std::string("truth_").size()) : group;
}

// Where each recording's rows lie.
struct Slices {
  std::vector<std::int64_t> start, count;  // per row of /sequences
};

std::vector<std::int64_t> numbers(const Shard& shard, const std::string& path) {
  const Eigen::ArrayXXd values = shard.read(path, 0, shard.shape(path).rows);
  std::vector<std::int64_t> all;
  for (const double value : values.reshaped()) all.push_back(static_cast<std::int64_t>(value));
  return all;
}

Slices slices(const Shard& shard, const std::string& stream) {
  return {numbers(shard, "/sequences/" + stream + "_start"),
          numbers(shard, "/sequences/" + stream + "_count")};
}

bool per_recording(const Shard& shard, const std::string& group) {
  return shard.has("/sequences/" + stream_of(group) + "_start");
}

std::map<std::uint64_t, std::int64_t> rows_by_index(const Shard& shard) {
  std::map<std::uint64_t, std::int64_t> rows;
  for (std::int64_t row = 0; row < std::ssize(shard.tables().sequences); ++row)
    rows[shard.tables().sequences[static_cast<std::size_t>(row)].index] = row;
  return rows;
}

// Two files that are held against each other.
class FileComparer {
 public:
  FileComparer(const ShardPair& files, const std::optional<CompareTolerance>& tolerance,
               Comparison& result)
      : name_(files.name), a_(files.a), b_(files.b), tolerance_(tolerance), result_(result) {}

  void compare() {
    match_recordings();
    compare_root();
    for (const std::string& group : both(a_.groups(), b_.groups(), "/")) {
      compare_attributes("/" + group);
      if (group == "events" && tolerance_)
        compare_all_events();
      else
        compare_group(group);
    }
  }

 private:
  void report(Difference difference) {
    difference.file = name_;
    if (!reported_.insert(difference.dataset + "\n" + difference.what).second) return;
    result_.differences.push_back(std::move(difference));
  }
  void report(const std::string& dataset, const std::string& what, const std::string& a = "",
              const std::string& b = "") {
    report({"", dataset, what, -1, -1, -1, a, b});
  }

  // What both have, in the order of the first; the rest is reported.
  Names both(const Names& a, const Names& b, const std::string& prefix) {
    Names common;
    for (const std::string& name : a)
      if (std::find(b.begin(), b.end(), name) != b.end())
        common.push_back(name);
      else
        report(prefix + name, "missing in B");
    for (const std::string& name : b)
      if (std::find(a.begin(), a.end(), name) == a.end()) report(prefix + name, "missing in A");
    return common;
  }

  void match_recordings() {
    const auto in_a = rows_by_index(a_), in_b = rows_by_index(b_);
    for (const auto& [index, row] : in_a) {
      const auto other = in_b.find(index);
      if (other == in_b.end()) {
        report("", "recording " + std::to_string(index) + ": missing in B");
        continue;
      }
      pairs_.push_back({static_cast<std::int64_t>(index), row, other->second});
    }
    for (const auto& [index, row] : in_b)
      if (!in_a.contains(index))
        report("", "recording " + std::to_string(index) + ": missing in A");
    result_.recordings += std::ssize(pairs_);
    same_recordings_ = pairs_.size() == in_a.size() && pairs_.size() == in_b.size();
  }

  void compare_attribute(const std::string& path, const std::string& name, const Attributes& a,
                         const Attributes& b) {
    const auto in_a = a.find(name), in_b = b.find(name);
    if (in_a == a.end() || in_b == b.end())
      report(path, "attribute " + name + ": missing in " + (in_a == a.end() ? "A" : "B"));
    else if (in_a->second != in_b->second)
      report(path, "attribute " + name + " differs");
  }

  void compare_root() {
    const Attributes a = a_.attributes("/"), b = b_.attributes("/");
    for (const std::string name : {"Conventions", "schema_version"})
      compare_attribute("/", name, a, b);
  }

  void compare_attributes(const std::string& path) {
    if (tolerance_ && path == "/sequences") return;
    const bool splits = path == "/splits";
    const Attributes a = a_.attributes(path), b = b_.attributes(path);
    std::set<std::string> names;
    for (const auto& [name, value] : a) names.insert(name);
    for (const auto& [name, value] : b) names.insert(name);
    for (const std::string& name : names)
      if (!splits || name != "seed") compare_attribute(path, name, a, b);
  }

  DatasetSummary& summary(const std::string& dataset) {
    for (DatasetSummary& s : result_.datasets)
      if (s.dataset == dataset) return s;
    result_.datasets.push_back({dataset});
    return result_.datasets.back();
  }

  void note(const std::string& path, std::int64_t recording, std::optional<Difference> difference) {
    if (!difference) return;
    summary(path).equal = false;
    if (!different_.insert(path).second) return;
    difference->dataset = path;
    difference->recording = recording;
    report(std::move(*difference));
  }

  void compare_all_events() {
    for (const Pair& p : pairs_)
      note("/events", p.index,
           compare_events({a_, p.a}, {b_, p.b}, tolerance_->event_s, summary("/events")));
  }

  void compare_group(const std::string& group) {
    const bool recordings = per_recording(a_, group) && per_recording(b_, group);
    // Rows of tables mean nothing where recordings are missing, which was said.
    if (!recordings && !same_recordings_) return;
    for (const std::string& name :
         both(a_.datasets(group), b_.datasets(group), "/" + group + "/")) {
      const std::string path = "/" + group + "/" + name;
      const ChannelTolerance* channel = tolerance_ ? tolerance_->find(path) : nullptr;
      if (channel && channel->ignore) continue;
      compare_attributes(path);
      if (!same_kind(path)) continue;
      if (recordings)
        compare_recordings(group, path, channel);
      else
        compare_table(path, channel);
    }
  }

  // Of one element type and one number of columns.
  bool same_kind(const std::string& path) {
    const auto kind = [&path](const Shard& shard) {
      const Shard::Shape s = shard.shape(path);
      return to_string(s.element) +
             (s.rank > 1 ? std::string("[").append(std::to_string(s.columns)).append("]") : "");
    };
    const std::string a = kind(a_), b = kind(b_);
    if (a == b) return true;
    summary(path).equal = false;
    report(path, "types differ", a, b);
    return false;
  }

  bool same_rows(const std::string& path, std::int64_t recording, std::int64_t a, std::int64_t b) {
    if (a == b) return true;
    note(path, recording,
         Difference{"", "", "rows differ", -1, -1, -1, std::to_string(a), std::to_string(b)});
    return false;
  }

  ValuePair read(const std::string& path, std::int64_t in_a, std::int64_t in_b,
                 std::int64_t count) const {
    const Shard::Shape shape = a_.shape(path);
    const Attributes attributes = a_.attributes(path);
    ValuePair pair{shape.element, count, shape.columns, a_.bytes(path, in_a, count),
                   b_.bytes(path, in_b, count)};
    if (attributes.contains("_FillValue")) pair.fill = number(attributes, "_FillValue", 0);
    return pair;
  }

  void compare_pair(const std::string& path, std::int64_t recording, const ValuePair& pair,
                    const ChannelTolerance* channel) {
    DatasetSummary& s = summary(path);
    note(path, recording, channel ? compare_values(pair, *channel, s) : compare_values(pair, s));
  }

  void compare_recordings(const std::string& group, const std::string& path,
                          const ChannelTolerance* channel) {
    const std::string stream = stream_of(group);
    const Slices in_a = slices(a_, stream), in_b = slices(b_, stream);
    const double rate_hz =
        a_.has("/" + stream) ? number(a_.attributes("/" + stream), "rate_hz", 0) : 0;
    for (const Pair& p : pairs_) {
      const auto a = static_cast<std::size_t>(p.a), b = static_cast<std::size_t>(p.b);
      if (!same_rows(path, p.index, in_a.count.at(a), in_b.count.at(b))) continue;
      ValuePair pair = read(path, in_a.start.at(a), in_b.start.at(b), in_a.count[a]);
      pair.rate_hz = rate_hz;
      compare_pair(path, p.index, pair, channel);
    }
  }

  void compare_table(const std::string& path, const ChannelTolerance* channel) {
    const std::int64_t rows = a_.shape(path).rows;
    if (same_rows(path, -1, rows, b_.shape(path).rows))
      compare_pair(path, -1, read(path, 0, 0, rows), channel);
  }

  struct Pair {
    std::int64_t index = 0, a = 0, b = 0;  // of the recording; rows of /sequences
  };
  std::string name_;
  Shard a_, b_;
  const std::optional<CompareTolerance>& tolerance_;
  Comparison& result_;
  std::vector<Pair> pairs_;
  bool same_recordings_ = true;
  std::set<std::string> reported_, different_;
};

}  // namespace

void compare_shards(const ShardPair& files, const std::optional<CompareTolerance>& tolerance,
                    Comparison& result) {
  FileComparer(files, tolerance, result).compare();
}

}  // namespace wrist
