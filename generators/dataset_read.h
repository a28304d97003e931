// SPDX-License-Identifier: Apache-2.0
/// A finished shard, read: its tables whole, its signals piece by piece.
///
///   shard-*.h5 -> Shard -> tables(), read("/imu/accel", first, count)
///
/// HDF5 is not made for threads: one shard, one thread.
#pragma once

#include <Eigen/Core>
#include <limits>

#include "generators/dataset.h"
#include "generators/dataset_table.h"
#include "sim/base/error.h"

namespace wrist {

/// The index tables. Ids are positions in the name lists, -1 for none.
struct ShardTables {
  struct Sequence {
    std::int64_t imu_start = 0, imu_count = 0, optical_start = 0, optical_count = 0;  // rows
    std::int64_t magnetometer_start = 0, magnetometer_count = 0;  // rows; 0 where there is none
    double duration_s = 0;
    int subject = -1, clip = -1, device = -1, strap = -1, placement = -1, class_id = -1;
    int split = -1;
    std::uint64_t seed = 0, index = 0;
    std::string scenario;  // JSON
  };
  struct EventRow {
    std::int64_t sequence = 0;      // row of sequences
    double start_s = 0, end_s = 0;  // s, since the start of the recording
    int class_id = -1;              // position in event_names
    int source = -1;
    double confidence = 0;
    double speed = std::numeric_limits<double>::quiet_NaN();  // m/s; closing speed, of contacts
  };
  struct Window {
    std::int64_t sequence = 0, imu_start = 0, optical_start = 0, magnetometer_start = 0;
    int class_id = -1;
    double purity = 0;
  };

  std::vector<ClassInfo> classes;
  std::vector<std::string> subjects, clips, devices, straps, placements;
  std::vector<std::string> event_names, event_sources;
  std::vector<Sequence> sequences;
  std::vector<EventRow> events;
  std::vector<Window> windows;
  std::int64_t window_imu_length = 0, window_optical_length = 0;  // rows
  std::int64_t window_magnetometer_length = 0;                    // rows; 0 where there is none
  double window_s = 0, window_hop_s = 0;
  std::vector<std::string> split_names;                     // in the order of their ids
  std::map<std::string, std::vector<std::int64_t>> splits;  // rows of sequences
  std::string split_rule;
  std::vector<std::string> split_disjoint_by;
};

class Shard {
 public:
  /// Throws Error(io) if unreadable, Error(bad_data) if it is not a complete shard of this schema;
  /// like every method, naming the file and what in it.
  explicit Shard(std::filesystem::path file);
  ~Shard();
  Shard(Shard&&) noexcept;
  Shard& operator=(Shard&&) noexcept;

  const std::filesystem::path& file() const;
  const ShardTables& tables() const;

  /// Names, in the order they were made; a dimension is no dataset.
  std::vector<std::string> groups() const;
  std::vector<std::string> datasets(const std::string& group) const;
  bool has(const std::string& path) const;  // "/imu", "/imu/accel"
  /// Of "/", a group or a dataset, without those HDF5 and netCDF keep for themselves.
  Attributes attributes(const std::string& path) const;

  struct Shape {
    Element element = Element::f8;
    std::int64_t rows = 0, columns = 1;
    int rank = 1;
  };
  Shape shape(const std::string& path) const;
  /// Rows [first, first + count) as they are stored, little-endian, row by row.
  Bytes bytes(const std::string& path, std::int64_t first, std::int64_t count) const;
  /// The same as numbers, count x columns: times scale_factor; _FillValue is NaN.
  Eigen::ArrayXXd read(const std::string& path, std::int64_t first, std::int64_t count) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The attribute of that name. Throws Error(bad_data) naming it if it is missing or another type.
template <typename T>
const T& attribute(const Attributes& attributes, const std::string& name) {
  const auto found = attributes.find(name);
  const T* value = found == attributes.end() ? nullptr : std::get_if<T>(&found->second);
  require(value != nullptr, ErrorKind::bad_data,
          "attribute " + name + (found == attributes.end() ? ": missing" : ": of another type"));
  return *value;
}
/// A number of any type, or `fallback` if there is none of that name.
double number(const Attributes& attributes, const std::string& name, double fallback);

/// The shards of a folder, sorted by name, or the one file given. Throws Error(io) if there is
/// none.
std::vector<std::filesystem::path> find_shards(const std::filesystem::path& path);

}  // namespace wrist
