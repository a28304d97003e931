// SPDX-License-Identifier: Apache-2.0
#include "generators/report/csv_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <limits>
#include <utility>

#include "sim/base/error.h"

namespace wrist::report {
namespace {

constexpr std::size_t kLongestLine = std::size_t{1} << 20;  // bytes; longer is no table of samples

std::string trimmed(const std::string& text) {
  const char* const kBlank = " \t\r";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// As much of a cell as an error needs to show.
std::string shown(const std::string& text) {
  constexpr std::size_t kMost = 40;
  return "\"" + (text.size() > kMost ? text.substr(0, kMost) + "..." : text) + "\"";
}

bool says_missing(const std::string& text) {
  std::string lower;
  for (const char c : text) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return lower.empty() || lower == "nan" || lower == "null" || lower == "na" || lower == "none" ||
         lower == "inf" || lower == "-inf";
}

}  // namespace

void bad_file(const std::filesystem::path& file, const std::string& reason) {
  throw Error(ErrorKind::bad_data, file.string() + ": " + reason);
}

bool parse_number(std::string text, char separator, double& value) {
  text = trimmed(text);
  if (separator != ',') std::replace(text.begin(), text.end(), ',', '.');
  const char *first = text.data(), *last = first + text.size();
  if (first != last && *first == '+') ++first;
  const auto [end, failure] = std::from_chars(first, last, value);
  return failure == std::errc() && end == last && first != last;
}

CsvReader::CsvReader(std::filesystem::path file)
    : path_(std::move(file)), buffer_(kLongestLine, 0) {
  file_.open(path_, std::ios::binary);
  require(file_.is_open() && !std::filesystem::is_directory(path_), ErrorKind::io,
          path_.string() + ": cannot be read");
  std::string comment;
  do {
    if (content_.starts_with('#')) comment = content_.substr(1);
    if (!read_line())
      bad_file(path_, "expected a first line that names the columns, found nothing");
    check_text();
  } while (content_.starts_with('#'));
  read_header(comment);
}

void CsvReader::check_text() {
  if (content_.starts_with("\x1f\x8b"))
    bad_file(path_, "expected text, found a gzip file; unpack it first");
  if (content_.find('\0') != std::string::npos)
    bad_file(path_, "expected text (UTF-8), found binary data");
  if (content_.starts_with("\xef\xbb\xbf")) content_.erase(0, 3);
}

// The separator is the one that splits the line into most cells. Some loggers write the names of
// the columns as a comment: then the line is the first of the numbers.
void CsvReader::read_header(const std::string& comment) {
  for (const char separator : {',', ';', '\t', '|'}) {
    split(separator, cells_);
    if (cells_.size() <= header_.size()) continue;
    header_ = cells_;
    separator_ = separator;
  }
  double number = 0;
  if (comment.empty() || !parse_number(header_[0], separator_, number)) return;
  first_row_ = content_;
  content_ = comment;
  split(separator_, cells_);
  if (cells_.size() == header_.size())
    header_ = cells_;
  else
    first_row_.clear();
}

// The next line that is not blank, into content_.
bool CsvReader::read_line() {
  do {
    file_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    const auto read = static_cast<std::size_t>(file_.gcount());
    if (file_.fail() && read == 0) return false;
    ++line_;
    if (file_.fail())
      fail("expected lines of less than " + std::to_string(kLongestLine) +
           " bytes, found a longer");
    content_.assign(buffer_.data(), file_.eof() ? read : read - 1);
  } while (trimmed(content_).empty());
  return true;
}

void CsvReader::split(char separator, std::vector<std::string>& cells) const {
  cells.assign(1, "");
  bool quoted = false;
  for (std::size_t i = 0; i < content_.size(); ++i) {
    const char c = content_[i];
    if (quoted && c == '"' && i + 1 < content_.size() && content_[i + 1] == '"')
      cells.back() += content_[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (c == separator && !quoted)
      cells.emplace_back();
    else
      cells.back() += c;
  }
  if (quoted) fail("a quote is opened and not closed");
  for (std::string& cell : cells) cell = trimmed(cell);
}

bool CsvReader::next() {
  if (!first_row_.empty())
    content_ = std::exchange(first_row_, "");
  else if (!read_line())
    return false;
  split(separator_, cells_);
  // Some loggers end every row but the first with a separator.
  if (cells_.size() == header_.size() + 1 && cells_.back().empty()) cells_.pop_back();
  if (cells_.size() != header_.size())
    fail("expected " + std::to_string(header_.size()) + " cells like the header, found " +
         std::to_string(cells_.size()));
  return true;
}

double CsvReader::number(std::size_t column) const {
  double value = 0;
  const std::string& cell = cells_[column];
  if (says_missing(cell)) return std::numeric_limits<double>::quiet_NaN();
  if (!parse_number(cell, separator_, value))
    fail("column \"" + header_[column] + "\": expected a number, found " + shown(cell));
  return value;
}

void CsvReader::fail(const std::string& text) const {
  bad_file(path_, "line " + std::to_string(line_) + ": " + text);
}

}  // namespace wrist::report
