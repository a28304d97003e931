// SPDX-License-Identifier: Apache-2.0
/// Datasets that grow by rows, in groups that share their dimensions.
///
///   rows -> SHA-256 of values + buffer -> full chunks -> encode on many threads -> write in order
///
/// The content of a dataset is recorded as one line, "/imu/accel i2 5000,3 <SHA-256 of its
/// values>".
#pragma once

#include <deque>
#include <span>

#include "generators/dataset_hdf.h"
#include "generators/sha256.h"

namespace wrist {

/// The line that stands for a dataset's content.
std::string content_line(const std::string& path, Element element,
                         std::span<const std::int64_t> shape, const Sha256& values);
/// SHA-256 of the lines in the order of their paths.
std::string content_hash(std::vector<std::string> lines);

class Column {
 public:
  Column(std::string path, hdf::Handle dataset, ColumnSpec spec);

  /// Buffers whole rows. Touches no file, so that different columns may do so at once.
  void append(std::span<const std::byte> rows);
  /// Fills the last chunk up with zeros; no rows may follow.
  void finish();

  /// Chunks not yet written, raw.
  std::vector<Bytes>& pending() { return pending_; }
  /// Throws Error(io).
  void write_next(const Bytes& encoded);

  const ColumnSpec& spec() const { return spec_; }
  std::int64_t rows() const { return rows_; }
  std::string content() const;

 private:
  std::string path_;
  hdf::Handle dataset_;
  ColumnSpec spec_;
  Sha256 values_;
  std::int64_t rows_ = 0, written_ = 0, extent_ = 0;  // rows given, in written chunks, in the file
  Bytes buffer_;                                      // of the chunk that is not yet full
  std::vector<Bytes> pending_;
};

class ColumnGroup {
 public:
  ColumnGroup(hdf::Id file, std::string name, const Attributes& attributes);

  /// Throws Error(internal) if two dimensions of one name have different sizes, or a dataset has
  /// the name of a dimension or of another dataset.
  Column& add(const ColumnSpec& spec);
  /// Sets the lengths of the dimensions. Throws Error(internal) if columns disagree.
  void finish();

  const std::string& name() const { return name_; }
  std::deque<Column>& columns() { return columns_; }

 private:
  struct Dimension {
    hdf::Handle id;
    std::int64_t size = 0;
    bool grows = false;
  };
  const Dimension& dimension(const std::string& name, std::int64_t size, bool grows);

  std::string name_;
  hdf::Handle group_;
  std::map<std::string, Dimension> dimensions_;
  std::deque<Column> columns_;
};

/// Encodes all pending chunks on up to `jobs` threads and writes them, column by column.
void write_pending(const std::vector<Column*>& columns, int jobs);

/// Writes a whole table as a group; returns its content lines.
std::vector<std::string> write_table(hdf::Id file, const Table& table, int jobs);

}  // namespace wrist
