// SPDX-License-Identifier: Apache-2.0
/// A table of text, line by line.
///
/// Bytes before the first name (BOM), lines of # before it, CRLF, quotes, blank lines and separators
/// , ; tab | are understood; a cell does not run over a line's end. Where the separator is not a
/// comma, a decimal comma is.
#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace wrist::report {

class CsvReader {
 public:
  /// Reads the header. Throws Error(io) if the file cannot be read, Error(bad_data) if it is empty
  /// or no text.
  explicit CsvReader(std::filesystem::path file);

  const std::vector<std::string>& header() const { return header_; }
  /// Goes to the next line that is not blank; false at the end of the file. Throws Error(bad_data)
  /// unless it has as many cells as the header.
  bool next();
  const std::string& text(std::size_t column) const { return cells_[column]; }
  /// NaN for a cell that is empty or says NaN. Throws Error(bad_data) if it is no number.
  double number(std::size_t column) const;
  std::int64_t line() const { return line_; }

 private:
  bool read_line();
  void check_text();
  void read_header(const std::string& comment);
  void split(char separator, std::vector<std::string>& cells) const;
  [[noreturn]] void fail(const std::string& text) const;  // in this line

  std::filesystem::path path_;
  std::ifstream file_;
  std::string buffer_, content_, first_row_;
  std::vector<std::string> header_, cells_;
  char separator_ = ',';
  std::int64_t line_ = 0;
};

/// The number a text is, whole, "+" and blanks around it allowed.
bool parse_number(std::string text, char separator, double& value);

/// The file, the reason: "watch.csv: ...".
[[noreturn]] void bad_file(const std::filesystem::path& file, const std::string& reason);

}  // namespace wrist::report
