// SPDX-License-Identifier: Apache-2.0
#include "generators/manifest/csv.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <system_error>

#include "generators/dataset_commit.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

CsvFile::CsvFile(const std::filesystem::path& file, const std::string& description,
                 std::vector<DatasetRecord::TableColumn> columns)
    : file_(file), temporary_(temporary_file(file)), out_(temporary_) {
  if (!out_.good()) fail();
  about_.file = file.filename().string();
  about_.description = description;
  about_.columns = std::move(columns);
  std::vector<std::string> names;
  for (const auto& column : about_.columns) names.push_back(column.name);
  add(names);
  about_.rows = 0;
}

CsvFile::~CsvFile() {
  std::error_code ignored;
  if (!temporary_.empty()) std::filesystem::remove(temporary_, ignored);
}

void CsvFile::fail() const {
  throw Error(ErrorKind::io,
              file_.string() + ": cannot be written: " + std::generic_category().message(errno));
}

void CsvFile::add(const std::vector<std::string>& cells) {
  require(cells.size() == about_.columns.size(), ErrorKind::internal,
          file_.string() + ": expected one cell per column");
  std::string line;
  for (const std::string& text : cells) line += cell(text) + ',';
  line.back() = '\n';
  hash_.update(line);
  about_.bytes += std::ssize(line);
  ++about_.rows;
  if (!(out_ << line)) fail();
}

DatasetRecord::TableFile CsvFile::finish() {
  out_.close();
  if (!out_.good()) fail();
  about_.sha256 = hash_.hex();
  return about_;
}

void CsvFile::commit() {
  try {
    commit_file(temporary_, file_);
  } catch (const Error& error) {
    throw Error(error.kind(), file_.string() + ": " + error.what());
  }
  temporary_.clear();
}

std::string number_text(double value) {
  if (std::isnan(value)) return "";
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

}  // namespace wrist
