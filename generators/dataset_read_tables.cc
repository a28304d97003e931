// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_read_tables.h"

#include <algorithm>
#include <concepts>

namespace wrist {
namespace {

[[noreturn]] void bad(const std::string& text) { throw Error(ErrorKind::bad_data, text); }

// A vector of T, whole.
template <typename T>
std::vector<T> column(hdf::Id file, const std::string& path) {
  const hdf::Dataset set = hdf::open_dataset(file, path);
  if (set.element != element_of<T>() || set.rank != 1)
    bad(path + ": expected a vector of " + to_string(element_of<T>()));
  const Bytes bytes = hdf::read_rows(set, 0, set.rows);
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!values.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

// Columns of one table, which must be of one length; field by field into rows.
template <typename Row>
class RowReader {
 public:
  RowReader(hdf::Id file, std::string table, std::vector<Row>& rows)
      : file_(file), table_(std::move(table)), rows_(rows) {}

  template <typename T, typename Field>
  RowReader& read(const std::string& name, Field Row::*field) {
    return read<T>(name, [field](Row& row, T value) { row.*field = static_cast<Field>(value); });
  }
  template <typename T, typename Set>
  requires std::invocable<Set, Row&, T> RowReader& read(const std::string& name, const Set& set) {
    const std::string path = "/" + table_ + "/" + name;
    const std::vector<T> values = column<T>(file_, path);
    if (!started_) rows_.resize(values.size());
    started_ = true;
    if (values.size() != rows_.size())
      bad(path + ": expected " + std::to_string(rows_.size()) + " rows, found " +
          std::to_string(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i) set(rows_[i], values[i]);
    return *this;
  }
  template <typename T, typename Field>
  RowReader& read_if_there(const std::string& name, Field Row::*field) {
    return hdf::has(file_, "/" + table_ + "/" + name) ? read<T>(name, field) : *this;
  }

 private:
  hdf::Id file_;
  std::string table_;
  std::vector<Row>& rows_;
  bool started_ = false;
};

void read_sequences(hdf::Id file, ShardTables& t) {
  using Row = ShardTables::Sequence;
  RowReader<Row>(file, "sequences", t.sequences)
      .read<double>("duration", &Row::duration_s)
      .read_if_there<std::int64_t>("imu_start", &Row::imu_start)
      .read_if_there<std::int64_t>("imu_count", &Row::imu_count)
      .read_if_there<std::int64_t>("optical_start", &Row::optical_start)
      .read_if_there<std::int64_t>("optical_count", &Row::optical_count)
      .read_if_there<std::int64_t>("magnetometer_start", &Row::magnetometer_start)
      .read_if_there<std::int64_t>("magnetometer_count", &Row::magnetometer_count)
      .read<std::int32_t>("subject", &Row::subject)
      .read<std::int32_t>("clip", &Row::clip)
      .read<std::int32_t>("device", &Row::device)
      .read<std::int32_t>("strap", &Row::strap)
      .read<std::int32_t>("placement", &Row::placement)
      .read<std::int16_t>("class_id", &Row::class_id)
      .read<std::int8_t>("split", &Row::split)
      .read<std::uint64_t>("seed", &Row::seed)
      .read<std::uint64_t>("index", &Row::index);
  const std::vector<std::string> scenarios =
      hdf::read_strings(hdf::open_group(file, "sequences"), "scenarios");
  if (scenarios.size() != t.sequences.size()) bad("/sequences scenarios: expected one per row");
  for (std::size_t i = 0; i < scenarios.size(); ++i) t.sequences[i].scenario = scenarios[i];
}

void read_events(hdf::Id file, ShardTables& t) {
  using Row = ShardTables::EventRow;
  const auto seconds = [](double Row::*field) {
    return [field](Row& row, std::int64_t ns) { row.*field = static_cast<double>(ns) * 1e-9; };
  };
  RowReader<Row>(file, "events", t.events)
      .read<std::int32_t>("sequence", &Row::sequence)
      .read<std::int64_t>("start_ns", seconds(&Row::start_s))
      .read<std::int64_t>("end_ns", seconds(&Row::end_s))
      .read<std::int16_t>("class_id", &Row::class_id)
      .read<std::int8_t>("source", &Row::source)
      .read<float>("confidence", &Row::confidence)
      .read_if_there<float>("speed", &Row::speed);
  const hdf::Handle group = hdf::open_group(file, "events");
  t.event_names = hdf::read_strings(group, "names");
  t.event_sources = hdf::read_strings(group, "sources");
}

void read_windows(hdf::Id file, ShardTables& t) {
  using Row = ShardTables::Window;
  RowReader<Row>(file, "windows", t.windows)
      .read<std::int32_t>("sequence", &Row::sequence)
      .read_if_there<std::int64_t>("imu_start", &Row::imu_start)
      .read_if_there<std::int64_t>("optical_start", &Row::optical_start)
      .read_if_there<std::int64_t>("magnetometer_start", &Row::magnetometer_start)
      .read<std::int16_t>("class_id", &Row::class_id)
      .read<float>("purity", &Row::purity);
  const hdf::Handle group = hdf::open_group(file, "windows");
  t.window_s = hdf::read_number(group, "length_s");
  t.window_hop_s = hdf::read_number(group, "hop_s");
  const auto length = [&group](const char* name) {
    return hdf::has_attribute(group, name) ? hdf::read_integer(group, name) : std::int64_t{0};
  };
  t.window_imu_length = length("imu_length");
  t.window_optical_length = length("optical_length");
  t.window_magnetometer_length = length("magnetometer_length");
}

void read_splits(hdf::Id file, ShardTables& t) {
  const hdf::Handle group = hdf::open_group(file, "splits");
  t.split_names = hdf::dataset_names(group);
  for (const std::string& name : t.split_names) {
    const std::vector<std::int32_t> rows = column<std::int32_t>(file, "/splits/" + name);
    t.splits[name] = {rows.begin(), rows.end()};
  }
  t.split_rule = hdf::read_string(group, "rule");
  t.split_disjoint_by = hdf::read_strings(group, "disjoint_by");
}

std::vector<std::string> split_lines(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

void read_classes(hdf::Id file, ShardTables& t) {
  const hdf::Handle group = hdf::open_group(file, "classes");
  const auto names = hdf::read_strings(group, "names");
  const auto definitions = hdf::read_strings(group, "definitions");
  const auto prompts = hdf::read_strings(group, "prompts");
  const auto parents = hdf::read_strings(group, "parents");
  const bool kinds = hdf::has_attribute(group, "labelled_by");  // later than the first shards
  const auto labelled_by = kinds ? hdf::read_strings(group, "labelled_by")
                                 : std::vector<std::string>(names.size(), "time");
  const auto rare = column<std::uint8_t>(file, "/classes/rare");
  const auto held_out = column<std::uint8_t>(file, "/classes/held_out");
  for (const std::size_t size :
       {definitions.size(), prompts.size(), parents.size(), rare.size(), held_out.size(),
        labelled_by.size()})
    if (size != names.size()) bad("/classes: expected one of everything per name");
  for (std::size_t i = 0; i < names.size(); ++i)
    t.classes.push_back({names[i],
                         definitions[i],
                         split_lines(prompts[i]),
                         parents[i],
                         {},
                         rare[i] != 0,
                         held_out[i] != 0,
                         labelled_by[i] == "event"});
}

void read_vocabulary(hdf::Id file, ShardTables& t) {
  const hdf::Handle group = hdf::open_group(file, "vocab");
  t.subjects = hdf::read_strings(group, "subjects");
  t.clips = hdf::read_strings(group, "clips");
  t.devices = hdf::read_strings(group, "devices");
  t.straps = hdf::read_strings(group, "straps");
  t.placements = hdf::read_strings(group, "placements");
}

void check_id(std::int64_t id, std::size_t names, const std::string& where) {
  if (id < -1 || id >= static_cast<std::int64_t>(names))
    bad(where + ": " + std::to_string(id) + " is no id of its vocabulary");
}

// Whoever uses the ids as positions may rely on them.
void check_ids(const ShardTables& t) {
  for (const auto& s : t.sequences) {
    check_id(s.subject, t.subjects.size(), "/sequences/subject");
    check_id(s.clip, t.clips.size(), "/sequences/clip");
    check_id(s.device, t.devices.size(), "/sequences/device");
    check_id(s.strap, t.straps.size(), "/sequences/strap");
    check_id(s.placement, t.placements.size(), "/sequences/placement");
    check_id(s.class_id, t.classes.size(), "/sequences/class_id");
    check_id(s.split, t.split_names.size(), "/sequences/split");
  }
  const auto check_row = [&t](std::int64_t row, const std::string& where) {
    if (row < 0 || row >= std::ssize(t.sequences))
      bad(where + ": " + std::to_string(row) + " is no row of /sequences");
  };
  for (const auto& e : t.events) {
    check_row(e.sequence, "/events/sequence");
    check_id(e.class_id, t.event_names.size(), "/events/class_id");
    check_id(e.source, t.event_sources.size(), "/events/source");
  }
  for (const auto& w : t.windows) {
    check_row(w.sequence, "/windows/sequence");
    check_id(w.class_id, t.classes.size(), "/windows/class_id");
  }
  for (const auto& [name, rows] : t.splits)
    for (const std::int64_t row : rows) check_row(row, "/splits/" + name);
}

}  // namespace

void hdf::check_schema(Id file) {
  if (!hdf::has_attribute(file, "schema_version"))
    bad("expected a wristsim shard, found another HDF5 file (no attribute schema_version)");
  const std::int64_t version = hdf::read_integer(file, "schema_version");
  require(version == kSchemaVersion, ErrorKind::bad_data,
          "schema_version: expected " + std::to_string(kSchemaVersion) + ", found " +
              std::to_string(version));
  require(hdf::has_attribute(file, "complete") && hdf::read_integer(file, "complete") == 1,
          ErrorKind::bad_data, "the shard is not complete");
}

ShardTables read_tables(hdf::Id file) {
  ShardTables t;
  read_classes(file, t);
  read_vocabulary(file, t);
  read_splits(file, t);
  read_sequences(file, t);
  read_events(file, t);
  read_windows(file, t);
  check_ids(t);
  return t;
}

}  // namespace wrist
