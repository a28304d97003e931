// SPDX-License-Identifier: Apache-2.0
#include "generators/imu_csv.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "generators/dataset_commit.h"
#include "sim/base/error.h"

namespace wrist {
namespace {

constexpr int kDigits = 9;  // of values; 1e-9 of them is far below any part's noise

// One row as text.
class Line {
 public:
  void time(double value) { to(std::to_chars(at_, end(), value, std::chars_format::fixed, 9).ptr); }
  void value(double value) {
    *at_++ = ',';
    to(std::to_chars(at_, end(), value, std::chars_format::general, kDigits).ptr);
  }
  void last(int value) {
    *at_++ = ',';
    to(std::to_chars(at_, end(), value).ptr);
    *at_++ = '\n';
  }
  const char* text() const { return text_.data(); }
  std::size_t length() const { return static_cast<std::size_t>(at_ - text_.data()); }

 private:
  char* end() { return text_.data() + text_.size() - 2; }
  void to(char* at) { at_ = at; }

  std::array<char, 512> text_;
  char* at_ = text_.data();
};

}  // namespace

ImuCsv::ImuCsv(const std::filesystem::path& file) : file_(file) {
  if (standard_output()) {
    out_ = stdout;
    return;
  }
  require(!std::filesystem::is_directory(file), ErrorKind::io,
          file.string() + ": expected the name of a file, found a folder");
  temporary_ = temporary_file(file);
  out_ = std::fopen(temporary_.c_str(), "wb");
  require_good(out_ != nullptr);
}

ImuCsv::~ImuCsv() {
  if (out_ == nullptr || standard_output()) return;
  std::fclose(out_);
  std::error_code ignored;
  std::filesystem::remove(temporary_, ignored);
}

void ImuCsv::require_good(bool good) const {
  require(good, ErrorKind::io,
          file_.string() + ": cannot be written: " + std::generic_category().message(errno));
}

void ImuCsv::put(const char* text, std::size_t length) {
  require_good(std::fwrite(text, 1, length, out_) == length);
}

long ImuCsv::comment(const std::string& text) {
  const long where = standard_output() ? 0 : std::ftell(out_);
  const std::string line = "# " + text + "\n";
  put(line.data(), line.size());
  return where;
}

void ImuCsv::replace(long where, std::string text, std::size_t length) {
  if (standard_output()) return;
  text.resize(length, ' ');
  require_good(std::fseek(out_, where + 2, SEEK_SET) == 0);
  put(text.data(), text.size());
  require_good(std::fseek(out_, 0, SEEK_END) == 0);
}

void ImuCsv::names() {
  const std::string line = "t,ax,ay,az,gx,gy,gz,flags\n";
  put(line.data(), line.size());
}

void ImuCsv::add(const ImuRow& row) {
  Line line;
  line.time(row.time_s);
  for (int axis = 0; axis < 3; ++axis) line.value(row.accel[axis]);
  for (int axis = 0; axis < 3; ++axis) line.value(row.gyro[axis]);
  line.last(row.flags);
  put(line.text(), line.length());
  ++rows_;
}

void ImuCsv::commit() {
  require_good(std::fflush(out_) == 0);
  if (standard_output()) return;
  const bool closed = std::fclose(out_) == 0;
  out_ = nullptr;
  require_good(closed);
  commit_file(temporary_, file_);
}

}  // namespace wrist
