// SPDX-License-Identifier: Apache-2.0
/// Poses of a body over time, read from text one by one: files of any length in constant memory.
///
///   CSV: a header that names t, px, py, pz, qw, qx, qy, qz in any order, other columns ignored
///   TUM: lines `t px py pz qx qy qz qw`, separated by blanks
///
/// Told apart by the first line that is neither blank nor a `#` comment. s and m; the quaternion
/// turns from the body to the world. Every fault is an Error(bad_data) "FILE:LINE: expected ...,
/// found ...".
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/pose.h"

namespace wrist {

struct PoseSample {
  double time_s = 0;
  Eigen::Vector3d p_WB = Eigen::Vector3d::Zero();                  // m
  Eigen::Quaterniond R_WB = Eigen::Quaterniond::Identity();        // unit
};

class PoseReader {
 public:
  /// "-" is the standard input. Throws Error(io) if it cannot be read, Error(bad_data) if it holds
  /// no pose.
  explicit PoseReader(const std::filesystem::path& file);

  /// The next pose; false at the end. Times ascend and the signs of quaternions follow each other.
  /// Throws Error(bad_data) for a line that is no pose.
  bool next(PoseSample& pose);

  const char* format() const { return separator_ == ' ' ? "TUM" : "CSV"; }
  const std::string& name() const { return name_; }  // of the file, for messages
  std::int64_t poses() const { return poses_; }      // read so far
  [[noreturn]] void fail(const std::string& text) const;  // "NAME:LINE: text"

 private:
  static constexpr int kFields = 8;  // t px py pz qw qx qy qz

  struct Close {
    void operator()(std::FILE* file) const;
  };

  bool read_line();
  bool refill();
  void read_header();
  void split();
  double number(int field) const;
  void check(const PoseSample& pose, double length) const;

  std::string name_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // of what is not read yet, in buffer_
  std::string_view line_;
  std::vector<std::string_view> cells_;
  std::array<std::size_t, kFields> column_ = {0, 1, 2, 3, 7, 4, 5, 6};  // of TUM
  std::size_t columns_ = kFields;
  char separator_ = ' ';
  bool pending_ = false;  // line_ is the first pose
  std::int64_t line_number_ = 0, poses_ = 0;
  PoseSample last_;
};

}  // namespace wrist
