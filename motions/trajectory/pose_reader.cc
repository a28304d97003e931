// SPDX-License-Identifier: Apache-2.0
#include "motions/trajectory/pose_reader.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <system_error>

#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr std::size_t kBuffer = std::size_t{1} << 18;  // bytes; the longest line that is read
// How far a quaternion's length may be from 1: four digits are kept by the coarsest files, a column
// out of place is farther off [assumed].
constexpr double kLengthSlack = 0.05;
// Greatest number taken for s or m; a stamp in nanoseconds since 1970 is larger.
constexpr double kGreatest = 1e12;
constexpr const char* kNames[] = {"t", "px", "py", "pz", "qw", "qx", "qy", "qz"};

std::string_view trimmed(std::string_view text) {
  const auto drop = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '"'; };
  while (!text.empty() && drop(text.front())) text.remove_prefix(1);
  while (!text.empty() && drop(text.back())) text.remove_suffix(1);
  return text;
}

// As much of a cell as an error needs to show.
std::string shown(std::string_view text) {
  constexpr std::size_t kMost = 40;
  std::string quoted(1, '"');
  quoted += text.substr(0, kMost);
  quoted += text.size() > kMost ? "...\"" : "\"";
  return quoted;
}

bool is_number(std::string_view text) {
  double value = 0;
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

// Looks at bits: a comparison would trap on a NaN.
bool finite(double value) {
  constexpr std::uint64_t kExponent = 0x7FF0000000000000u;
  return (std::bit_cast<std::uint64_t>(value) & kExponent) != kExponent;
}

}  // namespace

void PoseReader::Close::operator()(std::FILE* file) const {
  if (file != stdin) std::fclose(file);
}

PoseReader::PoseReader(const std::filesystem::path& file)
    : name_(file == "-" ? "standard input" : file.string()),
      file_(file == "-" ? stdin : std::fopen(file.c_str(), "rb")),
      buffer_(kBuffer) {
  require(file_ != nullptr && !std::filesystem::is_directory(file), ErrorKind::io,
          name_ + ": cannot be read");
  if (!read_line())
    throw Error(ErrorKind::bad_data, name_ + ": expected a header or poses, found nothing");
  if (line_.starts_with("\x1f\x8b")) fail("expected text, found a gzip file; unpack it first");
  if (line_.find('\0') != line_.npos) fail("expected text, found binary data");
  cells_.clear();
  split();
  if (cells_.size() == kFields && is_number(cells_[0]))
    pending_ = true;
  else
    read_header();
}

// The next line that is neither blank nor a comment, into line_.
bool PoseReader::read_line() {
  while (true) {
    const char* start = buffer_.data() + begin_;
    const void* newline = begin_ < end_ ? std::memchr(start, '\n', end_ - begin_) : nullptr;
    if (newline == nullptr && refill()) continue;
    if (newline == nullptr && begin_ == end_) return false;
    const char* stop =
        newline != nullptr ? static_cast<const char*>(newline) : start + end_ - begin_;
    line_ = std::string_view(start, static_cast<std::size_t>(stop - start));
    begin_ = std::min(end_, begin_ + line_.size() + 1);
    if (line_number_++ == 0 && line_.starts_with("\xef\xbb\xbf")) line_.remove_prefix(3);
    const std::string_view text = trimmed(line_);
    if (!text.empty() && text.front() != '#') return true;
  }
}

// More bytes behind those not yet read; false at the end of the file.
bool PoseReader::refill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) {
    ++line_number_;
    fail("expected lines of less than " + std::to_string(kBuffer) + " bytes, found a longer");
  }
  const std::size_t read = std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, file_.get());
  require(std::ferror(file_.get()) == 0, ErrorKind::io,
          name_ + ": cannot be read: " + std::generic_category().message(errno));
  end_ += read;
  return read > 0;
}

// Cells of line_, into cells_. Blanks of any number separate where the separator is one.
void PoseReader::split() {
  cells_.clear();
  std::string_view rest = line_;
  if (separator_ == ' ') {
    for (rest = trimmed(rest); !rest.empty(); rest = trimmed(rest)) {
      const std::size_t stop = std::min(rest.find_first_of(" \t\r"), rest.size());
      cells_.push_back(rest.substr(0, stop));
      rest.remove_prefix(stop);
    }
    return;
  }
  while (true) {
    const std::size_t stop = rest.find(separator_);
    cells_.push_back(trimmed(rest.substr(0, stop)));
    if (stop == rest.npos) return;
    rest.remove_prefix(stop + 1);
  }
}

void PoseReader::read_header() {
  separator_ = line_.find(';') != line_.npos ? ';' : line_.find('\t') != line_.npos ? '\t' : ',';
  split();
  std::string missing;
  for (std::size_t i = 0; i < kFields; ++i) {
    const auto at = std::find(cells_.begin(), cells_.end(), kNames[i]);
    column_[i] = static_cast<std::size_t>(at - cells_.begin());
    if (at == cells_.end())
      missing += (missing.empty() ? "" : ", ") + std::string(kNames[i]);
    else if (std::find(at + 1, cells_.end(), kNames[i]) != cells_.end())
      fail(std::string("expected each column once, found ") + kNames[i] + " twice");
  }
  if (!missing.empty())
    fail(
        "expected a header with the columns t, px, py, pz, qw, qx, qy, qz, or lines of 8 numbers "
        "t px py pz qx qy qz qw; found no " +
        missing + " in " + shown(trimmed(line_)));
  columns_ = cells_.size();
}

double PoseReader::number(int field) const {
  const auto index = static_cast<std::size_t>(field);
  std::string_view text = cells_[column_[index]];
  if (text.starts_with('+')) text.remove_prefix(1);
  double value = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (failure != std::errc() || stop != text.data() + text.size() || !finite(value) ||
      std::abs(value) > kGreatest)
    fail(std::string(kNames[field]) + ": expected a finite number in s or m, found " + shown(text) +
         "; leave out poses that were not measured");
  return value;
}

bool PoseReader::next(PoseSample& pose) {
  if (!pending_ && !read_line()) return false;
  pending_ = false;
  split();
  if (cells_.size() != columns_)
    fail("expected " + std::to_string(columns_) + " fields, found " +
         std::to_string(cells_.size()));
  pose.time_s = number(0);
  for (int i = 0; i < 3; ++i) pose.p_WB[i] = number(1 + i);
  pose.R_WB = Eigen::Quaterniond(number(4), number(5), number(6), number(7));
  const double length = std::sqrt(pose.R_WB.squaredNorm());
  check(pose, length);
  // q and -q are the same rotation; take the one nearer to the pose before.
  pose.R_WB.coeffs() /= poses_ > 0 && pose.R_WB.dot(last_.R_WB) < 0 ? -length : length;
  last_ = pose;
  ++poses_;
  return true;
}

void PoseReader::check(const PoseSample& pose, double length) const {
  if (std::abs(length - 1) > kLengthSlack)
    fail("expected a quaternion of length 1, found " + std::to_string(length));
  if (poses_ > 0 && pose.time_s <= last_.time_s)
    fail("expected a time after " + std::to_string(last_.time_s) + " s, found " +
         std::to_string(pose.time_s) + " s");
}

void PoseReader::fail(const std::string& text) const {
  throw Error(ErrorKind::bad_data, name_ + ":" + std::to_string(line_number_) + ": " + text);
}

}  // namespace wrist
