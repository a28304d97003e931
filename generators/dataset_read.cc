// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_read.h"

#include <algorithm>
#include <limits>

#include "generators/dataset_read_tables.h"

namespace wrist {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void bad(const std::string& text) { throw Error(ErrorKind::bad_data, text); }

template <typename T>
Eigen::ArrayXXd to_numbers(const Bytes& bytes, std::int64_t rows, std::int64_t columns) {
  return Eigen::Map<const Rows<T>>(reinterpret_cast<const T*>(bytes.data()), rows, columns)
      .template cast<double>();
}

Eigen::ArrayXXd to_numbers(const Bytes& bytes, const hdf::Dataset& set, std::int64_t rows) {
  switch (set.element) {
    case Element::i1:
      return to_numbers<std::int8_t>(bytes, rows, set.columns);
    case Element::i2:
      return to_numbers<std::int16_t>(bytes, rows, set.columns);
    case Element::i4:
      return to_numbers<std::int32_t>(bytes, rows, set.columns);
    case Element::i8:
      return to_numbers<std::int64_t>(bytes, rows, set.columns);
    case Element::u1:
      return to_numbers<std::uint8_t>(bytes, rows, set.columns);
    case Element::u8:
      return to_numbers<std::uint64_t>(bytes, rows, set.columns);
    case Element::f4:
      return to_numbers<float>(bytes, rows, set.columns);
    case Element::f8:
      return to_numbers<double>(bytes, rows, set.columns);
  }
  return {};
}

Bytes checked_rows(const hdf::Dataset& set, std::int64_t first, std::int64_t count) {
  if (first < 0 || count < 0 || first > set.rows - count)
    bad(set.path + ": rows " + std::to_string(first) + " to " + std::to_string(first + count) +
        " were asked for, there are " + std::to_string(set.rows));
  return hdf::read_rows(set, first, count);
}

}  // namespace

struct Shard::State {
  fs::path path;
  hdf::Handle file;
  ShardTables tables;

  template <typename Work>
  auto named(const Work& work) {
    const hdf::Session quiet;
    try {
      return work();
    } catch (const Error& error) {
      throw Error(error.kind(), path.string() + ": " + error.what());
    }
  }
};

Shard::Shard(fs::path file) : state_(std::make_unique<State>()) {
  State& s = *state_;
  s.path = std::move(file);
  s.named([&s] {
    s.file = hdf::open_file(s.path);
    hdf::check_schema(s.file);
    s.tables = read_tables(s.file);
  });
}

Shard::~Shard() = default;
Shard::Shard(Shard&&) noexcept = default;
Shard& Shard::operator=(Shard&&) noexcept = default;

const fs::path& Shard::file() const { return state_->path; }
const ShardTables& Shard::tables() const { return state_->tables; }

std::vector<std::string> Shard::groups() const {
  return state_->named([this] { return hdf::group_names(state_->file); });
}

std::vector<std::string> Shard::datasets(const std::string& group) const {
  return state_->named([&] { return hdf::dataset_names(hdf::open_group(state_->file, group)); });
}

bool Shard::has(const std::string& path) const {
  return state_->named([&] {
    const std::size_t slash = path.find('/', 1);
    const std::string group = path.substr(0, slash);
    return hdf::has(state_->file, group) &&
           (slash == std::string::npos || hdf::has(state_->file, path));
  });
}

Attributes Shard::attributes(const std::string& path) const {
  return state_->named([&] { return hdf::read_attributes(hdf::open_object(state_->file, path)); });
}

Shard::Shape Shard::shape(const std::string& path) const {
  return state_->named([&] {
    const hdf::Dataset set = hdf::open_dataset(state_->file, path);
    return Shape{set.element, set.rows, set.columns, set.rank};
  });
}

Bytes Shard::bytes(const std::string& path, std::int64_t first, std::int64_t count) const {
  return state_->named(
      [&] { return checked_rows(hdf::open_dataset(state_->file, path), first, count); });
}

Eigen::ArrayXXd Shard::read(const std::string& path, std::int64_t first, std::int64_t count) const {
  return state_->named([&] {
    const hdf::Dataset set = hdf::open_dataset(state_->file, path);
    Eigen::ArrayXXd values = to_numbers(checked_rows(set, first, count), set, count);
    if (hdf::has_attribute(set.id, "_FillValue")) {
      const double fill = hdf::read_number(set.id, "_FillValue");
      values = (values == fill).select(std::numeric_limits<double>::quiet_NaN(), values);
    }
    if (hdf::has_attribute(set.id, "scale_factor"))
      values *= hdf::read_number(set.id, "scale_factor");
    return values;
  });
}

double number(const Attributes& attributes, const std::string& name, double fallback) {
  const auto found = attributes.find(name);
  if (found == attributes.end()) return fallback;
  return std::visit(
      [&name](const auto& value) -> double {
        if constexpr (std::is_arithmetic_v<std::decay_t<decltype(value)>>)
          return static_cast<double>(value);
        else
          bad("attribute " + name + ": expected one number");
      },
      found->second);
}

std::vector<fs::path> find_shards(const fs::path& path) {
  require(fs::exists(path), ErrorKind::io, path.string() + ": there is no such file or folder");
  if (!fs::is_directory(path)) return {path};
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(path))
    if (entry.path().extension() == ".h5") files.push_back(entry.path());
  // Recordings made alone are no part of the dataset they lie beside.
  const auto alone = [](const fs::path& file) {
    return file.filename().string().starts_with("only-");
  };
  if (!std::all_of(files.begin(), files.end(), alone)) std::erase_if(files, alone);
  std::sort(files.begin(), files.end());
  require(!files.empty(), ErrorKind::io, path.string() + ": expected shards (*.h5), found none");
  return files;
}

}  // namespace wrist
