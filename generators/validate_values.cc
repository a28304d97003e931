// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "generators/dataset_check.h"
#include "generators/flag_masks.h"
#include "generators/manifest/gather_tables.h"
#include "generators/validate_shard.h"

namespace wrist {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

// What the values of one channel may be, in its units.
struct Limits {
  double least = -kUnlimited, most = kUnlimited;
  bool quaternions = false;
  bool fills = false;        // may hold the fill value, where the flags say dropped
  std::int64_t dropped = 0;  // bit of the flags; 0: there are none
};

Limits limits_of(const Shard& shard, const std::string& group, const std::string& name) {
  const std::string path = "/" + group + "/" + name;
  const Attributes stream = shard.attributes("/" + group), about = shard.attributes(path);
  Limits limits;
  const auto symmetric = [&](const char* attribute_name) {
    const double range = number(stream, attribute_name, kUnlimited);
    limits.most = range * (1 + 1e-6);  // scale factors are kept in single precision
    limits.least = -limits.most;
  };
  if (path == "/imu/accel") symmetric("accel_range_m_s2");
  if (path == "/imu/gyro") symmetric("gyro_range_rad_s");
  if (path == "/magnetometer/field") symmetric("range_t");
  if (path == "/optical/counts" && stream.contains("most_counts")) {
    limits.least = 0;
    limits.most = number(stream, "most_counts", kUnlimited);
  }
  limits.quaternions = name.ends_with("_orientation") && shard.shape(path).columns == 4;
  limits.fills = about.contains("_FillValue");
  if (shard.has("/" + group + "/flags"))
    limits.dropped = flag_mask(shard.attributes("/" + group + "/flags"), "dropped");
  return limits;
}

// The first fault of a row; empty if there is none.
std::string fault(const Eigen::ArrayXXd& block, Index row, const Limits& limits, bool dropped) {
  double squares = 0;
  for (Index k = 0; k < block.cols(); ++k) {
    const double value = block(row, k);
    if (std::isnan(value) && limits.fills) {
      if (limits.dropped != 0 && !dropped) return "the fill value, which flags do not call dropped";
      continue;
    }
    if (!std::isfinite(value)) return "not a finite number";
    if (value < limits.least || value > limits.most)
      return std::to_string(value) + " is beyond the converter's range of " +
             std::to_string(limits.most);
    squares += value * value;
  }
  constexpr double kTolerance = 1e-5;  // of single precision, and its square
  if (limits.quaternions && std::abs(squares - 1) > kTolerance)
    return "a quaternion of length " + std::to_string(std::sqrt(squares));
  return "";
}

// One problem per channel: where the first is, and how many rows are like it.
void check_channel(const Shard& shard, const std::string& group, const std::string& name,
                   ShardProblems& problems) {
  const std::string path = "/" + group + "/" + name, flags_path = "/" + group + "/flags";
  const Limits limits = limits_of(shard, group, name);
  const std::int64_t rows = shard.shape(path).rows;
  const bool flagged = limits.fills && limits.dropped != 0;
  if (flagged && shard.shape(flags_path).rows != rows) return;  // said by check_tables
  std::string first_fault;
  std::int64_t faults = 0;
  for (std::int64_t first = 0; first < rows; first += kBlockRows) {
    const std::int64_t count = std::min(kBlockRows, rows - first);
    const Eigen::ArrayXXd block = shard.read(path, first, count);
    const Bytes flags = flagged ? shard.bytes(flags_path, first, count) : Bytes{};
    for (Index i = 0; i < block.rows(); ++i) {
      const bool dropped =
          flagged &&
          (std::to_integer<std::int64_t>(flags[static_cast<std::size_t>(i)]) & limits.dropped) != 0;
      const std::string text = fault(block, i, limits, dropped);
      if (text.empty()) continue;
      if (faults++ == 0) first_fault = "row " + std::to_string(first + i) + ": " + text;
    }
  }
  if (faults > 0)
    problems.add(path + " " + first_fault +
                 (faults > 1 ? " (and " + std::to_string(faults - 1) + " rows more)" : ""));
}

// Times of one recording, in ns.
std::string clock_fault(const Bytes& bytes, double duration_s, double rate_hz) {
  const std::size_t count = bytes.size() / sizeof(std::int64_t);
  std::vector<std::int64_t> t(count);
  if (count > 0) std::memcpy(t.data(), bytes.data(), bytes.size());
  for (std::size_t i = 1; i < count; ++i)
    if (t[i] < t[i - 1]) return "falls back at sample " + std::to_string(i);
  if (count == 0) return "";
  if (t.front() < 0) return "starts before its recording";
  // A sample may come a period late.
  const double last_s = static_cast<double>(t.back()) * 1e-9;
  if (last_s > duration_s + 2 / rate_hz)
    return "ends at " + std::to_string(last_s) + " s, the recording at " +
           std::to_string(duration_s) + " s";
  return "";
}

void check_clock(const Shard& shard, const std::string& stream,
                 std::int64_t ShardTables::Sequence::*start,
                 std::int64_t ShardTables::Sequence::*count, ShardProblems& problems) {
  const std::string path = "/" + stream + "/t";
  if (!shard.has(path)) return;
  const Shard::Shape shape = shard.shape(path);
  const double rate_hz = number(shard.attributes("/" + stream), "rate_hz", 1);
  const auto& sequences = shard.tables().sequences;
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto& s = sequences[i];
    if (s.*start < 0 || s.*count < 0 || s.*start + s.*count > shape.rows) continue;
    const std::string text =
        clock_fault(shard.bytes(path, s.*start, s.*count), s.duration_s, rate_hz);
    if (!text.empty()) problems.add(path + " of sequence " + std::to_string(i) + " " + text);
  }
}

}  // namespace

void check_values(const Shard& shard, ShardProblems& problems) {
  for (const std::string& group : shard.groups()) {
    if (is_index_table(group)) continue;
    for (const std::string& name : shard.datasets(group)) {
      const Element element = shard.shape("/" + group + "/" + name).element;
      if (name != "class_id" && element != Element::i8 && element != Element::u1)
        check_channel(shard, group, name, problems);
    }
  }
  using Sequence = ShardTables::Sequence;
  check_clock(shard, "imu", &Sequence::imu_start, &Sequence::imu_count, problems);
  check_clock(shard, "optical", &Sequence::optical_start, &Sequence::optical_count, problems);
  check_clock(shard, "magnetometer", &Sequence::magnetometer_start, &Sequence::magnetometer_count,
              problems);
}

}  // namespace wrist
