// SPDX-License-Identifier: Apache-2.0
/// A CSV file (RFC 4180, UTF-8, LF) that grows row by row and is there whole or not at all.
///
///   cells -> line -> SHA-256 + X.tmp.<host>.<pid> -> X
#pragma once

#include <filesystem>
#include <fstream>

#include "generators/manifest/record.h"
#include "generators/sha256.h"

namespace wrist {

class CsvFile {
 public:
  /// Writes the names of the columns. Throws Error(io).
  CsvFile(const std::filesystem::path& file, const std::string& description,
          std::vector<DatasetRecord::TableColumn> columns);
  ~CsvFile();  // removes the temporary file unless committed
  CsvFile(const CsvFile&) = delete;
  CsvFile& operator=(const CsvFile&) = delete;

  /// One cell per column.
  void add(const std::vector<std::string>& cells);
  /// Closes the file; it still has its temporary name. Throws Error(io).
  DatasetRecord::TableFile finish();
  void commit();

 private:
  [[noreturn]] void fail() const;

  std::filesystem::path file_, temporary_;
  std::ofstream out_;
  Sha256 hash_;
  DatasetRecord::TableFile about_;
};

/// The shortest text that reads back as the same number; "" of NaN.
std::string number_text(double value);

}  // namespace wrist
