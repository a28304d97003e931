// SPDX-License-Identifier: Apache-2.0
#include "generators/dataset_column.h"

#include <algorithm>

#include "sim/base/parallel.h"

namespace wrist {

std::string content_line(const std::string& path, Element element,
                         std::span<const std::int64_t> shape, const Sha256& values) {
  std::string line = path + " " + to_string(element) + " ";
  for (std::size_t i = 0; i < shape.size(); ++i) {
    line += i > 0 ? "," : "";
    line += std::to_string(shape[i]);
  }
  return line + " " + values.hex() + "\n";
}

std::string content_hash(std::vector<std::string> lines) {
  std::sort(lines.begin(), lines.end());
  Sha256 hash;
  for (const std::string& line : lines) hash.update(line);
  return hash.hex();
}

Column::Column(std::string path, hdf::Handle dataset, ColumnSpec spec)
    : path_(std::move(path)), dataset_(std::move(dataset)), spec_(std::move(spec)) {}

void Column::append(std::span<const std::byte> rows) {
  values_.update(rows);
  rows_ += static_cast<std::int64_t>(rows.size() / spec_.row_bytes());
  const std::size_t chunk_bytes = kChunkRows * spec_.row_bytes();
  while (!rows.empty()) {
    buffer_.reserve(chunk_bytes);
    const std::size_t count = std::min(rows.size(), chunk_bytes - buffer_.size());
    buffer_.insert(buffer_.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(count));
    rows = rows.subspan(count);
    if (buffer_.size() == chunk_bytes) pending_.push_back(std::exchange(buffer_, {}));
  }
}

void Column::finish() {
  if (buffer_.empty()) return;
  buffer_.resize(kChunkRows * spec_.row_bytes());
  pending_.push_back(std::exchange(buffer_, {}));
}

void Column::write_next(const Bytes& encoded) {
  // Never past the rows given: to shrink it later, HDF5 would decode and blank the last chunk.
  if (extent_ < rows_) hdf::resize(dataset_, rows_, spec_.columns);
  extent_ = rows_;
  hdf::write_chunk(dataset_, written_, encoded);
  written_ += kChunkRows;
}

std::string Column::content() const {
  const std::array<std::int64_t, 2> shape = {rows_, spec_.columns};
  return content_line(path_, spec_.element,
                      std::span(shape).first(static_cast<std::size_t>(spec_.rank())), values_);
}

ColumnGroup::ColumnGroup(hdf::Id file, std::string name, const Attributes& attributes)
    : name_(std::move(name)), group_(hdf::create_group(file, name_)) {
  for (const auto& [key, value] : attributes) hdf::write_attribute(group_, key, value);
}

const ColumnGroup::Dimension& ColumnGroup::dimension(const std::string& name, std::int64_t size,
                                                     bool grows) {
  const auto found = dimensions_.find(name);
  if (found != dimensions_.end()) {
    require(found->second.size == size && found->second.grows == grows, ErrorKind::internal,
            "/" + name_ + ": dimension " + name + " has sizes " +
                std::to_string(found->second.size) + " and " + std::to_string(size));
    return found->second;
  }
  Dimension made{hdf::create_dimension(group_, name, size, grows), size, grows};
  return dimensions_.emplace(name, std::move(made)).first->second;
}

Column& ColumnGroup::add(const ColumnSpec& spec) {
  const std::string path = "/" + name_ + "/" + spec.name;
  const Dimension& rows = dimension(spec.row_dimension, 0, true);
  const Dimension* across =
      spec.rank() == 1 ? nullptr : &dimension(spec.column_dimension, spec.columns, false);
  require(!dimensions_.contains(spec.name), ErrorKind::internal,
          path + ": a dimension has this name");
  for (const Column& column : columns_)
    require(column.spec().name != spec.name, ErrorKind::internal, path + ": there twice");
  hdf::Handle dataset = hdf::create_dataset(group_, spec);
  hdf::attach_dimension(dataset, rows.id, 0);
  if (across != nullptr) hdf::attach_dimension(dataset, across->id, 1);
  hdf::write_dataset_attributes(dataset, spec);
  return columns_.emplace_back(path, std::move(dataset), spec);
}

void ColumnGroup::finish() {
  std::map<std::string, const Column*> first;
  for (const Column& column : columns_) {
    const std::string& name = column.spec().row_dimension;
    const auto [at, is_new] = first.emplace(name, &column);
    if (is_new) hdf::resize(dimensions_.at(name).id, column.rows());
    require(at->second->rows() == column.rows(), ErrorKind::internal,
            "/" + name_ + ": " + std::to_string(column.rows()) + " rows of " + column.spec().name +
                " beside " + std::to_string(at->second->rows()) + " of " + at->second->spec().name);
  }
}

void write_pending(const std::vector<Column*>& columns, int jobs) {
  struct Task {
    Column* column;
    Bytes chunk;
  };
  std::vector<Task> tasks;
  for (Column* column : columns)
    for (Bytes& chunk : std::exchange(column->pending(), {}))
      tasks.push_back({column, std::move(chunk)});
  const auto encode = [&](std::size_t first, std::size_t stride) {
    ChunkEncoder encoder;
    for (std::size_t i = first; i < tasks.size(); i += stride)
      tasks[i].chunk = encoder.encode(tasks[i].chunk, size_of(tasks[i].column->spec().element));
  };
  const std::size_t strips =
      std::min(tasks.size(), static_cast<std::size_t>(4 * std::max(1, jobs)));
  parallel_for(static_cast<std::int64_t>(strips), jobs,
               [&](std::int64_t i) { encode(static_cast<std::size_t>(i), strips); });
  for (const Task& task : tasks) task.column->write_next(task.chunk);
}

std::vector<std::string> write_table(hdf::Id file, const Table& table, int jobs) {
  ColumnGroup group(file, table.group, table.attributes);
  std::vector<Column*> columns;
  for (const auto& [spec, values] : table.columns) {
    columns.push_back(&group.add(spec));
    columns.back()->append(values);
    columns.back()->finish();
  }
  write_pending(columns, jobs);
  group.finish();
  std::vector<std::string> lines;
  for (const Column* column : columns) lines.push_back(column->content());
  return lines;
}

}  // namespace wrist
